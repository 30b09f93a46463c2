"""Checks on given answers, as a questionnaire declares them: they stop, ask whether it is right, or only tell. Pure.

Each kind of rule, and when it says something:

* `range`: a number lies outside `minimum` and `maximum`, which are softer than the bounds of the question itself.
* `sum`: the cells of a table do not add up to a total row, a total column or the number at another question. It allows
  for `tolerance`, or for `tolerance_percent` of the total when that is more.
* `compare`: the number is not `at_most`, `at_least` or `equal` to that at another question.
* `change`: the number differs more than `percent` from the one in the wave before; a percentage is compared in
  percentage points. Every question that has numbers is asked this, also without a rule of its own; a year is not.

An empty cell or a missing answer is never judged: it is not zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.definition import (
    ColumnDefinition,
    Definition,
    NumberLimits,
    QuestionDefinition,
    RuleDefinition,
)
from surveys.questionnaire.number_parsing import describe_number
from surveys.questionnaire.typed_text import quote

# How much a number may change from wave to wave before we ask about it.
USUAL_CHANGE = RuleDefinition("change", "warn", percent=Decimal(50))
USUAL_CHANGE_OF_PERCENTAGE = RuleDefinition("change", "warn", percent=Decimal(20))

Answers = Mapping[str, AnswerValue]
# Numbers by (row, column); that of a question without cells stands at ("", "").
Numbers = dict[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Finding:
    """What a rule says of the answer to a question; `severity` is block, warn or inform."""

    question: str
    severity: str
    message: str


def check_rules(definition: Definition, *, values: Answers, previous: Answers | None = None) -> list[Finding]:
    """Judge the answers by question code, in the order of the questionnaire.

    Hand in only the answers to questions that are asked. `previous` are the answers in the wave before.
    """
    return [
        Finding(question.code, rule.severity, rule.message or message)
        for question in definition.questions.values()
        if question.code in values
        for rule in list_rules(question)
        for message in find_messages(
            rule, question, definition=definition, values=values, previous=previous or {}
        )
    ]


def list_rules(question: QuestionDefinition) -> tuple[RuleDefinition, ...]:
    """The declared rules, and the one on change that every number has unless it declares its own."""
    if question.kind == "year" or any(rule.kind == "change" for rule in question.rules):
        return question.rules
    return (*question.rules, USUAL_CHANGE_OF_PERCENTAGE if question.kind == "percentage" else USUAL_CHANGE)


def find_messages(
    rule: RuleDefinition,
    question: QuestionDefinition,
    *,
    definition: Definition,
    values: Answers,
    previous: Answers,
) -> Iterator[str]:
    """Dutch sentences that state what is strange; none when the answer keeps to the rule."""
    numbers = list_numbers(values.get(question.code))
    match rule.kind:
        case "range":
            yield from check_range(rule, question, numbers=select_numbers(rule, numbers))
        case "sum":
            yield from check_sum(rule, question, numbers=numbers, definition=definition, values=values)
        case "compare":
            others = list_numbers(values.get(rule.other))
            other = definition.questions[rule.other]
            yield from check_comparison(rule, question, numbers, other=other, others=others)
        case "change":
            before = list_numbers(previous.get(question.code))
            yield from check_change(rule, question, numbers, before=before)


def list_numbers(value: AnswerValue | None) -> Numbers:
    if value is None or value.state is not AnswerState.GIVEN:
        return {}
    if value.number is not None:
        return {("", ""): value.number}
    return {(cell.row, cell.column): cell.number for cell in value.cells if cell.number is not None}


def select_numbers(rule: RuleDefinition, numbers: Numbers) -> Numbers:
    """Those in the rows and columns that the rule names; all of them when it names none."""
    return {
        (row, column): number
        for (row, column), number in numbers.items()
        if row in (rule.rows or (row,)) and column in (rule.columns or (column,))
    }


def check_range(rule: RuleDefinition, question: QuestionDefinition, *, numbers: Numbers) -> Iterator[str]:
    for part, number in numbers.items():
        field = find_field(question, part)
        if rule.minimum is not None and number < rule.minimum:
            limit = f"{describe_number(field, rule.minimum)} of meer"
        elif rule.maximum is not None and number > rule.maximum:
            limit = f"hoogstens {describe_number(field, rule.maximum)}"
        else:
            continue
        expectation = f"Dit moet {limit} zijn" if rule.severity == "block" else f"Wij verwachten {limit}"
        yield f"{name_part(question, part)}U vulde {describe_number(field, number)} in. {expectation}."


def check_sum(
    rule: RuleDefinition,
    question: QuestionDefinition,
    *,
    numbers: Numbers,
    definition: Definition,
    values: Answers,
) -> Iterator[str]:
    """One sentence for every total that is not the sum of its cells; nothing as long as a cell is empty."""
    if rule.other:
        other = definition.questions[rule.other]
        total = list_numbers(values.get(rule.other)).get(("", ""))
        additions = [list_cells_for_question(rule, question, numbers, other=other, total=total)]
    elif rule.total_row:
        additions = list(list_columns_with_total(rule, question, numbers))
    else:
        additions = list(list_rows_with_total(rule, question, numbers))
    for each in additions:
        filled = [part for part in each.parts if part is not None]
        if each.total is None or not filled or len(filled) < len(each.parts):
            continue
        added = sum(filled, Decimal(0))
        margin = max(rule.tolerance or 0, abs(each.total) * (rule.tolerance_percent or 0) / 100)
        if abs(added - each.total) > margin:
            shown_sum, shown_total = (describe_number(each.field, number) for number in (added, each.total))
            yield f"{each.place} is de som {shown_sum}, maar bij {each.total_name} staat {shown_total}."


@dataclass(frozen=True)
class Addition:
    """Numbers that should add up to `total`; `place` and `total_name` say in Dutch which these are."""

    place: str
    parts: list[Decimal | None]
    total_name: str
    total: Decimal | None
    field: NumberLimits


def list_columns_with_total(
    rule: RuleDefinition, question: QuestionDefinition, numbers: Numbers
) -> Iterator[Addition]:
    rows, columns = select_codes(rule, question)
    (total_name,) = (row.text for row in question.rows if row.code == rule.total_row)
    for column in columns:
        yield Addition(
            place=f"In de kolom {quote(column.text)}",
            parts=[numbers.get((row, column.code)) for row in rows],
            total_name=quote(total_name),
            total=numbers.get((rule.total_row, column.code)),
            field=column,
        )


def list_rows_with_total(
    rule: RuleDefinition, question: QuestionDefinition, numbers: Numbers
) -> Iterator[Addition]:
    rows, columns = select_codes(rule, question)
    (total,) = (column for column in question.columns if column.code == rule.total_column)
    names = {row.code: row.text for row in question.rows}
    for row in rows:
        yield Addition(
            place=f"In de rij {quote(names[row])}",
            parts=[numbers.get((row, column.code)) for column in columns],
            total_name=quote(total.text),
            total=numbers.get((row, total.code)),
            field=total,
        )


def list_cells_for_question(
    rule: RuleDefinition,
    question: QuestionDefinition,
    numbers: Numbers,
    *,
    other: QuestionDefinition,
    total: Decimal | None,
) -> Addition:
    rows, columns = select_codes(rule, question)
    return Addition(
        place="In deze tabel",
        parts=[numbers.get((row, column.code)) for row in rows for column in columns],
        total_name=f"de vraag {quote(other.text)}",
        total=total,
        field=other,
    )


def select_codes(
    rule: RuleDefinition, question: QuestionDefinition
) -> tuple[list[str], list[ColumnDefinition]]:
    """The rows and the columns with numbers that the rule names, or all of them; never those of the total."""
    rows = [row.code for row in question.rows if row.code in (rule.rows or (row.code,))]
    columns = [
        column
        for column in question.columns
        if column.is_number and column.code in (rule.columns or (column.code,))
    ]
    return (
        [row for row in rows if row != rule.total_row],
        [column for column in columns if column.code != rule.total_column],
    )


def check_comparison(
    rule: RuleDefinition,
    question: QuestionDefinition,
    numbers: Numbers,
    *,
    other: QuestionDefinition,
    others: Numbers,
) -> Iterator[str]:
    number, limit = numbers.get(("", "")), others.get(("", ""))
    if number is None or limit is None:
        return
    if number > limit and rule.comparison in ("at_most", "equal"):
        difference = "meer dan"
    elif number < limit and rule.comparison in ("at_least", "equal"):
        difference = "minder dan"
    else:
        return
    yield (
        f"U vulde {describe_number(question, number)} in. Dat is {difference} {describe_number(other, limit)} "
        f"bij de vraag {quote(other.text)}."
    )


def check_change(
    rule: RuleDefinition, question: QuestionDefinition, numbers: Numbers, *, before: Numbers
) -> Iterator[str]:
    for part, number in numbers.items():
        field = find_field(question, part)
        if part in before and has_changed_much(number, before[part], rule=rule, kind=field.kind):
            yield (
                f"{name_part(question, part)}U vulde {describe_number(field, number)} in. "
                f"Vorige keer was dat {describe_number(field, before[part])}."
            )


def has_changed_much(number: Decimal, before: Decimal, *, rule: RuleDefinition, kind: str) -> bool:
    """Any change from 0 is much: there is nothing to take a percentage of."""
    percent = rule.percent or Decimal(0)
    allowed = percent if kind == "percentage" else abs(before) * percent / 100
    return abs(number - before) > allowed


def find_field(question: QuestionDefinition, part: tuple[str, str]) -> NumberLimits:
    """What says how a number is written: the column it stands in, or the question."""
    return next((column for column in question.columns if column.code == part[1]), question)


def name_part(question: QuestionDefinition, part: tuple[str, str]) -> str:
    """ "Ambulant, Kosten: " for a cell, nothing for the only number of a question."""
    row, column = part
    texts = [each.text for each in question.rows if each.code == row]
    texts += [each.text for each in question.columns if each.code == column]
    return f"{', '.join(texts)}: " if texts else ""
