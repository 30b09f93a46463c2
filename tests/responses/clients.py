"""People who fill in one response together, each with a page of their own, and what may never happen to their words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.responses.lifecycle.conflicts import settle_conflict
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.saving import AnswerChange, SaveOutcome, save_answers
from surveys.responses.models import AnswerRevision, ConflictingAnswer, Response
from surveys.responses.queries import OpenConflict, list_open_conflicts, load_answers

QUESTIONS = ("knelpunten", "uitleg")


@dataclass
class Field:
    """One question on somebody's page: what is in it and the revision it started from."""

    revision: int = 0
    value: AnswerValue = BLANK


@dataclass
class Page:
    """What one person has before them. `seen` are the revisions that really stood on it, per question."""

    response: Response
    person: Person
    fields: dict[str, Field] = field(default_factory=lambda: {code: Field() for code in QUESTIONS})
    seen: dict[str, set[int]] = field(default_factory=lambda: {code: {0} for code in QUESTIONS})
    conflicts: list[OpenConflict] = field(default_factory=list)
    seen_conflicts: set[int] = field(default_factory=set)
    sent: list[AnswerChange] = field(default_factory=list)
    # What the server confirmed, and what its sender had seen at that moment, by key.
    acknowledged: list[tuple[str, AnswerValue]] = field(default_factory=list)
    seen_when_sent: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    def look(self) -> None:
        """Load the page anew; what was typed and not saved is gone, as in a browser."""
        stored = load_answers(self.response)
        self.conflicts = list_open_conflicts(self.response)
        self.seen_conflicts |= {each.id for each in self.conflicts}
        for code in QUESTIONS:
            if code in stored:
                self.fields[code] = Field(stored[code].revision, stored[code].value)
            self.seen[code].add(self.fields[code].revision)

    def type_and_save(
        self, question: str, value: AnswerValue, *, is_answer_lost: bool = False
    ) -> SaveOutcome:
        """Send one answer; with `is_answer_lost` the connection breaks before the page hears what became of it."""
        return self.send([self.make_change(question, value)], is_answer_lost=is_answer_lost)

    def save_section(self) -> SaveOutcome:
        """What a form without JavaScript does: send everything on the page, changed or not."""
        return self.send([self.make_change(code, each.value) for code, each in self.fields.items()])

    def make_change(self, question: str, value: AnswerValue) -> AnswerChange:
        key = f"{self.person.pk}-{len(self.sent)}"
        change = AnswerChange(question, value, self.fields[question].revision, key=key)
        self.sent.append(change)
        self.seen_when_sent[question, key] = frozenset(self.seen[question])
        return change

    def send(self, changes: Sequence[AnswerChange], *, is_answer_lost: bool = False) -> SaveOutcome:
        outcome = save_answers(self.response, changes=changes, by=self.person)
        if is_answer_lost:
            return outcome
        disputed = {each.question for each in outcome.conflicts}
        for change in changes:
            revision = outcome.revisions[change.answer]
            if (change.value, revision) != (BLANK, 0):  # that nothing is there yet is no news
                self.acknowledged.append((change.question, change.value))
            self.fields[change.question] = Field(revision, change.value)
            if change.question not in disputed:
                # What the server says of it is true: this revision is the value that this person has before them.
                known = self.read_revision(change.question, revision)
                waiting = ConflictingAnswer.objects.filter(key=change.key, saved_by=self.person)
                assert known == change.value or waiting.exclude(outcome="").exists()
                self.seen[change.question].add(revision)
        return outcome

    def choose(self, conflict: OpenConflict, *, take: bool) -> None:
        """Settle it as this page shows it, and look at what came of it."""
        row = ConflictingAnswer.objects.get(pk=conflict.id)
        seen = frozenset(self.seen[conflict.question])
        try:
            settle_conflict(row, take=take, seen_revision=conflict.current.revision, by=self.person)
        except ActionRefused:
            return
        finally:
            self.look()
        self.seen_when_sent[conflict.question, name_choice(conflict.current.revision + 1)] = seen

    def read_revision(self, question: str, number: int) -> AnswerValue:
        if number == 0:
            return BLANK
        row = AnswerRevision.objects.get(
            answer__response=self.response, answer__question__code=question, number=number
        )
        return AnswerValue.from_dict(row.value)


def name_choice(revision: int) -> str:
    return f"choice-{revision}"


def check_nothing_is_lost(response: Response, pages: Sequence[Page]) -> None:
    """Every acknowledged value is the current one, or replaced by somebody who had seen it, or waits for a choice.

    The three parts below say that together. They look at what each person had on their page according to the
    page itself, and never at the numbers that the server was told.
    """
    current = {code: stored.value for code, stored in load_answers(response).items()}
    revisions = AnswerRevision.objects.filter(answer__response=response).select_related("answer__question")
    beside = ConflictingAnswer.objects.filter(answer__response=response).select_related("answer__question")
    history = [(row.answer.question.code, AnswerValue.from_dict(row.value)) for row in revisions]
    kept = [(row.answer.question.code, AnswerValue.from_dict(row.value)) for row in beside]
    by_person = {page.person.pk: page for page in pages}

    # 1. It is somewhere: now, before, or beside.
    for page in pages:
        for question, value in page.acknowledged:
            assert (question, value) in [*current.items(), *history, *kept], (question, value)

    # 2. Whoever replaced a revision had it on their page.
    for row in revisions:
        question = row.answer.question.code
        page = by_person[row.saved_by_id]
        seen = page.seen_when_sent.get((question, row.key or name_choice(row.number)), frozenset())
        assert row.number - 1 in seen, (
            f"{page.person} wrote over revision {row.number - 1} of {question} unseen"
        )

    # 3. What waited beside was ended by its own author, by somebody who saw it, or because it is the answer.
    for row in beside.exclude(outcome=ConflictingAnswer.Outcome.OPEN):
        page = by_person[row.settled_by_id]
        match row.outcome:
            case ConflictingAnswer.Outcome.REPLACED:
                assert row.settled_by_id == row.saved_by_id
            case ConflictingAnswer.Outcome.KEPT:
                assert row.pk in page.seen_conflicts
            case ConflictingAnswer.Outcome.TAKEN:
                assert (row.answer.question.code, AnswerValue.from_dict(row.value)) in history
