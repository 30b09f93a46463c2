"""The sheets of an XLSForm as a definition, or everything that keeps them from being one. Pure.

Nothing is taken over by halves: one problem keeps the whole form out. What a form says about another program only,
such as the looks of a field, is left out and named.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from surveys.drafts.xlsform.cells import read_text
from surveys.drafts.xlsform.choices import COLUMNS, DIMENSIONS, ROWS, ChoiceLists, name_list
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
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.definition_checks import LARGEST_VERSION, PlacedProblem, locate_problems

FIRST_VERSION = 1
VERSION = re.compile(r"[0-9]{1,5}")
NOT_IN_CODES = re.compile(r"[^a-z0-9]+")

# The checks name the keys of the definition; in a form these are columns.
NAMES_IN_FORM = {
    "'text'": "'label'", "'title'": "'label'", "'code'": "'name'", "'ask_if'": "'relevant'", "'kind'": "'mm_kind'",
    "'unit'": "'mm_unit'", "'minimum'": "'constraint'", "'maximum'": "'constraint'", "'decimals'": "'mm_decimals'",
    "'missing'": "'mm_missing'", "'change'": "'mm_change'", "'accepts'": "'body::accept'", "'other'": "'mm_asks_text'",
    "'maximum_ranked'": "'mm_maximum_ranked'", "'maximum_megabytes'": "'mm_maximum_megabytes'",
    "'earliest'": "'constraint'", "'latest'": "'constraint'",
}  # fmt: skip
NAMES_IN_SETTINGS = {"'title'": "'form_title'", "'survey'": "'form_id'", "'source'": "'mm_source'"}
PART = re.compile(r"(antwoord|rij|kolom|dimensie) '(.*?)': (.*)", re.DOTALL)
LIST_OF_PART = {"rij": ROWS, "kolom": COLUMNS, "dimensie": DIMENSIONS}


@dataclass(frozen=True)
class ReadForm:
    """`definition` is there when there are no problems."""

    definition: Definition | None
    problems: tuple[PlacedRemark, ...]
    left_out: tuple[PlacedRemark, ...]


def read_sheets(sheets: Iterable[RawSheet], *, fallback_title: str) -> ReadForm:
    """`fallback_title` is what the questionnaire is called when the form does not say, such as the name of the file."""
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
    for row in rows:
        reader.read_row(row)
    sections = reader.finish()
    definition = _read_head(settings, sections, fallback_title=fallback_title, report=report)
    _refuse_what_cannot_be_asked(definition, reader=reader, settings=settings, report=report)
    reader.lists.leave_out_unused()
    return _finish(report, definition=definition)


def _read_settings(by_name: Mapping[str, RawSheet], *, report: Report) -> FormRow:
    """The one row of the sheet; an empty one when the form has no settings."""
    rows = name_cells(by_name[SETTINGS], kind=SETTINGS, default_language="", report=report) if SETTINGS in by_name else []
    for row in rows[1:]:
        report.refuse(row, "Het blad settings heeft één regel onder de kolomnamen.")
    return rows[0] if rows else FormRow(SETTINGS, 2, {})


def _read_head(
    settings: FormRow, sections: tuple[SectionDefinition, ...], *, fallback_title: str, report: Report
) -> Definition:
    title = read_text(settings, "form_title", report=report) or settings.read("form_id") or fallback_title
    version = settings.read("version")
    is_number = bool(VERSION.fullmatch(version)) and 1 <= int(version) <= LARGEST_VERSION
    if version and not is_number:
        report.leave_out(settings, f"Versie '{version}': bij ons is dat een getal. Dit wordt versie {FIRST_VERSION}.")
    return Definition(
        survey=settings.read("form_id") or make_code(title),
        title=title,
        number=int(version) if is_number else FIRST_VERSION,
        source=read_text(settings, "mm_source", report=report),
        sections=sections,
    )


def make_code(title: str) -> str:
    """A code for a form that has none: "Meting 2026!" becomes meting-2026."""
    code = NOT_IN_CODES.sub("-", title.lower()).strip("-0123456789")
    return code[:SECTION_CODE_LENGTH].strip("-") or LOOSE_CODE


def _refuse_what_cannot_be_asked(
    definition: Definition, *, reader: SurveyReader, settings: FormRow, report: Report
) -> None:
    """The rules of every definition, each problem at its cell; where something is wrong already, that is enough."""
    has_problems = bool(report.problems)
    for problem in locate_problems(definition):
        row = settings
        if problem.question is not None:
            row = reader.rows_of_questions[problem.question]
        elif problem.section is not None:
            row = reader.rows_of_sections[problem.section]
        elif has_problems:
            continue
        if row is settings or not report.has_problem_at(row.sheet, row.number)...

