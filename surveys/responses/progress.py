"""How far a response is: per section, and what still stands in the way of submitting. Pure."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.answer_parsing import is_partial, needs_text
from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.routing import find_routed_questions
from surveys.questionnaire.rules import Finding, check_rules

# What a respondent spends on average: reading and choosing, or looking something up and writing it down.
MINUTES_PER_SHORT_QUESTION = 0.5
MINUTES_PER_LONG_QUESTION = 2
LONG_KINDS = ("text", "matrix", "file")


class Status(StrEnum):
    TODO = "todo"
    BUSY = "busy"
    DONE = "done"


class GapKind(StrEnum):
    UNANSWERED = "unanswered"
    NEEDS_TEXT = "needs_text"
    NO_MUNICIPALITIES = "no_municipalities"
    CONFLICT = "conflict"
    RULE = "rule"


@dataclass(frozen=True)
class SectionProgress:
    """`asked` and `answered` count the questions that the answers so far lead to."""

    section: SectionDefinition
    asked: int
    answered: int

    @property
    def status(self) -> Status:
        if not self.answered:
            return Status.TODO
        return Status.DONE if self.answered == self.asked else Status.BUSY


@dataclass(frozen=True)
class NamedMunicipality:
    code: str
    name: str


@dataclass(frozen=True)
class Gap:
    """What stands in the way of submitting; without `question` it is about the response as a whole.

    `message` says which rule the answer breaks, for the kind `RULE`. With a `municipality` it is about what a
    region answers for that one municipality.
    """

    kind: GapKind
    section: SectionDefinition | None = None
    question: QuestionDefinition | None = None
    message: str = ""
    municipality: NamedMunicipality | None = None

    @property
    def is_missing(self) -> bool:
        """Whether something is to be filled in or chosen, rather than changed."""
        return self.kind is not GapKind.RULE


def list_routed_questions(
    definition: Definition, *, values: Mapping[str, AnswerValue]
) -> list[tuple[SectionDefinition, QuestionDefinition]]:
    """The questions that the answers by question code lead to, in order, each with its section."""
    routed = find_routed_questions(
        definition, chosen={code: value.option_codes for code, value in values.items()}
    )
    return [
        (section, question)
        for section in definition.sections
        for question in section.questions
        if question.code in routed
    ]


def is_answered(question: QuestionDefinition, value: AnswerValue | None) -> bool:
    """Whether there is nothing left to fill in; "weet ik niet" is an answer, "Anders" without text is not."""
    return (
        value is not None
        and value.state is not AnswerState.BLANK
        and not needs_text(question, value)
        and not is_partial(question, value)
    )


def measure_progress(definition: Definition, *, values: Mapping[str, AnswerValue]) -> list[SectionProgress]:
    """One entry per section, in order."""
    asked: dict[str, int] = {section.code: 0 for section in definition.sections}
    answered = dict(asked)
    for section, question in list_routed_questions(definition, values=values):
        asked[section.code] += 1
        answered[section.code] += is_answered(question, values.get(question.code))
    return [
        SectionProgress(section, asked[section.code], answered[section.code])
        for section in definition.sections
    ]


def find_gaps(
    definition: Definition,
    *,
    values: Mapping[str, AnswerValue],
    has_municipalities: bool,
    conflicts: Collection[str] = (),
    previous: Mapping[str, AnswerValue] | None = None,
    sections: Collection[str] | None = None,
) -> list[Gap]:
    """Everything that must be put right before submitting, in the order of the questionnaire.

    `conflicts` are the questions with two answers to choose from, `previous` the answers in the wave before.
    `sections` are the codes of the sections that must be answered, None is all of them: what is answered
    elsewhere must be right all the same.
    """
    blocking: dict[str, list[str]] = {}
    for finding in find_findings(definition, values=values, previous=previous):
        if finding.severity == "block":
            blocking.setdefault(finding.question, []).append(finding.message)
    gaps = [] if has_municipalities else [Gap(GapKind.NO_MUNICIPALITIES)]
    for section, question in list_routed_questions(definition, values=values):
        value = values.get(question.code)
        if question.code in conflicts:
            gaps.append(Gap(GapKind.CONFLICT, section, question))
        elif value is not None and needs_text(question, value):
            gaps.append(Gap(GapKind.NEEDS_TEXT, section, question))
        elif (
            question.requirement == "required"
            and not is_answered(question, value)
            and (sections is None or section.code in sections)
        ):
            gaps.append(Gap(GapKind.UNANSWERED, section, question))
        gaps += (Gap(GapKind.RULE, section, question, message) for message in blocking.get(question.code, ()))
    return gaps


def find_findings(
    definition: Definition,
    *,
    values: Mapping[str, AnswerValue],
    previous: Mapping[str, AnswerValue] | None = None,
    confirmed: Collection[str] = (),
) -> list[Finding]:
    """What the rules say of the answers to the questions that are asked, in the order of the questionnaire.

    `previous` are the answers in the wave before. Of an answer that somebody `confirmed` after a warning, no
    warning is given again.
    """
    asked = {question.code for _, question in list_routed_questions(definition, values=values)}
    judged = {code: value for code, value in values.items() if code in asked}
    return [
        finding
        for finding in check_rules(definition, values=judged, previous=previous)
        if finding.severity != "warn" or finding.question not in confirmed
    ]


def find_warnings(
    definition: Definition,
    *,
    values: Mapping[str, AnswerValue],
    previous: Mapping[str, AnswerValue] | None = None,
    confirmed: Collection[str] = (),
) -> list[Gap]:
    """The answers to look at once more before submitting; they do not stand in its way. See `find_findings`."""
    messages: dict[str, list[str]] = {}
    for finding in find_findings(definition, values=values, previous=previous, confirmed=confirmed):
        if finding.severity == "warn":
            messages.setdefault(finding.question, []).append(finding.message)
    return [
        Gap(GapKind.RULE, section, question, message)
        for section, question in list_routed_questions(definition, values=values)
        for message in messages.get(question.code, ())
    ]


def find_open_recommendations(
    definition: Definition,
    *,
    values: Mapping[str, AnswerValue],
    sections: Collection[str] | None = None,
) -> list[Gap]:
    """The questions somebody may still answer but need not, in the order of the questionnaire.

    `sections` as in `find_gaps`.
    """
    return [
        Gap(GapKind.UNANSWERED, section, question)
        for section, question in list_routed_questions(definition, values=values)
        if question.requirement == "recommended"
        and (sections is None or section.code in sections)
        and (question.code not in values or values[question.code].state is AnswerState.BLANK)
    ]


def find_opened_questions(
    definition: Definition, *, before: Mapping[str, AnswerValue], after: Mapping[str, AnswerValue]
) -> list[tuple[SectionDefinition, QuestionDefinition]]:
    """The questions that the change from `before` to `after` leads to and that still wait for an answer."""
    known = {question.code for _, question in list_routed_questions(definition, values=before)}
    return [
        (section, question)
        for section, question in list_routed_questions(definition, values=after)
        if question.code not in known and not is_answered(question, after.get(question.code))
    ]


def estimate_minutes(definition: Definition) -> int:
    """Time to fill in everything, in minutes, rounded up to five: a promise must not be too short."""
    minutes = sum(
        MINUTES_PER_LONG_QUESTION if question.kind in LONG_KINDS else MINUTES_PER_SHORT_QUESTION
        for question in definition.questions.values()
    )
    return 5 * math.ceil(minutes / 5)
