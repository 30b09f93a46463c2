"""Changes to a definition in the making, each from one definition to the next. Pure.

Whatever is changed, the outcome holds together: codes are usable and occur once, and what a condition or a rule
refers to exists. Everything else may be unfinished; `problems.py` says what is left to do.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import count

from surveys.questionnaire.code_checks import CODE_LENGTH, check_code, check_uniqueness
from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.definition_checks import (
    RESERVED_QUESTION_CODES,
    RESERVED_SECTION_CODES,
    SECTION_CODE_LENGTH,
    TITLE_LENGTH,
)
from surveys.questionnaire.word_lists import join_words

Edit = Callable[[Definition], Definition]


class EditRefused(ValueError):
    """The definition cannot be changed like this; the message is Dutch and says why."""


def describe_survey(definition: Definition, *, title: str, source: str) -> Definition:
    """Raises EditRefused for a title that is too long."""
    return keep_whole(replace(definition, title=title, source=source))


def add_section(
    definition: Definition, section: SectionDefinition, *, position: int | None = None
) -> Definition:
    """At the end, or at a position from 0. Raises EditRefused."""
    sections = list(definition.sections)
    sections.insert(len(sections) if position is None else position, section)
    return keep_whole(replace(definition, sections=tuple(sections)))


def replace_section(definition: Definition, code: str, section: SectionDefinition) -> Definition:
    """All but its questions, which stay. Raises EditRefused."""
    former = find_section(definition, code)
    return keep_whole(put_section(definition, code, replace(section, questions=former.questions)))


def move_section(definition: Definition, code: str, *, position: int) -> Definition:
    """To a position from 0; one beyond the end is the end. Raises EditRefused for an unknown code."""
    section = find_section(definition, code)
    others = [each for each in definition.sections if each.code != code]
    others.insert(max(position, 0), section)
    return replace(definition, sections=tuple(others))


def remove_section(definition: Definition, code: str) -> Definition:
    """With its questions. Raises EditRefused when a question elsewhere depends on one of them."""
    section = find_section(definition, code)
    refuse_dependents(definition, codes=[question.code for question in section.questions])
    return replace(definition, sections=tuple(each for each in definition.sections if each.code != code))


def add_question(
    definition: Definition, question: QuestionDefinition, *, section: str, position: int | None = None
) -> Definition:
    """At the end of a section, or at a position in it from 0. Raises EditRefused."""
    into = find_section(definition, section)
    questions = list(into.questions)
    questions.insert(len(questions) if position is None else max(position, 0), question)
    return keep_whole(put_section(definition, section, replace(into, questions=tuple(questions))))


def replace_question(definition: Definition, code: str, question: QuestionDefinition) -> Definition:
    """With another code, the conditions and rules elsewhere follow. Raises EditRefused.

    So it does when an answer goes away that a condition elsewhere asks for.
    """
    find_question(definition, code)
    sections = tuple(
        replace(
            section,
            questions=tuple(
                question if each.code == code else rename_references(each, code, question.code)
                for each in section.questions
            ),
        )
        for section in definition.sections
    )
    return keep_whole(replace(definition, sections=sections))


def move_question(definition: Definition, code: str, *, section: str, position: int) -> Definition:
    """To a position from 0 in the same section or another. Raises EditRefused for an unknown code."""
    question = find_question(definition, code)
    return add_question(_leave_out(definition, code), question, section=section, position=position)


def remove_question(definition: Definition, code: str) -> Definition:
    """Raises EditRefused when another question depends on it."""
    find_question(definition, code)
    refuse_dependents(definition, codes=[code])
    return _leave_out(definition, code)


def shift_section(definition: Definition, code: str, *, steps: int) -> Definition:
    """One up is -1; at an end it stays where it is."""
    place = definition.sections.index(find_section(definition, code))
    return move_section(definition, code, position=place + steps)


def shift_question(definition: Definition, code: str, *, steps: int) -> Definition:
    """One up is -1. From the edge of a section it goes on into the next one."""
    question = find_question(definition, code)
    sections = definition.sections
    at = next(number for number, each in enumerate(sections) if question in each.questions)
    place = sections[at].questions.index(question) + steps
    if 0 <= place < len(sections[at].questions):
        return move_question(definition, code, section=sections[at].code, position=place)
    if not 0 <= at + steps < len(sections):
        return definition
    neighbour = sections[at + steps]
    return move_question(
        definition, code, section=neighbour.code, position=len(neighbour.questions) if steps < 0 else 0
    )


def find_section(definition: Definition, code: str) -> SectionDefinition:
    """Raises EditRefused when it is not there (any more)."""
    for section in definition.sections:
        if section.code == code:
            return section
    raise EditRefused(f"Het onderdeel '{code}' staat niet (meer) in dit concept.")


def find_question(definition: Definition, code: str) -> QuestionDefinition:
    """Raises EditRefused when it is not there (any more)."""
    if code not in definition.questions:
        raise EditRefused(f"De vraag '{code}' staat niet (meer) in dit concept.")
    return definition.questions[code]


def find_home(definition: Definition, code: str) -> SectionDefinition:
    """The section of a question that is there."""
    return next(section for section in definition.sections if definition.questions[code] in section.questions)


def find_free_code(code: str, *, taken: Collection[str]) -> str:
    """The code itself, or with the first number behind it that makes it new."""
    candidates = (f"{code[: CODE_LENGTH - 4]}_{number}" for number in count(2))
    return code if code not in taken else next(each for each in candidates if each not in taken)


def clear_changes(definition: Definition) -> Definition:
    """What the author said of the version before says nothing of the next one."""
    return replace(
        definition,
        sections=tuple(
            replace(section, questions=tuple(replace(each, change="") for each in section.questions))
            for section in definition.sections
        ),
    )


def stand_alone(question: QuestionDefinition) -> QuestionDefinition:
    """Without what refers to other questions or to a former version, so that it fits in any questionnaire."""
    rules = tuple(rule for rule in question.rules if not rule.other)
    return replace(question, conditions=(), rules=rules, change="")


def rename_references(question: QuestionDefinition, old: str, new: str) -> QuestionDefinition:
    def rename_condition(condition: ConditionDefinition) -> ConditionDefinition:
        return replace(condition, question=new) if condition.question == old else condition

    def rename_rule(rule: RuleDefinition) -> RuleDefinition:
        return replace(rule, other=new) if rule.other == old else rule

    return replace(
        question,
        conditions=tuple(map(rename_condition, question.conditions)),
        rules=tuple(map(rename_rule, question.rules)),
    )


def list_references(question: QuestionDefinition) -> set[str]:
    """The codes of the questions that its conditions and rules look at."""
    return {condition.question for condition in question.conditions} | {
        rule.other for rule in question.rules if rule.other
    }


def refuse_dependents(definition: Definition, *, codes: Collection[str]) -> None:
    """Raises EditRefused when questions other than these refer to one of them, and names which."""
    dependents = [
        f"'{code}'"
        for code, question in definition.questions.items()
        if code not in codes and not list_references(question).isdisjoint(codes)
    ]
    if dependents:
        raise EditRefused(
            f"Dit kan niet weg: een voorwaarde of controle bij {join_words(dependents)} verwijst ernaar. "
            "Wijzig dat eerst."
        )


def keep_whole(definition: Definition) -> Definition:
    """The same definition. Raises EditRefused when it does not hold together."""
    if problems := list(find_breaks(definition)):
        raise EditRefused(" ".join(problems))
    return definition


def find_breaks(definition: Definition) -> Iterator[str]:
    """What would make the parts of a definition lose each other, as Dutch sentences."""
    sections = [section.code for section in definition.sections]
    questions = [question for section in definition.sections for question in section.questions]
    codes = [question.code for question in questions]
    for noun, found in (("onderdeel", sections), ("vraag", codes)):
        yield from map(as_sentence, check_uniqueness(found, noun=noun))
    yield from map(as_sentence, check_code(definition.survey, length=SECTION_CODE_LENGTH))
    if len(definition.title) > TITLE_LENGTH:
        yield f"De titel is langer dan {TITLE_LENGTH} tekens."
    for code in sections:
        yield from map(as_sentence, check_code(code, length=SECTION_CODE_LENGTH))
        if code in RESERVED_SECTION_CODES:
            yield f"De sleutel '{code}' is al het adres van een pagina. Kies een andere."
    for code in codes:
        yield from map(as_sentence, check_code(code))
        if code in RESERVED_QUESTION_CODES:
            yield f"De sleutel '{code}' is al de naam van een kolom in de bestanden. Kies een andere."
    for question in questions:
        yield from find_broken_references(definition, question)


def find_broken_references(definition: Definition, question: QuestionDefinition) -> Iterator[str]:
    """A condition needs a choice question with those answers, a rule another number."""
    for condition in question.conditions:
        source = definition.questions.get(condition.question)
        place = f"De vraag '{question.code}' hangt af van '{condition.question}'"
        if source is None:
            yield f"{place}, maar die vraag is er niet."
        elif source is question or source.code == question.code:
            yield f"De vraag '{question.code}' kan niet van zichzelf afhangen."
        elif not source.is_choice:
            yield f"{place}. Dat moet een vraag met keuzes zijn."
        else:
            known = {option.code for option in source.options}
            yield from (
                f"{place}, antwoord '{code}'. Dat antwoord is er niet."
                for code in condition.any_of
                if code not in known
            )
    for rule in question.rules:
        if rule.other and (
            rule.other not in definition.questions or not definition.questions[rule.other].is_number
        ):
            yield (
                f"Een controle bij '{question.code}' vergelijkt met '{rule.other}'. Dat is geen vraag naar een getal."
            )


def as_sentence(problem: str) -> str:
    text = re.sub(r"'code'", "de sleutel", problem)
    return text[:1].upper() + text[1:]


def _leave_out(definition: Definition, code: str) -> Definition:
    sections = tuple(
        replace(section, questions=tuple(each for each in section.questions if each.code != code))
        for section in definition.sections
    )
    return replace(definition, sections=sections)


def put_section(definition: Definition, code: str, section: SectionDefinition) -> Definition:
    sections = tuple(section if each.code == code else each for each in definition.sections)
    return replace(definition, sections=sections)
