"""A published questionnaire as a person reads it: kinds, routes and limits in words."""

from dataclasses import dataclass

from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState
from surveys.questionnaire.definition import Definition, OptionDefinition, QuestionDefinition
from surveys.questionnaire.layout_wording import describe_parts
from surveys.questionnaire.models import Question
from surveys.questionnaire.number_parsing import describe_bounds, describe_decimals
from surveys.questionnaire.routing import describe_conditions
from surveys.questionnaire.rule_wording import describe_rule


@dataclass(frozen=True)
class QuestionOutline:
    code: str
    text: str
    help: str
    definition: str
    kind: str
    requirement: str
    options: tuple[OptionDefinition, ...]
    conditions: list[str]
    limits: str
    unit: str
    missing: list[str]
    parts: list[str]
    rules: list[str]


@dataclass(frozen=True)
class SectionOutline:
    title: str
    intro: str
    more: str
    questions: list[QuestionOutline]


def outline_definition(definition: Definition) -> list[SectionOutline]:
    return [
        SectionOutline(
            title=section.title,
            intro=section.intro,
            more=section.more,
            questions=[outline_question(definition, question) for question in section.questions],
        )
        for section in definition.sections
    ]


def outline_question(definition: Definition, question: QuestionDefinition) -> QuestionOutline:
    return QuestionOutline(
        code=question.code,
        text=question.text,
        help=question.help,
        definition=question.definition,
        kind=Question.Kind(question.kind).label,
        requirement=Question.Requirement(question.requirement).label,
        options=question.options if question.is_choice else (),
        conditions=describe_conditions(definition, code=question.code),
        limits=f"{describe_bounds(question)} {describe_decimals(question)}" if question.is_number else "",
        unit=question.unit,
        missing=[STATE_LABELS[AnswerState(state)] for state in question.missing],
        parts=[] if question.is_choice else describe_parts(question),
        rules=[describe_rule(rule, question, definition=definition) for rule in question.rules],
    )
