"""What the browser sent for the questions of a page, read back as answers."""

from dataclasses import dataclass, field

from django.http import QueryDict

from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import BLANK, AnswerValue
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer
from surveys.responses.lifecycle.saving import AnswerChange

# A full stop cannot occur in an option's code, so no option can be taken for a kind of nothing.
MISSING_PREFIX = "missing."


@dataclass(frozen=True)
class TypedAnswer:
    """What somebody sent for one question; without `errors` it is `value`."""

    question: QuestionDefinition
    raw: RawAnswer
    base_revision: int
    value: AnswerValue = BLANK
    errors: list[str] = field(default_factory=list)

    @property
    def change(self) -> AnswerChange:
        return AnswerChange(self.question.code, self.value, self.base_revision)


def name_field(question: QuestionDefinition) -> str:
    return f"q-{question.code}"


def name_other(question: QuestionDefinition, option_code: str) -> str:
    return f"q-{question.code}-other-{option_code}"


def name_revision(question: QuestionDefinition) -> str:
    return f"r-{question.code}"


def read_section(section: SectionDefinition, data: QueryDict) -> dict[str, TypedAnswer]:
    """What was sent, by question code; a question that was not on the form stays out."""
    return {
        question.code: read_question(question, data)
        for question in section.questions
        if name_revision(question) in data
    }


def read_question(question: QuestionDefinition, data: QueryDict) -> TypedAnswer:
    values = data.getlist(name_field(question))
    if question.is_choice:
        missing = [value.removeprefix(MISSING_PREFIX) for value in values if value.startswith(MISSING_PREFIX)]
        values = [value for value in values if not value.startswith(MISSING_PREFIX)]
    else:
        missing = data.getlist(f"{name_field(question)}-missing")
    raw = RawAnswer(
        values=tuple(values),
        other={
            option.code: data.get(name_other(question, option.code), "")
            for option in question.options
            if option.asks_text
        },
        missing=" ".join(missing),
    )
    base_revision = read_revision(data.getlist(name_revision(question))[-1])
    try:
        if len(missing) > 1:
            raise InvalidAnswer(["U koos meer dan één reden om niet te antwoorden. Kies er een."])
        return TypedAnswer(question, raw, base_revision, parse_answer(question, raw))
    except InvalidAnswer as error:
        return TypedAnswer(question, raw, base_revision, errors=error.messages)


def read_revision(value: str) -> int:
    """0, which never overwrites anything, for what is no revision."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 0
