"""Whether an answer that was given to another version also answers this question. Pure."""

from dataclasses import replace

from surveys.questionnaire.answer_parsing import format_answer, parse_answer
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer


def fit_answer(question: QuestionDefinition, value: AnswerValue) -> AnswerValue | None:
    """The answer as this question would have it, None when it cannot be given to this question.

    Words behind an option that no longer asks for them are left out; everything else stays as it was.
    """
    if value.file is not None:
        return value if question.kind == "file" else None
    asking = {option.code for option in question.options if option.asks_text}
    bare = replace(
        value,
        caveat="",
        options=tuple(each if each.code in asking else replace(each, text="") for each in value.options),
    )
    try:
        parsed = parse_answer(question, format_answer(question, bare))
    except InvalidAnswer:
        return None
    return replace(bare, caveat=value.caveat) if _hold_the_same(parsed, bare) else None


def _hold_the_same(one: AnswerValue, other: AnswerValue) -> bool:
    """Equal but for the order in which options and cells are listed."""
    return (one.state, one.text, one.number, one.day, set(one.options), set(one.cells)) == (
        other.state,
        other.text,
        other.number,
        other.day,
        set(other.options),
        set(other.cells),
    )
