"""Two versions of one response beside each other, question by question. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from surveys.fieldwork.answers import NOT_ASKED
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.responses.merging import is_same
from surveys.responses.progress import list_routed_questions
from surveys.responses.snapshots import Snapshot, SnapshotAnswer
from surveys.responses.wording import NOT_FILLED_IN, describe_answer

NOT_IN_VERSION = "Deze vraag stond niet in deze versie van de vragenlijst"
NO_DEVIATION = "Zelfde antwoord als de regio"
COVERAGE = "Voor welke gemeenten"


class Change(StrEnum):
    SAME = "same"
    CHANGED = "changed"
    FILLED_IN = "filled_in"
    DROPPED = "dropped"


CHANGE_LABELS = {
    Change.SAME: "Gelijk",
    Change.CHANGED: "Gewijzigd",
    Change.FILLED_IN: "Ingevuld",
    Change.DROPPED: "Weggevallen",
}


@dataclass(frozen=True)
class Version:
    """What was submitted, or would be now, with the questionnaire that it answers."""

    definition: Definition
    snapshot: Snapshot

    @cached_property
    def asked(self) -> frozenset[str]:
        routed = list_routed_questions(self.definition, values=self.snapshot.values)
        return frozenset(question.code for _, question in routed)

    @cached_property
    def names(self) -> dict[str, str]:
        """The municipalities by code."""
        return {each.code: each.name for each in self.snapshot.municipalities}

    def find_answer(self, code: str, municipality: str) -> SnapshotAnswer | None:
        """The general answer, or the deviation for a municipality; None as well when it was not asked."""
        if municipality:
            deviation = self.snapshot.deviations.get((code, municipality))
            return deviation if deviation and deviation.is_asked else None
        return self.snapshot.answers.get(code) if code in self.asked else None

    def find_value(self, code: str, municipality: str) -> AnswerValue:
        answer = self.find_answer(code, municipality)
        return answer.value if answer else BLANK

    def describe(self, code: str, municipality: str) -> str:
        if code not in self.definition.questions:
            return NOT_IN_VERSION
        value = self.find_value(code, municipality)
        if value != BLANK:
            return describe_answer(self.definition.questions[code], value)
        if municipality:
            return NO_DEVIATION
        return NOT_FILLED_IN if code in self.asked else NOT_ASKED


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """One question in both versions in words; with a `municipality` (its name) it is a region's deviation."""

    question: str
    municipality: str
    before: str
    after: str
    change: Change

    @property
    def label(self) -> str:
        return CHANGE_LABELS[self.change]


@dataclass(frozen=True, slots=True)
class ComparedSection:
    title: str
    differing: tuple[ComparedAnswer, ...]
    same: tuple[ComparedAnswer, ...]


def compare_responses(before: Version, after: Version) -> list[ComparedSection]:
    """Per section what differs and what does not, in the order of the later questionnaire; first who it is about.

    A question that only the earlier version asked stands in a section of its own at the end.
    """
    sections = [_make_section(COVERAGE, [_compare_coverage(before.snapshot, after.snapshot)])]
    known = after.definition.questions
    gone = [code for code in before.definition.questions if code not in known]
    asked = [
        (section.title, [each.code for each in section.questions]) for section in after.definition.sections
    ]
    for title, codes in [*asked, ("Niet meer gevraagd", gone)]:
        rows = [row for code in codes for row in _compare_question(code, before=before, after=after)]
        if rows:
            sections.append(_make_section(title, rows))
    return sections


def _make_section(title: str, rows: list[ComparedAnswer]) -> ComparedSection:
    return ComparedSection(
        title,
        differing=tuple(row for row in rows if row.change is not Change.SAME),
        same=tuple(row for row in rows if row.change is Change.SAME),
    )


def _compare_coverage(before: Snapshot, after: Snapshot) -> ComparedAnswer:
    lists = [
        tuple(sorted((each.name, each.may_be_named) for each in snapshot.municipalities))
        for snapshot in (before, after)
    ]
    words = [
        "\n".join(f"{name}{', mag met naam openbaar' if named else ''}" for name, named in rows)
        or "Geen gemeenten"
        for rows in lists
    ]
    change = Change.SAME if lists[0] == lists[1] else Change.CHANGED
    return ComparedAnswer("Gemeenten", "", words[0], words[1], change)


def _compare_question(code: str, *, before: Version, after: Version) -> Iterator[ComparedAnswer]:
    """The general answer, and then every municipality for which either version deviates."""
    yield _compare(code, "", before=before, after=after)
    deviating = {
        municipality
        for version in (before, after)
        for question, municipality in version.snapshot.deviations
        if question == code
    }
    names = before.names | after.names
    for municipality in sorted(deviating, key=lambda each: names.get(each, each)):
        yield _compare(code, municipality, before=before, after=after)


def _compare(code: str, municipality: str, *, before: Version, after: Version) -> ComparedAnswer:
    question = after.definition.questions.get(code) or before.definition.questions[code]
    values = (before.find_value(code, municipality), after.find_value(code, municipality))
    return ComparedAnswer(
        question=question.text,
        municipality=(before.names | after.names).get(municipality, municipality),
        before=before.describe(code, municipality),
        after=after.describe(code, municipality),
        change=_judge(*values, is_ranking=question.kind == "ranking"),
    )


def _judge(before: AnswerValue, after: AnswerValue, *, is_ranking: bool) -> Change:
    """By value, not by words: another wording of an option is no other answer."""
    if is_same(before, after, is_ranking=is_ranking):
        return Change.SAME
    if before == BLANK:
        return Change.FILLED_IN
    return Change.DROPPED if after == BLANK else Change.CHANGED
