"""What must hold before a definition may be asked of anybody. Names every problem. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from surveys.questionnaire.code_checks import check_code, check_text, check_uniqueness
from surveys.questionnaire.definition import (
    CHANGES,
    KINDS,
    MISSING_STATES,
    REQUIREMENTS,
    Definition,
    QuestionDefinition,
    SectionDefinition,
)
from surveys.questionnaire.layout_checks import check_layout
from surveys.questionnaire.rule_checks import check_rules

# Codes become names of columns and addresses of pages; these already mean something there.
RESERVED_QUESTION_CODES = ("respondent", "municipalities", "status")
RESERVED_SECTION_CODES = (
    "gemeenten", "controleren", "ontvangst", "samenwerken", "notities", "namens", "afwijkingen",
    "nieuwe-versie", "werkmap", "uploaden", "pdf", "bewaren", "heropenen", "bijlage",
    "openbaarheid", "intrekken", "vragen-terug",
)  # fmt: skip

# What the database has room for.
SECTION_CODE_LENGTH = 50
TITLE_LENGTH = 160
SOURCE_LENGTH = 300
LARGEST_VERSION = 32_767


@dataclass(frozen=True)
class PlacedProblem:
    """A Dutch sentence, and the codes of the section and the question it is about; None: the whole questionnaire."""

    message: str
    section: str | None = None
    question: str | None = None

    def __str__(self) -> str:
        if self.question is not None:
            return f"vraag '{self.question}': {self.message}"
        return self.message if self.section is None else f"onderdeel '{self.section}': {self.message}"


def find_problems(definition: Definition) -> list[str]:
    """Dutch sentences that say where and what; an empty list means that the definition can be published.

    Whether the measures it names exist is not known here: publishing checks that.
    """
    return [str(problem) for problem in locate_problems(definition)]


def locate_problems(definition: Definition) -> Iterator[PlacedProblem]:
    """As `find_problems`, for who wants to show a problem where it can be solved."""
    questions = [question for section in definition.sections for question in section.questions]
    by_code = {question.code: question for question in questions}
    earlier = dict[str, QuestionDefinition]()
    general = chain(
        check_head(definition),
        check_uniqueness((section.code for section in definition.sections), noun="onderdeel"),
        check_uniqueness((question.code for question in questions), noun="vraag"),
    )
    yield from (PlacedProblem(problem) for problem in general)
    for section in definition.sections:
        yield from (PlacedProblem(problem, section.code) for problem in check_section(section))
        for question in section.questions:
            found = chain(
                check_question(question),
                check_conditions(question, earlier=earlier, codes=by_code.keys()),
                check_rules(question, questions=by_code),
            )
            yield from (PlacedProblem(problem, section.code, question.code) for problem in found)
            earlier.setdefault(question.code, question)


def check_section(section: SectionDefinition) -> Iterator[str]:
    """What must hold of a section apart from its questions."""
    yield from check_code(section.code, length=SECTION_CODE_LENGTH)
    yield from check_text("title", section.title, length=TITLE_LENGTH)
    if section.code in RESERVED_SECTION_CODES:
        yield "deze code is al het adres van een pagina. Kies een andere."
    if not section.questions:
        yield "er staat geen vraag in."


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


def check_question(question: QuestionDefinition) -> Iterator[str]:
    yield from check_code(question.code)
    yield from check_text("text", question.text)
    if question.code in RESERVED_QUESTION_CODES:
        yield "deze code is al de naam van een kolom in de bestanden. Kies een andere."
    if question.kind not in KINDS:
        yield f"'kind' is '{question.kind}', maar moet een van deze zijn: {', '.join(KINDS)}."
    else:
        yield from check_layout(question)
    if question.requirement not in REQUIREMENTS:
        yield f"'requirement' is '{question.requirement}', maar moet {' of '.join(REQUIREMENTS)} zijn."
    for state in question.missing:
        if state not in MISSING_STATES:
            yield f"'missing' kent '{state}' niet. Kies uit: {', '.join(MISSING_STATES)}."
    if len(set(question.missing)) < len(question.missing):
        yield "in 'missing' staat iets dubbel."
    if question.change and question.change not in CHANGES:
        yield f"'change' is '{question.change}', maar moet een van deze zijn: {', '.join(CHANGES)}."


def check_conditions(
    question: QuestionDefinition, *, earlier: dict[str, QuestionDefinition], codes: Collection[str]
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
