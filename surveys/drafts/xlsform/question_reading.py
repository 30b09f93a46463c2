"""A row of the survey sheet as a question. Pure."""

import json
import re
from dataclasses import replace
from typing import Any

from surveys.drafts.xlsform.cells import (
    read_requirement,
    read_text,
    read_whole_number,
    refuse_other_cells,
)
from surveys.drafts.xlsform.choices import ChoiceLists
from surveys.drafts.xlsform.expressions import (
    ExpressionRefused,
    join_again,
    read_day_bounds,
    read_number_bounds,
)
from surveys.drafts.xlsform.sheets import ACCEPT, FormRow, Report
from surveys.questionnaire.definition import (
    FILE_EXTENSIONS,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
)
from surveys.questionnaire.definition_document import DocumentReader

SELECT = re.compile(
    r"(?P<command>select[ _]one|select1|select[ _]multiple|rank)(?: from)? +(?P<list>\S+)"
    r"(?P<other> or[ _]other| or specify other)?"
)
KIND_OF_COMMAND = {
    "select_one": "single",
    "select1": "single",
    "select_multiple": "multiple",
    "rank": "ranking",
}
# What a question of ours can be that is of this type; the first is what it is without `mm_kind`.
KINDS_OF_TYPE = {
    "integer": ("number", "year", "euro", "percentage"),
    "decimal": ("number", "euro", "percentage"),
    "text": ("text", "matrix", "typology"),
    "date": ("date",),
    "file": ("file",),
}
TYPE_ALIASES = {"int": "integer", "string": "text"}
# What a form says of these when it comes from elsewhere.
USUAL_DECIMALS = 3
USUAL_MEGABYTES = 10
OTHER = OptionDefinition("other", "Anders, namelijk", asks_text=True)

COMMON_CELLS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "relevant", "mm_kind", "mm_missing", "mm_rules",
    "mm_change",
)  # fmt: skip
NUMBER_CELLS = ("constraint", "constraint_message", "mm_unit")
CELLS_OF_TYPE = {
    "integer": NUMBER_CELLS,
    "decimal": (*NUMBER_CELLS, "mm_decimals"),
    "date": ("constraint",),
    "rank": ("mm_maximum_ranked",),
    "file": (ACCEPT, "mm_maximum_megabytes"),
}

UNSUPPORTED_TYPES = {
    "begin_repeat": "Een blok dat zich herhaalt, kennen wij niet.",
    "calculate": "Een berekening kennen wij niet.",
    "hidden": "Een verborgen veld kennen wij niet.",
    "acknowledge": "Een vinkje ter bevestiging kennen wij niet. Maak er een keuzevraag van.",
    "trigger": "Een vinkje ter bevestiging kennen wij niet. Maak er een keuzevraag van.",
    "range": "Een schuif kennen wij niet. Maak er een getal met grenzen van.",
    "select_one_from_file": "Antwoorden uit een los bestand kennen wij niet. Zet ze op het blad choices.",
    "select_multiple_from_file": "Antwoorden uit een los bestand kennen wij niet. Zet ze op het blad choices.",
    "select_one_external": "Antwoorden uit een los bestand kennen wij niet. Zet ze op het blad choices.",
    "image": "Een foto kennen wij niet. Vraag een bestand (file).",
    "time": "Een tijdstip kennen wij niet. Vraag een dag (date) of een tekst (text).",
    "datetime": "Een tijdstip kennen wij niet. Vraag een dag (date) of een tekst (text).",
    "geopoint": "Een plaats op de kaart kennen wij niet.",
    "geotrace": "Een plaats op de kaart kennen wij niet.",
    "geoshape": "Een plaats op de kaart kennen wij niet.",
}


def name_own_list(row: FormRow) -> str:
    """The list of options that a choice question names in its type; nothing for another question."""
    select = SELECT.fullmatch(" ".join(row.read("type").split()))
    return select["list"] if select else ""


def read_question(row: FormRow, *, lists: ChoiceLists, report: Report) -> QuestionDefinition | None:
    """Everything but the conditions, which need the other questions. None for a type that we do not have."""
    row_type = " ".join(row.read("type").split())
    select = SELECT.fullmatch(row_type)
    known_type = TYPE_ALIASES.get(row_type, row_type)
    if not select and known_type not in KINDS_OF_TYPE:
        _refuse_type(row, row_type, report=report)
        return None
    if row.read("appearance") == "label":
        report.refuse(row, "Deze regel is de kop van een raster en geen vraag. Haal de regel weg.")
        return None
    if select:
        command = select["command"].replace(" ", "_")
        known_type = "rank" if command == "rank" else command
    silent = ("appearance",) if (known_type, row.read("appearance")) == ("text", "multiline") else ()
    known_cells = (*COMMON_CELLS, *CELLS_OF_TYPE.get(known_type, ()), *silent)
    refuse_other_cells(row, known=known_cells, report=report)
    question = QuestionDefinition(
        code=row.read("name"),
        kind=KIND_OF_COMMAND[known_type] if select else _read_kind(row, known_type, report=report),
        text=read_text(row, "label", report=report),
        requirement=read_requirement(row, report=report),
        help=read_text(row, "hint", report=report),
        definition=read_text(row, "guidance_hint", report=report),
        missing=tuple(row.read("mm_missing").split()),
        rules=_read_rules(row, report=report),
        change=row.read("mm_change"),
    )
    if select:
        return _read_choice_question(row, question, select=select, lists=lists, report=report)
    return _read_parts(row, question, known_type=known_type, lists=lists, report=report)


def _read_choice_question(
    row: FormRow,
    question: QuestionDefinition,
    *,
    select: re.Match[str],
    lists: ChoiceLists,
    report: Report,
) -> QuestionDefinition:
    if row.read("mm_kind"):
        report.refuse(row, f"'mm_kind' hoort niet bij het type '{row.read('type')}'.")
    if not lists.has_list(select["list"]):
        report.refuse(row, f"De lijst '{select['list']}' staat niet op het blad choices.")
    options = lists.read_options(select["list"])
    if select["other"]:
        options = _add_other(options)
    return replace(
        question,
        options=options,
        maximum_ranked=read_whole_number(row, "mm_maximum_ranked", report=report),
    )


def _read_parts(
    row: FormRow, question: QuestionDefinition, *, known_type: str, lists: ChoiceLists, report: Report
) -> QuestionDefinition:
    match known_type:
        case "integer" | "decimal":
            return _read_number(row, question, known_type=known_type, report=report)
        case "date":
            earliest, latest = _read_bounds(row, read_day_bounds, report=report)
            return replace(question, earliest=earliest, latest=latest)
        case "file":
            accepted = [
                each.strip().removeprefix(".") for each in row.read(ACCEPT).split(",") if each.strip()
            ]
            megabytes = read_whole_number(row, "mm_maximum_megabytes", report=report)
            return replace(
                question,
                accepts=tuple(accepted) or FILE_EXTENSIONS,
                maximum_megabytes=megabytes if row.read("mm_maximum_megabytes") else USUAL_MEGABYTES,
            )
    if question.kind == "matrix":
        return replace(
            question, rows=lists.read_rows(question.code), columns=lists.read_columns(question.code)
        )
    if question.kind == "typology":
        return replace(question, dimensions=lists.read_dimensions(question.code))
    return question


def _read_number(
    row: FormRow, question: QuestionDefinition, *, known_type: str, report: Report
) -> QuestionDefinition:
    """A constraint with words of its own is a rule that stops; without words it is a bound of the question."""
    decimals = read_whole_number(row, "mm_decimals", report=report)
    if known_type == "decimal" and not row.read("mm_decimals"):
        decimals = USUAL_DECIMALS
    lowest, highest = _read_bounds(
        row, lambda text: read_number_bounds(text, decimals=decimals), report=report
    )
    message = read_text(row, "constraint_message", report=report)
    question = replace(question, unit=read_text(row, "mm_unit", report=report), decimals=decimals)
    if not message or (lowest is None and highest is None):
        return replace(question, minimum=lowest, maximum=highest)
    rule = RuleDefinition("range", "block", message=message, minimum=lowest, maximum=highest)
    is_below_zero = lowest is not None and lowest < 0
    return replace(question, rules=(rule, *question.rules), minimum=lowest if is_below_zero else None)


def _read_bounds(row: FormRow, read: Any, *, report: Report) -> tuple[Any, Any]:
    text = row.read("constraint")
    if not text:
        return None, None
    try:
        lowest, highest = read(text)
    except ExpressionRefused as refusal:
        report.refuse(
            row, f"'constraint' past niet: {refusal}. Wij kennen alleen een vast minimum en maximum."
        )
        return None, None
    return lowest, highest


def _read_kind(row: FormRow, known_type: str, *, report: Report) -> str:
    kind = row.read("mm_kind") or KINDS_OF_TYPE[known_type][0]
    if kind not in KINDS_OF_TYPE[known_type]:
        report.refuse(row, f"'mm_kind' is '{kind}', maar dat past niet bij het type '{known_type}'.")
        return KINDS_OF_TYPE[known_type][0]
    return kind


def _read_rules(row: FormRow, *, report: Report) -> tuple[RuleDefinition, ...]:
    if not row.read("mm_rules"):
        return ()
    try:
        tables = json.loads(join_again(row.read("mm_rules")))
    except (ValueError, RecursionError):
        tables = None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        report.refuse(row, "'mm_rules' moet een lijst met controles in JSON zijn.")
        return ()
    reader = DocumentReader()
    rules = [
        reader.read_rule(table, place=f"'mm_rules', controle {number}")
        for number, table in enumerate(tables, start=1)
    ]
    for problem in reader.problems:
        report.refuse(row, problem)
    return tuple(rules)


def _add_other(options: tuple[OptionDefinition, ...]) -> tuple[OptionDefinition, ...]:
    """What `or_other` does: an answer of one's own, with the words for it."""
    if any(option.code == OTHER.code for option in options):
        return tuple(
            replace(option, asks_text=True) if option.code == OTHER.code else option for option in options
        )
    return (*options, OTHER)


def _refuse_type(row: FormRow, row_type: str, *, report: Report) -> None:
    first = row_type.partition(" ")[0].lower()
    reason = UNSUPPORTED_TYPES.get(first) or f"Het type '{row_type}' kennen wij niet."
    report.refuse(row, reason)
