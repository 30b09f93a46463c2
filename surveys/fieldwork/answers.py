"""A response as an administrator reads it: every question, also those without an answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, AttachedFile
from surveys.questionnaire.definition import Definition
from surveys.responses.progress import list_routed_questions
from surveys.responses.wording import describe_answer

NOT_ASKED = "Niet gesteld, door een eerder antwoord"


@dataclass(frozen=True, slots=True)
class ReadableAnswer:
    """`answer` is in words, one line per chosen option or filled cell; also when there is none."""

    question_code: str
    question: str
    answer: str
    is_given: bool
    file: AttachedFile | None = None


@dataclass(frozen=True, slots=True)
class ReadableSection:
    title: str
    answers: tuple[ReadableAnswer, ...]


def list_readable_sections(
    definition: Definition, *, values: Mapping[str, AnswerValue]
) -> list[ReadableSection]:
    """`values` are the stored values by question code; one that the routing hides now is not shown."""
    asked = {question.code for _, question in list_routed_questions(definition, values=values)}
    sections = []
    for section in definition.sections:
        answers = []
        for question in section.questions:
            value = values.get(question.code)
            is_asked = question.code in asked
            answers.append(
                ReadableAnswer(
                    question_code=question.code,
                    question=question.text,
                    answer=describe_answer(question, value) if is_asked else NOT_ASKED,
                    is_given=is_asked and value is not None and value.state is AnswerState.GIVEN,
                    file=value.file if is_asked and value else None,
                )
            )
        sections.append(ReadableSection(section.title, tuple(answers)))
    return sections
