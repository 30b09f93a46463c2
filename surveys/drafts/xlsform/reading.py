"""The sheets of an XLSForm as a definition, or everything that keeps them from being one. Pure.

Nothing is taken over by halves: one problem keeps the whole form out. What a form says about another program only,
such as the looks of a field, is left out and named.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from surveys.drafts.xlsform.cells import read_text
from surveys.drafts.xlsform.choices import COLUMNS, DIMENSIONS, ROWS, ChoiceLists, name_list
from surveys.drafts.xlsform.question_reading import name_own_list
from surveys.drafts.xlsform.sheets import (
    CHOICES,
    SETTINGS,
    SURVEY,
    FormRow,
    PlacedRemark,
    RawSheet,
    Report,
    name_cells,
)
from surveys.drafts.xlsform.survey_reading import SurveyReader
from surveys.questionnaire.code_checks import check_code
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.definition_checks import LARGEST_VERSION, SECTION_CODE_LENGTH, locate_problems
from surveys.questionnaire.number_parsing import format_number

MAXIMUM_ROWS = Decimal(2_000)
MAXIMUM_OPTIONS = Decimal(20_000)
# Nobody solves more of them at a time.
MOST_PROBLEMS = 1_000
FIRST_VERSION = 1
VERSION = re.compile(r"[0-9]{1,5}")
LOOSE_CODE = "vragenlijst"
NOT_IN_CODES = re.compile(r"[^a-z0-9]+")

# What the checks call a key of the definition is a column in a form.
NAMES_IN_SURVEY = {
    "text": "label", "title": "label", "code": "name", "ask_if": "relevant", "kind": "mm_kind", "unit": "mm_unit",
    "decimals": "mm_decimals", "minimum": "constraint", "maximum": "constraint", "earliest": "constraint",
    "latest": "constraint", "missing": "mm_missing", "change": "mm_change", "accepts": "body::accept",
    "maximum_ranked": "mm_maximum_ranked", "maximum_megabytes": "mm_maximum_megabytes",
}  # fmt: skip
NAMES_IN_CHOICES = {
    "text": "label", "code": "name", "other": "mm_asks_text", "kind": "mm_kind", "unit": "mm_unit",
    "decimals": "mm_decimals", "minimum": "mm_minimum", "maximum": "mm_maximum",
}  # fmt: skip
NAMES_IN_SETTINGS = {"title": "form_title", "survey": "form_id", "source": "mm_source"}
KEY = re.compile(r"(in |)'([a-z_]+)'")
PART = re.compile(r"(antwoord|rij|kolom|dimensie) '(.*?)': (.*)", re.DOTALL)
LIST_OF_PART = {"rij": ROWS, "kolom": COLUMNS, "dimensie": DIMENSIONS}


@dataclass(frozen=True)
class ReadForm:
    """`definition` is there when there are no problems."""

    definition: Definition | None
    problems: tuple[PlacedRemark, ...]
    left_out: tuple[PlacedRemark, ...]


def read_sheets(
    sheets: Iterable[RawSheet], *, fallback_title: str, measures: Collection[str] | None = None
) -> ReadForm:
    """`fallback_title` is the title of a form that has none, such as the name of its file.

    `measures` are the codes of those that exist; without them it is not judged whether a measure exists.
    """
    by_name = {sheet.name.strip().lower(): sheet for sheet in sheets}
    report = Report()
    if SURVEY not in by_name:
        report.refuse_at(SURVEY, None, "Dit is geen XLSForm: het blad 'survey' ontbreekt.")
        return _finish(report, definition=None)
    for name, sheet in by_name.items():
        if name not in (SURVEY, CHOICES, SETTINGS) and sheet.rows:
            report.leave_out_at(sheet.name, None, "Dit blad hoort niet bij een vragenlijst.")
    settings = _read_settings(by_name, report=report)
    language = settings.read("default_language")
    rows, choice_rows = (
        name_cells(by_name[kind], kind=kind, default_language=language, report=report)
        if kind in by_name
        else []
        for kind in (SURVEY, CHOICES)
    )
    reader = SurveyReader(lists=ChoiceLists(choice_rows, report=report), report=report)
    for row in rows[: int(MAXIMUM_ROWS)]:
        reader.read_row(row)
    sections = reader.finish()
    if wrong_size := _find_wrong_size(sections, rows=len(rows)):
        if sections or not report.problems:
            report.refuse_at(SURVEY, None, wrong_size)
        return _finish(report, definition=None)
    definition = _read_head(settings, sections, fallback_title=fallback_title, report=report)
    _refuse_what_cannot_be_asked(definition, reader=reader, settings=settings, report=report)
    if measures is not None:
        _refuse_unknown_measures(definition, measures=measures, reader=reader, report=report)
    reader.lists.leave_out_unused()
    return _finish(report, definition=definition)


def _read_settings(by_name: Mapping[str, RawSheet], *, report: Report) -> FormRow:
    """The one row of the sheet; an empty one when the form has no settings."""
    rows = (
        name_cells(by_name[SETTINGS], kind=SETTINGS, default_language="", report=report)
        if SETTINGS in by_name
        else []
    )
    for row in rows[1:]:
        report.refuse(row, "Het blad settings heeft één regel onder de kolomnamen.")
    return rows[0] if rows else FormRow(SETTINGS, 2, {})


def _find_wrong_size(sections: tuple[SectionDefinition, ...], *, rows: int) -> str:
    """What nobody can be asked: nothing at all, or more than anybody could read. Empty when the size is fine."""
    options = sum(len(question.options) for section in sections for question in section.questions)
    if rows > MAXIMUM_ROWS:
        return f"Dit formulier heeft meer dan {format_number(MAXIMUM_ROWS)} regels."
    if options > MAXIMUM_OPTIONS:
        return f"De vragen hebben samen meer dan {format_number(MAXIMUM_OPTIONS)} antwoorden."
    return "" if sections else "Er staat geen vraag in dit formulier."


def _read_head(
    settings: FormRow, sections: tuple[SectionDefinition, ...], *, fallback_title: str, report: Report
) -> Definition:
    title = read_text(settings, "form_title", report=report) or settings.read("form_id") or fallback_title
    code, version = settings.read("form_id"), settings.read("version")
    if code and list(check_code(code, length=SECTION_CODE_LENGTH)):
        report.leave_out(
            settings, f"'form_id' is '{code}': dat kan bij ons niet. De sleutel wordt '{make_code(title)}'."
        )
        code = ""
    is_number = bool(VERSION.fullmatch(version)) and 1 <= int(version) <= LARGEST_VERSION
    if version and not is_number:
        report.leave_out(
            settings, f"Versie '{version}': bij ons is dat een getal. Dit wordt versie {FIRST_VERSION}."
        )
    return Definition(
        survey=code or make_code(title),
        title=title,
        number=int(version) if is_number else FIRST_VERSION,
        source=read_text(settings, "mm_source", report=report),
        sections=sections,
    )


def make_code(title: str) -> str:
    """A code for a form that has none: "Meting 2026!" becomes meting-2026."""
    code = NOT_IN_CODES.sub("-", title.lower()).lstrip("-0123456789")
    return code[:SECTION_CODE_LENGTH].strip("-") or LOOSE_CODE


def _refuse_what_cannot_be_asked(
    definition: Definition, *, reader: SurveyReader, settings: FormRow, report: Report
) -> None:
    """The rules of every definition. Where something is wrong already, that is enough: one cause, one problem."""
    wrong = {(problem.sheet, problem.row) for problem in report.problems}
    for problem in islice(locate_problems(definition), MOST_PROBLEMS):
        if problem.question is not None:
            row = reader.rows_of_questions[problem.question]
            remark = _place_in_question(problem.message, row, lists=reader.lists)
        elif problem.section is not None:
            if problem.section in reader.sections_with_refusals:
                continue
            row = reader.rows_of_sections[problem.section]
            remark = PlacedRemark(SURVEY, row.number, _name_columns(problem.message, NAMES_IN_SURVEY))
        else:
            if wrong:
                continue
            reason = problem.message.removeprefix("vragenlijst: ")
            remark = PlacedRemark(SETTINGS, settings.number, _name_columns(reason, NAMES_IN_SETTINGS))
        if (remark.sheet, remark.row) not in wrong:
            report.refuse_at(remark.sheet, remark.row, remark.reason)


def _refuse_unknown_measures(
    definition: Definition, *, measures: Collection[str], reader: SurveyReader, report: Report
) -> None:
    for section in definition.sections:
        if section.measure and section.measure not in measures:
            row = reader.rows_of_sections[section.code]
            report.refuse(row, f"De maatregel '{section.measure}' bestaat niet.")


def _place_in_question(message: str, row: FormRow, *, lists: ChoiceLists) -> PlacedRemark:
    """A problem of an option, row, column or dimension stands in the sheet with choices."""
    name, place, reason = name_own_list(row), None, message
    while found := PART.fullmatch(reason):
        kind, code, rest = found.groups()
        if kind in LIST_OF_PART:
            name = name_list(row.read("name"), LIST_OF_PART[kind])
        number = lists.find_row(name, code)
        if number is None:
            break
        name, place, reason = name_list(name, code), number, rest
    if place is None:
        return PlacedRemark(SURVEY, row.number, _name_columns(reason, NAMES_IN_SURVEY))
    return PlacedRemark(CHOICES, place, _name_columns(reason, NAMES_IN_CHOICES))


def _name_columns(reason: str, names: Mapping[str, str]) -> str:
    """The checks name the keys of a definition, at the beginning of a sentence; in a form these are columns."""
    found = KEY.match(reason)
    if found is None or found[2] not in names:
        return capitalise(reason)
    return capitalise(f"{found[1]}'{names[found[2]]}'{reason[found.end() :]}")


def capitalise(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _finish(report: Report, *, definition: Definition | None) -> ReadForm:
    return ReadForm(
        definition=None if report.problems else definition,
        problems=tuple(sorted(report.problems, key=_order)),
        left_out=tuple(sorted(report.left_out, key=_order)),
    )


def _order(remark: PlacedRemark) -> tuple[int, int]:
    order = (SETTINGS, SURVEY, CHOICES)
    return (order.index(remark.sheet) if remark.sheet in order else len(order), remark.row or 0)
