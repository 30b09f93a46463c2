"""A questionnaire in words for paper: what `templates/typeset/questionnaire.typ` prints. No answers in it."""

from collections.abc import Collection, Iterable
from typing import Any

from surveys.offline.instructions import (
    QuestionNumbers,
    describe_number,
    describe_routes,
    name_unit,
    number_everything,
)
from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState
from surveys.questionnaire.day_parsing import describe_days
from surveys.questionnaire.definition import (
    Definition,
    OptionDefinition,
    QuestionDefinition,
)

LINES_FOR_TEXT = 6

Part = dict[str, Any]


def describe_questionnaire(
    definition: Definition,
    *,
    sections: Collection[str],
    wave_title: str,
    facts: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    """The named sections, in their order and under the number they have in the whole questionnaire."""
    numbers = number_everything(definition, sections=sections)
    return {
        "title": definition.title,
        "wave": wave_title,
        "facts": [{"term": term, "description": description} for term, description in facts],
        "sections": [
            {
                "title": f"Onderdeel {position}: {section.title}",
                "intro": split_paragraphs(section.intro),
                "more": split_paragraphs(section.more),
                "questions": [
                    describe_question(definition, question=question, numbers=numbers)
                    for question in section.questions
                ],
            }
            for position, section in enumerate(definition.sections, start=1)
            if section.code in sections
        ],
    }


def describe_question(
    definition: Definition, *, question: QuestionDefinition, numbers: QuestionNumbers
) -> dict[str, Any]:
    _, number = numbers[question.code]
    return {
        "title": f"{number}. {question.text}",
        "is_required": question.requirement == "required",
        "routes": describe_routes(definition, question=question, numbers=numbers),
        "help": split_paragraphs(question.help),
        "definition": question.definition,
        "how": describe_how(question),
        "parts": list_parts(question),
        "missing": [STATE_LABELS[AnswerState(state)].capitalize() for state in question.missing],
    }


def describe_how(question: QuestionDefinition) -> str:
    """How to answer on paper, in one or two sentences."""
    match question.kind:
        case "single":
            return "Kruis één antwoord aan."
        case "multiple":
            return "Kruis alles aan wat klopt."
        case "ranking":
            return f"Zet een 1 bij wat voorop staat, dan een 2, en zo verder tot hoogstens {question.places}."
        case "typology":
            return "Kruis per onderwerp één antwoord aan."
        case "matrix":
            return "Vul de tabel in. Wat u niet weet, laat u leeg. Een 0 betekent echt nul."
        case "date":
            return describe_days(question) or "Vul een datum in."
        case "file":
            return "Voeg het bestand toe op de site. Dat kan niet op papier."
        case "text":
            return ""
        case _:
            return describe_number(question)


def list_parts(question: QuestionDefinition) -> list[Part]:
    """What there is to tick and to write on, in the shapes that the template knows."""
    match question.kind:
        case "single" | "multiple":
            return [make_choices(question.options)]
        case "ranking":
            return [{"shape": "places", "options": [option.text for option in question.options]}]
        case "typology":
            return [make_choices(each.options, title=each.text) for each in question.dimensions]
        case "matrix":
            return [make_table(question)]
        case "date":
            return [{"shape": "date"}]
        case "file":
            return []
        case "text":
            return [{"shape": "lines", "count": LINES_FOR_TEXT}]
        case _:
            before, after = name_unit(question)
            return [{"shape": "blank", "before": before, "after": after}]


def make_choices(options: Iterable[OptionDefinition], *, title: str = "") -> Part:
    return {
        "shape": "choices",
        "title": title,
        "options": [{"text": option.text, "asks_text": option.asks_text} for option in options],
    }


def make_table(question: QuestionDefinition) -> Part:
    return {
        "shape": "table",
        "columns": [
            f"{column.text} ({unit})" if (unit := "".join(name_unit(column))) else column.text
            for column in question.columns
        ],
        "rows": [row.text for row in question.rows],
        "options": [[option.text for option in column.options] for column in question.columns],
    }


def split_paragraphs(text: str) -> list[str]:
    """A single line end is a space on paper: lines are as long as the page is wide."""
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]
