"""One question of a comparison: the own answer beside the shares of groups, and who by name answered what. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState
from surveys.questionnaire.definition import QuestionDefinition
from surveys.results.figures.tabulation import NOT_SHOWN, NOTHING, show_share
from surveys.results.notation import format_count
from surveys.results.table import ResultRow, ResultTable

CHOSEN = "Ja"
OWN_ANSWER = "Uw antwoord"
NO_OWN_ANSWER = "Wij hebben van u geen antwoord op deze vraag."
NO_ANSWER_OF_REGION = "Uw jeugdregio gaf hier geen antwoord dat voor deze gemeente geldt."
DISPUTED = "De gemeente is het niet eens met dit antwoord van de jeugdregio. Het telt niet mee."
GIVEN_BY_REGION = "Uw jeugdregio gaf dit antwoord."
NOBODY_SHARED = "Niemand van deze gemeenten deelt hier een antwoord met naam."


class Answer(Protocol):
    """What holds for a municipality: a state, the codes of the chosen options, and who gave it (CBS code)."""

    state: str
    organisation: str
    options: set[str]

    @property
    def is_disputed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Column:
    """The public figures of one group, or of the whole country: a row per question and option (codes)."""

    label: str
    rows: Mapping[tuple[str, str], ResultRow]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """The answers of the municipality itself by question code, for `questions` the reader may see.

    `code` is the municipality's own: an answer that another organisation gave says so. `without` is what stands at a
    question without an answer.
    """

    code: str
    answers: Mapping[str, Answer]
    questions: Collection[str]
    without: str = NO_OWN_ANSWER


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """Municipalities whose answers are shown by name: `names` of everybody in it by code, `answers` of who agreed."""

    title: str
    names: Mapping[str, str]
    answers: Mapping[str, Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class NamedAnswers:
    """What a group answered: `answers` are (answer, names) in the order of the question."""

    title: str
    answers: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()
    named: tuple[NamedAnswers, ...] = field(default=())


def select_column(table: ResultTable, *, label: str, group: tuple[str, str] = ("", "")) -> Column:
    """The total of a public table, or one `group` (code of the dimension, name of the group) of its breakdown."""
    return Column(
        label,
        {
            (row.question, row.option): row
            for row in table.rows
            if (row.dimension_1, row.group_1) == group and not row.dimension_2
        },
    )


def compare_question(
    question: QuestionDefinition,
    *,
    columns: Iterable[Column],
    own: OwnColumn | None = None,
    groups: Iterable[NamedGroup] = (),
) -> ComparedQuestion:
    """`question` is a closed one. The last row is the base; without the own answer when the reader may not see it."""
    columns = list(columns)
    shows_own = own is not None and question.code in own.questions
    rows = [
        (
            option.text,
            *([_mark_own(own, question.code, option.code)] if own and shows_own else []),
            *(_show(column.rows.get((question.code, option.code))) for column in columns),
        )
        for option in question.options
    ]
    first = question.options[0].code
    bases = (_show_base(column.rows.get((question.code, first))) for column in columns)
    rows.append(("Aantal gemeenten met een antwoord", *([""] if shows_own else []), *bases))
    return ComparedQuestion(
        code=question.code,
        title=question.text,
        columns=(
            "Antwoord",
            *([OWN_ANSWER] if shows_own else []),
            *(column.label for column in columns),
        ),
        rows=tuple(rows),
        remarks=tuple(_list_remarks(own, question.code)) if own and shows_own else (),
        named=tuple(_list_named(question, group) for group in groups),
    )


def _mark_own(own: OwnColumn, question: str, option: str) -> str:
    answer = own.answers.get(question)
    return CHOSEN if answer is not None and option in answer.options else NOTHING


def _list_remarks(own: OwnColumn, question: str) -> Iterable[str]:
    answer = own.answers.get(question)
    if answer is None:
        yield own.without
        return
    if answer.state != AnswerState.GIVEN:
        yield f"{OWN_ANSWER} is: {STATE_LABELS[AnswerState(answer.state)]}."
    if answer.is_disputed:
        yield DISPUTED
    elif answer.organisation != own.code:
        yield GIVEN_BY_REGION


def _list_named(question: QuestionDefinition, group: NamedGroup) -> NamedAnswers:
    """Disputed answers are not counted, and so not shown either."""
    spoken = {
        code: answers[question.code]
        for code, answers in group.answers.items()
        if question.code in answers and not answers[question.code].is_disputed
    }
    given = [
        (option.text, [code for code, answer in spoken.items() if option.code in answer.options])
        for option in question.options
    ]
    missing = [
        (STATE_LABELS[state].capitalize(), [code for code, answer in spoken.items() if answer.state == state])
        for state in (AnswerState.DONT_KNOW, AnswerState.NOT_APPLICABLE, AnswerState.REFUSED)
    ]
    shown = [
        (text, sorted(group.names[code] for code in codes)) for text, codes in [*given, *missing] if codes
    ]
    heard = {name for _, names in shown for name in names}
    return NamedAnswers(
        title=group.title,
        answers=tuple((text, ", ".join(names)) for text, names in shown),
        note=_count_shared(len(heard), len(group.names)) if heard else NOBODY_SHARED,
    )


def _count_shared(shared: int, total: int) -> str:
    verb = "deelde" if shared == 1 else "deelden"
    return f"{shared} van de {total} {verb} {'zijn' if shared == 1 else 'hun'} antwoord met naam."


def _show(row: ResultRow | None) -> str:
    return NOTHING if row is None else show_share(row)


def _show_base(row: ResultRow | None) -> str:
    if row is None:
        return NOTHING
    return NOT_SHOWN if row.base is None else format_count(row.base)
