"""What may be quoted: only the redacted words of a text, as it is now, that somebody decided on."""

from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from surveys.coding.adjudicated import is_adjudicated
from surveys.coding.models import CodingRound, Redaction
from surveys.coding.texts import select_texts
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer


def select_undecided(wave: Wave, *, question: str) -> QuerySet[Answer]:
    """The texts of which nobody decided yet whether they may be quoted, as they are now."""
    return select_texts(wave, questions=[question]).filter(~_has_decision())


def select_decided(wave: Wave, *, question: str) -> QuerySet[Answer]:
    """With `is_free`: whether the text may be quoted."""
    texts = select_texts(wave, questions=[question]).filter(_has_decision())
    return texts.annotate(is_free=_has_decision(may_be_quoted=True))


def find_redaction(text: Answer) -> Redaction | None:
    """The decision on the text as it is now."""
    decisions = Redaction.objects.select_related("decided_by")
    return decisions.filter(answer=text.pk, revision=text.revision).first()


def list_quotes(wave: Wave, *, questions: Collection[str], limit: int) -> dict[str, dict[str, list[str]]]:
    """By question and theme (codes) at most `limit` redacted texts that may be quoted, in one query.

    Only of released rounds, of texts that count, and of a decision about the text as it is now.
    """
    rounds = CodingRound.objects.filter(
        wave=wave, version__codebook__question__in=questions, released_at__isnull=False
    )
    texts = select_texts(wave, questions=questions).filter(is_adjudicated(rounds))
    free = texts.filter(
        redactions__may_be_quoted=True, redactions__revision=F("revision"), redactions__text__gt=""
    )
    question, theme = "settlements__round__version__codebook__question", "settlements__themes__code"
    place = Window(RowNumber(), partition_by=[F(question), F(theme)], order_by="pk")
    quotes: dict[str, dict[str, list[str]]] = {}
    for code, theme_code, quote in (
        free.annotate(place=place)
        .filter(place__lte=limit)
        .order_by("pk")
        .values_list(question, theme, "redactions__text")
    ):
        quotes.setdefault(code, {}).setdefault(theme_code, []).append(quote)
    return quotes


def select_quotable(wave: Wave, texts: Collection[str]) -> set[str]:
    """Those of the texts that are still somebody's decision to quote; no query when there are none."""
    if not texts:
        return set()
    free = Redaction.objects.filter(answer__response__wave=wave, may_be_quoted=True, text__in=texts)
    return set(free.values_list("text", flat=True))


def _has_decision(**conditions: bool) -> Exists:
    return Exists(
        Redaction.objects.filter(answer=OuterRef("pk"), revision=OuterRef("revision"), **conditions)
    )
