"""The questionnaire as a workbook with the answers so far, to fill in with Excel or LibreOffice.

Only what every spreadsheet knows: texts, numbers, dates, lists to choose from, locked cells. No formula and no macro;
a text is always written as a text, so that nothing in an answer is calculated.
"""

import io
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.offline.identity import WorkbookIdentity
from surveys.offline.instructions import (
    QuestionNumbers,
    describe_number,
    describe_routes,
    name_unit,
    number_everything,
)
from surveys.offline.layout import TICK, Entry, Filling, Line, Shape, fill_lines, list_lines
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.day_parsing import describe_days
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.responses.queries import StoredAnswer

EXPLANATION_SHEET, LISTS_SHEET, IDENTITY_SHEET = "Uitleg", "lijsten", "gegevens"
CODE, PART, REVISION, NUMBER, TEXT, HELP, LABEL, FIRST_ENTRY = range(8)
HEADINGS = ("vraag", "deel", "revisie", "Nr", "Vraag", "Uitleg", "Onderdeel van de vraag", "Uw antwoord")
WIDTHS = {NUMBER: 5, TEXT: 48, HELP: 48, LABEL: 34, FIRST_ENTRY: 34}
OTHER_ENTRIES_WIDTH = 20
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
PROTECTION = {"format_columns": True, "format_rows": True}
NUMBER_FORMATS = {
    # As a text, so that a spreadsheet makes no date of 1-2 and no formula of what begins with =.
    Shape.TEXT: "@",
    Shape.NUMBER: "General",
    Shape.DAY: "dd-mm-yyyy",
    Shape.CHOICE: "General",
}

EXPLANATION = (
    "Vul de cellen met een rand in. De andere cellen liggen vast.",
    "Uw antwoorden die al op de site staan, staan er al in.",
    "Sla het bestand op als Excel-werkmap (.xlsx). Ga daarna naar de site en kies “Werkmap insturen”.",
    "Weet u een antwoord nog niet? Laat de cel dan leeg. Een 0 betekent echt nul.",
    "Heeft een collega op de site intussen een ander antwoord gegeven? Dan bewaren we beide en kiest u op de site.",
    "Een bestand als bewijs voegt u toe op de site. Indienen doet u ook op de site.",
)
NO_DEVIATIONS = "Afwijkingen per gemeente staan niet in deze werkmap. Die vult u in op de site."


def write_workbook(
    definition: Definition,
    *,
    sections: Collection[str],
    answers: Mapping[str, StoredAnswer],
    identity: WorkbookIdentity,
    is_region: bool,
    facts: Iterable[tuple[str, str]],
) -> bytes:
    """The named sections as an XLSX file, each on its own sheet, filled with the answers so far."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as file:
        file.set_properties({"title": f"{definition.title} – {identity.organisation_name}"})
        writer = _Writer(file)
        writer.write_explanation(
            definition.title, [*EXPLANATION, *([NO_DEVIATIONS] if is_region else [])], facts=facts
        )
        numbers = number_everything(definition, sections=sections)
        for position, section in enumerate(definition.sections, start=1):
            if section.code in sections:
                writer.write_section(definition, section, position=position, numbers=numbers, answers=answers)
        writer.write_hidden(identity)
    return buffer.getvalue()


class _Writer:
    def __init__(self, file: xlsxwriter.Workbook) -> None:
        self._file = file
        self._title = file.add_format({"bold": True, "font_size": 14})
        self._heading = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._question = file.add_format({"bold": True, "text_wrap": True, "valign": "top", "top": 1})
        self._help = file.add_format({"text_wrap": True, "valign": "top", "top": 1})
        self._label = file.add_format({"text_wrap": True, "valign": "top", "align": "right"})
        self._entry_formats: dict[Shape, Format] = {}
        self._lists: dict[tuple[str | int, ...], str] = {}
        self._list_sheet: list[tuple[str | int, ...]] = []

    def write_explanation(
        self, title: str, sentences: Iterable[str], *, facts: Iterable[tuple[str, str]]
    ) -> None:
        sheet = self._file.add_worksheet(EXPLANATION_SHEET)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self._title)
        rows = [*facts, *((f"{number}.", sentence) for number, sentence in enumerate(sentences, start=1))]
        wrapped = self._file.add_format({"text_wrap": True, "valign": "top"})
        for index, (term, description) in enumerate(rows, start=2):
            sheet.write_string(index, 0, term, wrapped)
            sheet.write_string(index, 1, description, wrapped)
        sheet.protect("", PROTECTION)

    def write_section(
        self,
        definition: Definition,
        section: SectionDefinition,
        *,
        position: int,
        numbers: QuestionNumbers,
        answers: Mapping[str, StoredAnswer],
    ) -> None:
        sheet = self._file.add_worksheet(f"Onderdeel {position}")
        sheet.set_column(CODE, REVISION, None, None, {"hidden": True})
        for column, width in WIDTHS.items():
            sheet.set_column(column, column, width)
        sheet.set_column(FIRST_ENTRY + 1, FIRST_ENTRY + 50, OTHER_ENTRIES_WIDTH)
        sheet.write_string(0, NUMBER, f"Onderdeel {position}: {section.title}", self._title)
        for column, heading in enumerate(HEADINGS):
            sheet.write_string(1, column, heading, self._heading)
        sheet.freeze_panes(2, 0)
        row = 2
        for question in section.questions:
            stored = answers.get(question.code)
            filled = fill_lines(question, stored.value if stored else BLANK)
            sheet.write_string(row, NUMBER, numbers[question.code][1], self._question)
            sheet.write_string(row, TEXT, question.text, self._question)
            routes = describe_routes(definition, question=question, numbers=numbers)
            sheet.write_string(row, HELP, explain_question(question, routes=routes), self._help)
            for line in list_lines(question):
                sheet.write_string(row, CODE, question.code)
                sheet.write_string(row, PART, line.part)
                sheet.write_number(row, REVISION, stored.revision if stored else 0)
                self._write_line(sheet, row, line, filled=filled.get(line.part, ()))
                row += 1
        sheet.protect("", PROTECTION)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)

    def _write_line(self, sheet: Worksheet, row: int, line: Line, *, filled: tuple[Filling, ...]) -> None:
        sheet.write_string(row, LABEL, line.label, self._label)
        for column, heading in enumerate(line.headings, start=FIRST_ENTRY):
            sheet.write_string(row, column, heading, self._heading)
        for index, entry in enumerate(line.entries):
            column = FIRST_ENTRY + index
            self._write_entry(sheet, row, column, entry, filled[index] if filled else None)
            if entry.choices:
                sheet.data_validation(
                    row,
                    column,
                    row,
                    column,
                    {
                        "validate": "list",
                        "source": self._place_list(entry.choices),
                        "error_title": "Kies uit de lijst",
                        "error_message": "Kies een van de antwoorden uit de lijst, of maak de cel leeg.",
                    },
                )

    def _write_entry(self, sheet: Worksheet, row: int, column: int, entry: Entry, filling: Filling) -> None:
        style = self._choose_format(entry)
        match filling:
            case None | "":
                sheet.write_blank(row, column, None, style)
            case str():
                sheet.write_string(row, column, filling, style)
            case int() | Decimal():
                sheet.write_number(row, column, filling, style)
            case date():
                sheet.write_datetime(row, column, filling, style)

    def _choose_format(self, entry: Entry) -> Format:
        if entry.shape not in self._entry_formats:
            self._entry_formats[entry.shape] = self._file.add_format(
                {
                    "locked": False,
                    "border": 1,
                    "bg_color": "#FFF9E5",
                    "text_wrap": True,
                    "valign": "top",
                    "align": "left",
                    "num_format": NUMBER_FORMATS[entry.shape],
                }
            )
        return self._entry_formats[entry.shape]

    def _place_list(self, choices: tuple[str, ...] | tuple[int, ...]) -> str:
        """The range of the hidden sheet with these choices: a list in the cell itself is cut off at 255 signs."""
        if choices not in self._lists:
            column = xlsxwriter.utility.xl_col_to_name(len(self._list_sheet), col_abs=True)
            self._lists[choices] = f"={LISTS_SHEET}!{column}$1:{column}${len(choices)}"
            self._list_sheet.append(choices)
        return self._lists[choices]

    def write_hidden(self, identity: WorkbookIdentity) -> None:
        lists = self._file.add_worksheet(LISTS_SHEET)
        for column, choices in enumerate(self._list_sheet):
            for row, choice in enumerate(choices):
                if isinstance(choice, int):
                    lists.write_number(row, column, choice)
                else:
                    lists.write_string(row, column, choice)
        sheet = self._file.add_worksheet(IDENTITY_SHEET)
        for row, (name, value) in enumerate(identity.as_dict().items()):
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, value)
        for hidden in (lists, sheet):
            hidden.protect()
            hidden.very_hidden()


def explain_question(question: QuestionDefinition, *, routes: Iterable[str]) -> str:
    """What stands beside the question: when it is asked, what is meant, how to answer."""
    lines = [
        *routes,
        "Deze vraag is verplicht." if question.requirement == "required" else "",
        f"Wat bedoelen we? {question.definition}" if question.definition else "",
        question.help,
        describe_how(question),
    ]
    return "\n".join(filter(None, lines))


def describe_how(question: QuestionDefinition) -> str:
    match question.kind:
        case "single":
            return "Kies een antwoord uit de lijst in de cel."
        case "multiple":
            return f"Zet een {TICK} bij alles wat klopt."
        case "ranking":
            return f"Geef een plaats van 1 tot en met {question.places}. Een 1 staat voorop."
        case "typology":
            return "Kies per onderwerp een antwoord uit de lijst in de cel."
        case "matrix":
            units = [
                f"{column.text}: {unit}"
                for column in question.columns
                if (unit := "".join(name_unit(column)))
            ]
            return " ".join(["Vul in wat u weet.", *([f"In {'; '.join(units)}."] if units else [])])
        case "date":
            return describe_days(question) or "Vul een datum in, bijvoorbeeld 22-11-2026."
        case "file":
            return "Voeg het bestand toe op de site."
        case "text":
            return ""
        case _:
            unit = "".join(name_unit(question))
            return f"{describe_number(question)}{f' Het gaat om {unit}.' if unit else ''}"
