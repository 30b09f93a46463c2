"""A definition as the sheets of an XLSForm, such that reading them gives the same definition again. Pure."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveys.drafts.xlsform.choices import write_choices
from surveys.drafts.xlsform.expressions import (
    keep_apart,
    write_day_bounds,
    write_number_bounds,
    write_relevant,
)
from surveys.drafts.xlsform.question_reading import KINDS_OF_TYPE
from surveys.drafts.xlsform.reading import read_sheets
from surveys.drafts.xlsform.sheets import (
    ACCEPT,
    CHOICES,
    COLUMNS,
    SETTINGS,
    SURVEY,
    RawRow,
    RawSheet,
)
from surveys.drafts.xlsform.survey_reading import ONE_PAGE
from surveys.questionnaire.definition import (
    NUMBER_KINDS,
    Definition,
    QuestionDefinition,
    RuleDefinition,
)
from surveys.questionnaire.definition_checks import find_problems
from surveys.tabular.workbook import UNWRITABLE

Cells = dict[str, str]

TYPE_OF_CHOICE = {"single": "select_one", "multiple": "select_multiple", "ranking": "rank"}
LANGUAGE = "Nederlands (nl)"
# Programs that read XLSForm keep this name for themselves.
RESERVED_NAME = "meta"
LONGEST_CELL = 32_767


class NotWritable(Exception):
    """The questionnaire cannot be an XLSForm; `problems` are full Dutch sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Grid:
    """A sheet to write: a row of names of columns, then the rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_read(self) -> RawSheet:
        """What reading the file gives: empty cells are not there."""
        return RawSheet(
            self.name,
            tuple(
                RawRow(number, {column: cell for column, cell in enumerate(row, start=1) if cell})
                for number, row in enumerate((self.columns, *self.rows), start=1)
            ),
        )


def write_sheets(definition: Definition) -> tuple[Grid, ...]:
    """The sheets settings, survey and choices. Raises NotWritable.

    What was written is read back before it leaves: a file that comes back as another questionnaire is never made.
    """
    if problems := find_problems(definition):
        raise NotWritable(problems)
    questions = definition.questions.values()
    grids = (
        _make_grid(SETTINGS, [_write_settings(definition)]),
        _make_grid(SURVEY, _write_survey(definition)),
        _make_grid(CHOICES, (line for question in questions for line in write_choices(question))),
    )
    if problems := list(_find_unwritable_cells(grids)):
        raise NotWritable(problems)
    read = read_sheets([grid.as_read() for grid in grids], fallback_title="")
    if read.definition is None or read.definition.checksum != definition.checksum:
        raise NotWritable(
            ["In een tekst staat aan het begin of het eind een spatie of een lege regel. Haal die weg."]
        )
    return grids


def _write_settings(definition: Definition) -> Cells:
    return {
        "form_title": keep_apart(definition.title),
        "form_id": definition.survey,
        "version": str(definition.number),
        "default_language": LANGUAGE,
        "mm_source": keep_apart(definition.source),
    }


def _write_survey(definition: Definition) -> Iterator[Cells]:
    """A group may not be called as a question in it is; then it has another name, and its code beside that."""
    taken = {RESERVED_NAME, *definition.questions}
    for section in definition.sections:
        name = _make_name(section.code, taken=taken)
        yield {
            "type": "begin_group",
            "name": name,
            "label": keep_apart(section.title),
            "appearance": ONE_PAGE,
            "mm_code": "" if name == section.code else section.code,
            "mm_measure": section.measure,
            "mm_more": keep_apart(section.more),
        }
        if section.intro:
            introduction = _make_name(f"{section.code}_inleiding", taken=taken)
            yield {"type": "note", "name": introduction, "label": keep_apart(section.intro)}
        yield from map(_write_question, section.questions)
        yield {"type": "end_group"}


def _make_name(wish: str, *, taken: set[str]) -> str:
    name = wish
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _write_question(question: QuestionDefinition) -> Cells:
    row_type = _choose_type(question)
    rules, constraint = _write_constraint(question)
    kinds = KINDS_OF_TYPE.get(row_type, (question.kind,))
    return {
        "type": row_type,
        "name": question.code,
        "label": keep_apart(question.text),
        "hint": keep_apart(question.help),
        "guidance_hint": keep_apart(question.definition),
        "required": "yes" if question.requirement == "required" else "",
        "relevant": write_relevant(question.conditions),
        "appearance": "multiline" if question.kind == "text" else "",
        ACCEPT: ",".join(f".{extension}" for extension in question.accepts),
        "mm_kind": "" if question.kind == kinds[0] else question.kind,
        "mm_unit": keep_apart(question.unit),
        "mm_decimals": str(question.decimals or ""),
        "mm_missing": " ".join(question.missing),
        "mm_maximum_ranked": str(question.maximum_ranked or ""),
        "mm_maximum_megabytes": str(question.maximum_megabytes or ""),
        "mm_rules": _write_rules(rules),
        "mm_change": question.change,
        **constraint,
    }


def _choose_type(question: QuestionDefinition) -> str:
    if question.kind in TYPE_OF_CHOICE:
        return f"{TYPE_OF_CHOICE[question.kind]} {question.code}"
    if question.kind in NUMBER_KINDS:
        return "decimal" if question.decimals else "integer"
    return question.kind if question.kind in KINDS_OF_TYPE else "text"


def _write_constraint(question: QuestionDefinition) -> tuple[tuple[RuleDefinition, ...], Cells]:
    """Bounds, or else the first rule when it is a bound with words of its own; and the rules that are left."""
    if question.kind == "date":
        return question.rules, {"constraint": write_day_bounds(question.earliest, question.latest)}
    first = question.rules[0] if question.rules else None
    has_bounds = question.minimum is not None or question.maximum is not None
    if first is None or has_bounds or not _is_bound_with_words(first, question):
        return question.rules, {"constraint": write_number_bounds(question.minimum, question.maximum)}
    return question.rules[1:], {
        "constraint": write_number_bounds(first.minimum, first.maximum),
        "constraint_message": keep_apart(first.message),
    }


def _is_bound_with_words(rule: RuleDefinition, question: QuestionDefinition) -> bool:
    return (
        question.is_number
        and (rule.kind, rule.severity) == ("range", "block")
        and rule.message != ""
        and (rule.minimum is None or rule.minimum >= 0)
    )


def _write_rules(rules: Iterable[RuleDefinition]) -> str:
    tables = [rule.as_dict() for rule in rules]
    return keep_apart(json.dumps(tables, ensure_ascii=False)) if tables else ""


def _make_grid(name: str, lines: Iterable[Cells]) -> Grid:
    columns = COLUMNS[name]
    return Grid(name, columns, tuple(tuple(line.get(column, "") for column in columns) for line in lines))


def _find_unwritable_cells(grids: Iterable[Grid]) -> Iterator[str]:
    for grid in grids:
        for row in grid.rows:
            for column, cell in zip(grid.columns, row, strict=True):
                place = f"{grid.name}, {row[1]}, '{column}'"
                if len(cell) > LONGEST_CELL:
                    yield f"{place}: deze tekst is te lang voor een cel in Excel."
                if UNWRITABLE.search(cell) or "\r" in cell:
                    yield f"{place}: in deze tekst staan tekens die niet in een Excel-bestand passen."
