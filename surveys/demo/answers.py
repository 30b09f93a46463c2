"""Invent a whole answered questionnaire around given closed answers. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.routing import find_routed_questions

OTHER_TEXT = "In de regio verschilt dit per gemeente."
TYPICAL_NUMBERS = {
    "doorbraak_budget": (20_000, 250_000, 5_000),
    "doorbraak_gevallen": (2, 40, 1),
    "doorbraak_per_geval": (500, 12_000, 500),
    "poh_fte": (1, 12, 1),
    "poh_dekking": (10, 100, 5),
    "afronding_minuten": (25, 120, 5),
    "toegang_wachttijd": (4, 40, 1),
}
# By the code of a column of a table.
TYPICAL_CELLS = {"jeugdigen": (40, 1_500, 5), "kosten": (500_000, 20_000_000, 10_000)}
YEARS = (2015, 2021)
COMPOSED_KINDS = ("ranking", "typology", "matrix", "date")


def invent_answers(
    definition: Definition,
    *,
    closed: Mapping[str, str],
    texts: Mapping[str, Sequence[str]],
    random: Random,
) -> dict[str, AnswerValue]:
    """Answer every routed question that the demo has an idea of.

    `closed` maps question code to the chosen option, or to "" for someone who does not know; `texts` maps the codes
    of open questions to possible answers. Returns values by question code, in the order of the questionnaire.
    """
    answers: dict[str, AnswerValue] = {}
    for question in definition.questions.values():
        chosen = {code: value.option_codes for code, value in answers.items()}
        if question.code not in find_routed_questions(definition, chosen=chosen):
            continue
        value = _invent_answer(question, closed=closed, texts=texts, random=random)
        if value is not None:
            answers[question.code] = value
    return answers


def _invent_answer(
    question: QuestionDefinition,
    *,
    closed: Mapping[str, str],
    texts: Mapping[str, Sequence[str]],
    random: Random,
) -> AnswerValue | None:
    if question.code in closed:
        return _choose(question, codes=[closed[question.code]] if closed[question.code] else [])
    if question.kind == "single":
        return _choose(question, codes=[random.choice(question.options).code])
    if question.kind == "multiple":
        size = random.randint(1, 2)
        return _choose(question, codes=[option.code for option in random.sample(question.options[:-1], size)])
    if question.kind in COMPOSED_KINDS:
        return _compose(question, random=random)
    if question.kind == "year":
        return AnswerValue(AnswerState.GIVEN, number=Decimal(random.randint(*YEARS)))
    if question.code in TYPICAL_NUMBERS:
        low, high, step = TYPICAL_NUMBERS[question.code]
        return AnswerValue(AnswerState.GIVEN, number=Decimal(random.randrange(low, high + 1, step)))
    if question.code in texts and random.random() < 0.6:
        return AnswerValue(AnswerState.GIVEN, text=random.choice(texts[question.code]))
    return None


def _compose(question: QuestionDefinition, *, random: Random) -> AnswerValue:
    if question.kind == "ranking":
        return _choose(
            question, codes=[option.code for option in random.sample(question.options, question.places)]
        )
    if question.kind == "typology":
        return AnswerValue(
            AnswerState.GIVEN,
            cells=tuple(
                FilledCell(dimension.code, option=random.choice(dimension.options).code)
                for dimension in question.dimensions
            ),
        )
    if question.kind == "matrix":
        return AnswerValue(AnswerState.GIVEN, cells=tuple(_fill_table(question, random=random)))
    return AnswerValue(AnswerState.GIVEN, day=date(random.randint(*YEARS), random.randint(1, 12), 1))


def _fill_table(question: QuestionDefinition, *, random: Random) -> Iterator[FilledCell]:
    """Every cell of the columns that the demo has an idea of; totals add up."""
    totals = {rule.total_row: rule.rows for rule in question.rules if rule.total_row}
    for column in question.columns:
        numbers: dict[str, int] = {}
        for row in question.rows:
            if row.code in totals:
                numbers[row.code] = sum(numbers[part] for part in totals[row.code])
            else:
                low, high, step = TYPICAL_CELLS[column.code]
                numbers[row.code] = random.randrange(low, high + 1, step)
        for row_code, number in numbers.items():
            yield FilledCell(row_code, column.code, number=Decimal(number))


def _choose(question: QuestionDefinition, *, codes: Sequence[str]) -> AnswerValue:
    if not codes:
        return AnswerValue(AnswerState.DONT_KNOW)
    asks_text = {option.code for option in question.options if option.asks_text}
    return AnswerValue(
        AnswerState.GIVEN,
        options=tuple(ChosenOption(code, OTHER_TEXT if code in asks_text else "") for code in codes),
    )
