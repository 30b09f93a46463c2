"""What may be quoted: only the redacted words of a text, as it is now, that somebody decided on."""

from django.db.models import Exists, F, OuterRef, QuerySet

from surveys.coding.models import CodingRound, Redaction
from surveys.coding.texts import select_round_texts, select_texts
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer

_DECIDED = Redaction.objects.filter(answer=OuterRef("pk"), revision=OuterRef("revision"))


def select_undecided(wave: Wave, *, question: str) -> QuerySet[Answer]:
    """The texts of which nobody decided yet whether they may be quoted, as they are now."""
    return select_texts(wave, questions=[question]).filter(~Exists(_DECIDED))


def select_decided(wave: Wave, *, question: str) -> QuerySet[Answer]:
    """With `is_free`: whether the text may be quoted."""
    texts = select_texts(wave, questions=[question]).filter(Exists(_DECIDED))
    return texts.annotate(is_free=Exists(_DECIDED.filter(may_be_quoted=True)))


def find_redaction(text: Answer) -> Redaction | None:
    """The decision on the text as it is now."""
    decisions = Redaction.objects.select_related("decided_by")
    return decisions.filter(answer=text.pk, revision=text.revision).first()


def list_quotes(coding_round: CodingRound, *, theme: str, limit: int) -> list[str]:
    """At most `limit` redacted texts that hold this theme (its code) and may be quoted, the shortest first."""
    free = Redaction.objects.filter(
        may_be_quoted=True,
        revision=F("answer__revision"),
        answer__in=select_round_texts(coding_round).values("pk"),
        answer__settlements__round=coding_round,
        answer__settlements__revision=F("answer__revision"),
        answer__settlements__themes__code=theme,
    )
    texts = free.order_by("pk").values_list("text", flat=True)
    return sorted(texts, key=len)[:limit]
