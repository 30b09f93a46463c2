"""What differs between two versions of a survey, question by question, and whether answers stay comparable. Pure.

The author of a version says per question how it changed (`change` in the file). Rules give the least that it can
be called: another kind, unit, route or a removed option is always a changed meaning, and whether other words mean
the same only a person can tell, so the author must say. An option that was on offer counts as used: without it the
other options are chosen differently, also when nobody chose it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.question_differences import (
    CHANGE_LABELS,
    ChangeKind,
    list_differences,
    list_wordings,
)

STRENGTH = {kind: strength for strength, kind in enumerate(ChangeKind)}
COMPARABLE = (ChangeKind.UNCHANGED, ChangeKind.COSMETIC, ChangeKind.CLARIFYING)


@dataclass(frozen=True)
class QuestionChange:
    """How a question differs from the one with the same code in an earlier version.

    `text` is how it is asked now, or was before it was removed. `reasons` are Dutch sentences. `problem` says in
    Dutch what the author has to declare otherwise; a published version has none.
    """

    code: str
    text: str
    kind: ChangeKind
    reasons: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_comparable(self) -> bool:
        """Whether answers before and after may be counted together."""
        return self.kind in COMPARABLE

    @property
    def label(self) -> str:
        return CHANGE_LABELS[self.kind]

    @property
    def is_trend_break(self) -> bool:
        return self.kind is ChangeKind.MEANING


def compare_versions(old: Definition, new: Definition) -> list[QuestionChange]:
    """One entry per question of `new`, in its order, and then what is no longer asked.

    `new` is the version that follows `old`: what its author declared is taken as said about `old`.
    """
    changes: dict[str, QuestionChange] = {}
    sections = {question.code: section.code for section in old.sections for question in section.questions}
    for section in new.sections:
        for question in section.questions:
            before = old.questions.get(question.code)
            changes[question.code] = (
                _describe_new(question)
                if before is None
                else _compare_question(
                    before,
                    question,
                    is_moved=sections[question.code] != section.code,
                    earlier=changes,
                )
            )
    removed = [
        QuestionChange(code, question.text, ChangeKind.REMOVED, ("Deze vraag wordt niet meer gesteld.",))
        for code, question in old.questions.items()
        if code not in changes
    ]
    return [*changes.values(), *removed]


def trace_changes(versions: Sequence[Definition]) -> dict[str, QuestionChange]:
    """By question code, how the last of successive versions differs from the first, with all steps between.

    A change stays what it was: cosmetic after a changed meaning is still a trend break. So is a question that
    was away for a while.
    """
    first, last = versions[0], versions[-1]
    traced = {
        code: QuestionChange(code, question.text, ChangeKind.UNCHANGED)
        for code, question in (first.questions | last.questions).items()
    }
    for old, new in pairwise(versions):
        for change in compare_versions(old, new):
            if change.code in traced:
                so_far = traced[change.code]
                traced[change.code] = replace(
                    so_far,
                    kind=max(so_far.kind, change.kind, key=STRENGTH.__getitem__),
                    reasons=tuple(dict.fromkeys(so_far.reasons + change.reasons)),
                )
    for code in first.questions.keys() & last.questions.keys():
        if not traced[code].is_comparable:
            traced[code] = replace(traced[code], kind=ChangeKind.MEANING)
    return traced


def is_comparable(code: str, *, changes: Mapping[str, QuestionChange]) -> bool:
    """Whether answers to this question count together; `changes` has nothing within one version."""
    return code not in changes or changes[code].is_comparable


def find_change_problems(changes: Sequence[QuestionChange]) -> list[str]:
    """What keeps a version from being published after the one it was compared with, as Dutch sentences."""
    return [f"vraag '{change.code}': {change.problem}" for change in changes if change.problem]


def declare_changes(definition: Definition, *, changes: Sequence[QuestionChange]) -> Definition:
    """The definition with what the rules found filled in where its author left it open."""
    kinds = {
        change.code: "" if change.kind is ChangeKind.UNCHANGED else change.kind.value for change in changes
    }
    return replace(
        definition,
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    replace(question, change=kinds.get(question.code, "")) for question in section.questions
                ),
            )
            for section in definition.sections
        ),
    )


def _describe_new(question: QuestionDefinition) -> QuestionChange:
    problem = ""
    if question.change not in ("", ChangeKind.NEW):
        problem = (
            f"'change' is '{question.change}', maar de vorige versie heeft deze vraag niet. "
            "Zet er 'new' neer of laat 'change' weg."
        )
    return QuestionChange(
        question.code, question.text, ChangeKind.NEW, ("Deze vraag is nieuw.",), problem=problem
    )


def _compare_question(
    old: QuestionDefinition,
    new: QuestionDefinition,
    *,
    is_moved: bool,
    earlier: Mapping[str, QuestionChange],
) -> QuestionChange:
    found = [*list_differences(old, new), *list_wordings(old, new)]
    if is_moved:
        found.append((ChangeKind.COSMETIC, "De vraag staat in een ander onderdeel."))
    for condition in new.conditions:
        source = earlier.get(condition.question)
        if source is not None and not source.is_comparable:
            reason = f"De vraag volgt op “{source.text}”, en die is niet meer dezelfde vraag."
            found.append((ChangeKind.MEANING, reason))
    least = max((kind for kind, _ in found), default=ChangeKind.UNCHANGED, key=STRENGTH.__getitem__)
    reasons = tuple(dict.fromkeys(reason for _, reason in found))
    problem = _find_problem(old, new, least=least, reasons=reasons)
    declared = ChangeKind(new.change) if new.change and not problem else least
    return QuestionChange(new.code, new.text, declared, reasons, problem=problem)


def _find_problem(
    old: QuestionDefinition, new: QuestionDefinition, *, least: ChangeKind, reasons: Sequence[str]
) -> str:
    if not new.change:
        is_clear = STRENGTH[least] >= STRENGTH[ChangeKind.MEANING]
        if is_clear or not any(list_wordings(old, new)):
            return ""
        return (
            "de tekst is anders dan in de vorige versie. Zeg met 'change' of dat alleen de vorm is "
            "('cosmetic'), een verduidelijking ('clarifying') of een andere betekenis ('meaning')."
        )
    if new.change not in (ChangeKind.COSMETIC, ChangeKind.CLARIFYING, ChangeKind.MEANING):
        return (
            f"'change' is '{new.change}', maar de vorige versie heeft deze vraag ook. "
            "Kies uit: cosmetic, clarifying, meaning."
        )
    if least is ChangeKind.UNCHANGED:
        return f"'change' is '{new.change}', maar er is niets veranderd. Haal 'change' weg."
    if STRENGTH[ChangeKind(new.change)] < STRENGTH[least]:
        return f"'change' is '{new.change}', maar het is minstens '{least.value}'. {' '.join(reasons)}"
    return ""
