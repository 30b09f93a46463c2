"""A response as an administrator reads it: every question, also those without an answer. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, AttachedFile
from surveys.questionnaire.definition import Definition
from surveys.responses.merging import AnswerKey
from surveys.responses.progress import list_routed_questions
from surveys.responses.wording import describe_answer

NOT_ASKED = "Niet gesteld, door een eerder antwoord"


@dataclass(frozen=True, slots=True)
class ReadableDeviation:
    """What a region answers for one municipality instead."""

    municipality_code: str
    municipality: str
    answer: str


@dataclass(frozen=True, slots=True)
class ReadableAnswer:
    """`answer` is in words, one line per chosen option or filled cell; also when there is none.

    `corrections` are sentences about what researchers changed, of the general answer and of deviations.
    """

    question_code: str
    question: str
    answer: str
    is_asked: bool
    is_given: bool
    file: AttachedFile | None = None
    deviations: tuple[ReadableDeviation, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadableSection:
    title: str
    answers: tuple[ReadableAnswer, ...]


def list_readable_sections(
    definition: Definition,
    *,
    values: Mapping[str, AnswerValue],
    deviations: Mapping[AnswerKey, AnswerValue],
    names: Mapping[str, str],
    corrections: Mapping[str, Sequence[str]],
) -> list[ReadableSection]:
    """`values` are the stored values by question code; one that the routing hides now is not shown.

    `deviations` are those that count, and `names` those of the municipalities that the response speaks for, by code;
    `corrections` are sentences by question code.
    """
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
                    is_asked=is_asked,
                    is_given=is_asked and value is not None and value.state is AnswerState.GIVEN,
                    file=value.file if is_asked and value else None,
                    deviations=tuple(
                        ReadableDeviation(code, names[code], describe_answer(question, deviation))
                        for (asked_code, code), deviation in deviations.items()
                        if asked_code == question.code and code in names
                    ),
                    corrections=tuple(corrections.get(question.code, ())),
                )
            )
        sections.append(ReadableSection(section.title, tuple(answers)))
    return sections
