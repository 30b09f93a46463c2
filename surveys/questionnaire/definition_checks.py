"""What must hold before a definition may be asked of anybody. Names every problem. Pure."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from surveys.questionnaire.definition import (
    KINDS,
    LARGEST_NUMBER,
    MISSING_STATES,
    REQUIREMENTS,
    Definition,
    QuestionDefinition,
)

# Codes become names of fields and columns; the reserved ones already mean something there.
CODE = re.compile(r"[a-z][a-z0-9_-]*")
RESERVED_QUESTION_CODES = ("respondent", "municipalities", "status")
RESERVED_OPTION_CODES = ("given", "blank", *MISSING_STATES)

# What the database has room for.
CODE_LENGTH = 60
SECTION_CODE_LENGTH = 50
TITLE_LENGTH = 160
SOURCE_LENGTH = 300
OPTION_TEXT_LENGTH = 300
UNIT_LENGTH = 40
MAXIMUM_DECIMALS = 3
LARGEST_VERSION = 32_767


def find_problems(definition: Definition) -> list[str]:
    """Dutch sentences that say where and what; an empty list means that the definition can be published.

    Whether the measures it names exist is not known here: publishing checks that.
    """
    questions = [question for section in definition.sections for question in section.questions]
    earlier = dict[str, QuestionDefinition]()
    problems = list(check_head(definition))
    problems += check_uniqueness((section.code for section in definition.sections), noun="onderdeel")
    problems += check_uniqueness((question.code for question in questions), noun="vraag")
    for section in definition.sections:
        place = f"onderdeel '{section.code}'"
        problems += (
            f"{place}: {problem}" for problem in check_code(section.code, length=SECTION_CODE_LENGTH)
        )
        problems += (
            f"{place}: {problem}" for problem in check_text("title", section.title, length=TITLE_LENGTH)
        )
        if not section.questions:
            problems.append(f"{place}: er staat geen vraag in.")
        for question in section.questions:
            found = chain(
                check_question(question),
                check_conditions(question, earlier=earlier, codes={each.code for each in questions}),
            )
            problems += (f"vraag '{question.code}': {problem}" for problem in found)
            earlier.setdefault(question.code, question)
    return problems


def check_head(definition: Definition) -> Iterator[str]:
    for problem in check_code(definition.survey, length=SECTION_CODE_LENGTH):
        yield f"vragenlijst: 'survey': {problem}"
    for problem in check_text("title", definition.title, length=TITLE_LENGTH):
        yield f"vragenlijst: {problem}"
    if len(definition.source) > SOURCE_LENGTH:
        yield f"vragenlijst: 'source' is langer dan {SOURCE_LENGTH} tekens."
    if not 1 <= definition.number <= LARGEST_VERSION:
        yield "vragenlijst: 'version' moet 1 of hoger zijn."
    if not definition.sections:
        yield "vragenlijst: er is geen onderdeel."


def check_uniqueness(codes: Iterable[str], *, noun: str) -> Iterator[str]:
    seen = set[str]()
    for code in codes:
        if code in seen:
            yield f"{noun} '{code}': deze code komt meer dan één keer voor."
        seen.add(code)


def check_code(code: str, *, length: int) -> Iterator[str]:
    if not code:
        yield "'code' ontbreekt."
    elif not CODE.fullmatch(code):
        yield "de code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."
    if len(code) > length:
        yield f"de code is langer dan {length} tekens."


def check_text(key: str, text: str, *, length: int | None = None) -> Iterator[str]:
    if not text:
        yield f"'{key}' ontbreekt."
    elif length is not None and len(text) > length:
        yield f"'{key}' is langer dan {length} tekens."


def check_question(question: QuestionDefinition) -> Iterator[str]:
    yield from check_code(question.code, length=CODE_LENGTH)
    yield from check_text("text", question.text)
    if question.code in RESERVED_QUESTION_CODES:
        yield "deze code is al de naam van een kolom in de bestanden. Kies een andere."
    if question.kind not in KINDS:
        yield f"'kind' is '{question.kind}', maar moet een van deze zijn: {', '.join(KINDS)}."
    else:
        yield from check_options(question)
        yield from check_numbers(question)
    if question.requirement not in REQUIREMENTS:
        yield f"'requirement' is '{question.requirement}', maar moet {' of '.join(REQUIREMENTS)} zijn."
    for state in question.missing:
        if state not in MISSING_STATES:
            yield f"'missing' kent '{state}' niet. Kies uit: {', '.join(MISSING_STATES)}."
    if len(set(question.missing)) < len(question.missing):
        yield "in 'missing' staat iets dubbel."


def check_options(question: QuestionDefinition) -> Iterator[str]:
    if not question.is_choice:
        if question.options:
            yield f"'options' hoort niet bij een vraag van de soort '{question.kind}'."
        return
    if len(question.options) < 2:
        yield "een keuzevraag heeft minstens twee antwoorden nodig."
    yield from check_uniqueness((option.code for option in question.options), noun="antwoord")
    for option in question.options:
        problems = chain(
            check_code(option.code, length=CODE_LENGTH),
            check_text("text", option.text, length=OPTION_TEXT_LENGTH),
            ["deze code betekent al een soort 'geen antwoord'."]
            if option.code in RESERVED_OPTION_CODES
            else [],
        )
        yield from (f"antwoord '{option.code}': {problem}" for problem in problems)


def check_numbers(question: QuestionDefinition) -> Iterator[str]:
    """Bounds, decimals and unit: where they fit, and whether they can hold."""
    if question.unit and question.kind != "number":
        yield f"'unit' hoort niet bij een vraag van de soort '{question.kind}'."
    if len(question.unit) > UNIT_LENGTH:
        yield f"'unit' is langer dan {UNIT_LENGTH} tekens."
    if question.decimals and (not question.is_number or question.kind == "year"):
        yield f"'decimals' hoort niet bij een vraag van de soort '{question.kind}'."
    elif not 0 <= question.decimals <= MAXIMUM_DECIMALS:
        yield f"'decimals' moet van 0 tot en met {MAXIMUM_DECIMALS} zijn."
    bounds = {"minimum": question.minimum, "maximum": question.maximum}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if not question.is_number:
        yield from (f"'{name}' hoort niet bij een vraag van de soort '{question.kind}'." for name in given)
        return
    for name, bound in given.items():
        yield from check_bound(question, name=name, bound=bound)
    lowest, highest = question.bounds
    if lowest > highest:
        yield "het minimum is hoger dan het maximum."


def check_bound(question: QuestionDefinition, *, name: str, bound: Decimal) -> Iterator[str]:
    if abs(bound) > LARGEST_NUMBER:
        yield f"'{name}' heeft meer dan twaalf cijfers."
    elif bound != round(bound, max(0, min(question.decimals, MAXIMUM_DECIMALS))):
        yield f"'{name}' heeft meer cijfers achter de komma dan 'decimals' toestaat."
    if question.kind == "percentage" and not 0 <= bound <= 100:
        yield f"'{name}' van een percentage moet van 0 tot en met 100 zijn."
    if question.kind == "year" and not 1000 <= bound <= 9999:
        yield f"'{name}' van een jaar moet vier cijfers hebben."


def check_conditions(
    question: QuestionDefinition, *, earlier: dict[str, QuestionDefinition], codes: set[str]
) -> Iterator[str]:
    """Conditions point back only: that keeps routing free of circles and readable from top to bottom."""
    yield from check_uniqueness((each.question for each in question.conditions), noun="'ask_if' op vraag")
    for condition in question.conditions:
        source = earlier.get(condition.question)
        place = f"'ask_if' op '{condition.question}'"
        if condition.question == question.code:
            yield f"{place}: een vraag kan niet van zichzelf afhangen."
        elif condition.question not in codes:
            yield f"{place}: die vraag bestaat niet."
        elif source is None:
            yield f"{place}: die vraag komt pas later. Verwijs alleen naar een eerdere vraag."
        elif not source.is_choice:
            yield f"{place}: die vraag is geen keuzevraag."
        else:
            options = {option.code for option in source.options}
            yield from (
                f"{place}: het antwoord '{code}' bestaat daar niet."
                for code in condition.any_of
                if code not in options
            )
        if not condition.any_of:
            yield f"{place}: 'any_of' noemt geen antwoord."
        yield from check_uniqueness(condition.any_of, noun=f"{place}: antwoord")
