"""What administrators changed in a response after it was submitted, to read: the original, the reason and the name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import JSONField, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.merging import AnswerKey
from surveys.responses.models import AnswerRevision, Correction, Response
from surveys.responses.wording import NOT_FILLED_IN, describe_answer


@dataclass(frozen=True)
class CorrectedAnswer:
    """One correction, with what stood there and what came in its place in words, one line per option or cell.

    `municipality` is the name of the municipality for which a region deviates, "" for the general answer. It is not
    `is_current` when somebody changed the answer again afterwards.
    """

    key: AnswerKey
    section: str
    question: str
    municipality: str
    before: str
    after: str
    reason: str
    name: str
    at: datetime
    is_current: bool

    @property
    def sentence(self) -> str:
        """For a line beside the answer."""
        day = date_format(timezone.localtime(self.at), "j F Y")
        whose = f" voor {self.municipality}" if self.municipality else ""
        before = ", ".join(self.before.splitlines())
        after = ", ".join(self.after.splitlines())
        ending = "" if self.is_current else f" Het werd: {after}. Daarna is het antwoord opnieuw gewijzigd."
        return (
            f"Gewijzigd{whose} door {self.name}, namens de onderzoekers, op {day}. "
            f"Er stond: {before}. Reden: {self.reason}{ending}"
        )


def list_corrections(
    response: Response | None, *, sections: Collection[str] | None = None
) -> list[CorrectedAnswer]:
    """The latest first, in one query; `sections` (codes) narrows it to what somebody may see."""
    if response is None:
        return []
    corrections = _select_corrections().filter(revision__answer__response=response)
    if sections is not None:
        corrections = corrections.filter(revision__answer__question__section__code__in=sections)
    return [_describe_correction(each, former=each.former) for each in corrections]


def list_wave_corrections(wave: Wave) -> list[tuple[Response, CorrectedAnswer]]:
    """Every correction in the wave with its response, the latest first, in one query."""
    corrections = _select_corrections().filter(revision__answer__response__wave=wave)
    return [
        (each.revision.answer.response, _describe_correction(each, former=each.former))
        for each in corrections.select_related("revision__answer__response__organisation")
    ]


def map_correction_lines(corrections: Collection[CorrectedAnswer]) -> dict[str, list[str]]:
    """By question code, the sentences to show beside the answer, the latest first."""
    lines: dict[str, list[str]] = {}
    for each in corrections:
        lines.setdefault(each.key[0], []).append(each.sentence)
    return lines


def _select_corrections() -> QuerySet[Any]:
    """With the value before it as `former`, None where nothing stood."""
    former = AnswerRevision.objects.filter(
        answer=OuterRef("revision__answer"), number=OuterRef("revision__number") - 1
    )
    return (
        Correction.objects.select_related(
            "revision__answer__question__section",
            "revision__answer__question__version",
            "revision__answer__municipality",
        )
        .annotate(former=Subquery(former.values("value")[:1], output_field=JSONField()))
        .order_by("-revision__saved_at", "-pk")
    )


def _describe_correction(correction: Correction, *, former: dict[str, object] | None) -> CorrectedAnswer:
    revision = correction.revision
    answer = revision.answer
    question = load_definition(answer.question.version).questions[answer.question.code]
    return CorrectedAnswer(
        key=(question.code, answer.municipality_id or ""),
        section=answer.question.section.code,
        question=question.text,
        municipality=answer.municipality.name if answer.municipality else "",
        before=describe_answer(question, AnswerValue.from_dict(former)) if former else NOT_FILLED_IN,
        after=describe_answer(question, AnswerValue.from_dict(revision.value)),
        reason=correction.reason,
        name=correction.name,
        at=revision.saved_at,
        is_current=revision.number == answer.revision,
    )
