"""The definition file (TOML) as a Definition. Pure; names every problem with its place, not only the first.

The format, by example (a key that is not in the sets below is refused: it is probably a typing error):

    survey = "maatregelen-jeugdhulp"
    title = "Maatregelen in de jeugdhulp"
    version = 1

    [[sections]]
    code = "reikwijdte"
    title = "Afbakening reikwijdte"
    measure = "reikwijdte"

    [[sections.questions]]
    code = "poh_fte"
    kind = "number"
    text = "Hoeveel fte aan ondersteuners betaalt u?"
    requirement = "recommended"
    unit = "fte"
    ask_if = [ {question = "ondersteuner_huisarts", any_of = ["ja", "overig"]} ]
"""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from surveys.questionnaire.definition import (
    ColumnDefinition,
    ConditionDefinition,
    Definition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.definition_checks import find_problems

SURVEY_KEYS = {"survey", "title", "source", "sections"}
SECTION_KEYS = {"code", "title", "measure", "intro", "more", "questions"}
QUESTION_KEYS = {
    "code", "kind", "text", "requirement", "help", "definition", "missing", "options",
    "unit", "minimum", "maximum", "decimals", "rows", "columns", "dimensions", "maximum_ranked",
    "earliest", "latest", "accepts", "maximum_megabytes", "rules", "change",
}  # fmt: skip
OPTION_KEYS = {"code", "text"}
CONDITION_KEYS = {"question", "any_of"}
ROW_KEYS = {"code", "text"}
COLUMN_KEYS = {"code", "text", "kind", "unit", "minimum", "maximum", "decimals", "options"}
DIMENSION_KEYS = {"code", "text", "options"}
RULE_KEYS = {
    "kind", "severity", "message", "minimum", "maximum", "rows", "columns", "total_row", "total_column",
    "other", "comparison", "tolerance", "tolerance_percent", "percent",
}  # fmt: skip


class DefinitionError(ValueError):
    """`problems` are full Dutch sentences, each with its place in the file."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_definition(path: Path | str) -> Definition:
    """Raises DefinitionError when the file cannot be read, is not TOML or describes no questionnaire."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise DefinitionError([f"Het bestand {path} is niet te openen: {error.strerror}."]) from error
    except UnicodeDecodeError as error:
        raise DefinitionError([f"Het bestand {path} is geen UTF-8-tekst."]) from error
    return parse_definition(text)


def parse_definition(text: str) -> Definition:
    """As `read_definition`, for text that is already there."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError([f"Het bestand is geen geldige TOML: {error}."]) from error
    reader = DefinitionReader()
    definition = reader.read_survey(content)
    problems = reader.problems + find_problems(definition)
    if problems:
        raise DefinitionError(problems)
    return definition


class DefinitionReader:
    """Turns tables into objects as well as it can and notes in `problems` what has the wrong shape.

    Reading goes on after a problem, so that an author sees everything that is wrong at once. The names of three keys
    are the file's own; `definition_document.py` reads the canonical form, which has others.
    """

    number_key = "version"
    conditions_key = "ask_if"
    asks_text_key = "other"

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read_survey(self, table: dict[str, Any]) -> Definition:
        place = "vragenlijst"
        self.refuse_unknown_keys(table, known=SURVEY_KEYS | {self.number_key}, place=place)
        return Definition(
            survey=self.read_text(table, "survey", place=place),
            title=self.read_text(table, "title", place=place),
            number=self.read_whole_number(table, self.number_key, place=place),
            source=self.read_text(table, "source", place=place),
            sections=tuple(
                self.read_section(each, place=name_place("onderdeel", each, number))
                for number, each in enumerate(self.read_tables(table, "sections", place=place), start=1)
            ),
        )

    def read_section(self, table: dict[str, Any], *, place: str) -> SectionDefinition:
        self.refuse_unknown_keys(table, known=SECTION_KEYS, place=place)
        return SectionDefinition(
            code=self.read_text(table, "code", place=place),
            title=self.read_text(table, "title", place=place),
            measure=self.read_text(table, "measure", place=place),
            intro=self.read_text(table, "intro", place=place),
            more=self.read_text(table, "more", place=place),
            questions=tuple(
                self.read_question(each, place=name_place("vraag", each, number))
                for number, each in enumerate(self.read_tables(table, "questions", place=place), start=1)
            ),
        )

    def read_question(self, table: dict[str, Any], *, place: str) -> QuestionDefinition:
        self.refuse_unknown_keys(table, known=QUESTION_KEYS | {self.conditions_key}, place=place)
        return QuestionDefinition(
            code=self.read_text(table, "code", place=place),
            kind=self.read_text(table, "kind", place=place),
            text=self.read_text(table, "text", place=place),
            requirement=self.read_text(table, "requirement", place=place),
            help=self.read_text(table, "help", place=place),
            definition=self.read_text(table, "definition", place=place),
            options=self.read_options(table, place=place),
            conditions=tuple(
                self.read_condition(each, place=f"{place}, '{self.conditions_key}'")
                for each in self.read_tables(table, self.conditions_key, place=place)
            ),
            missing=self.read_texts(table, "missing", place=place),
            unit=self.read_text(table, "unit", place=place),
            minimum=self.read_bound(table, "minimum", place=place),
            maximum=self.read_bound(table, "maximum", place=place),
            decimals=self.read_whole_number(table, "decimals", place=place),
            rules=tuple(
                self.read_rule(each, place=f"{place}, controle {number}")
                for number, each in enumerate(self.read_tables(table, "rules", place=place), start=1)
            ),
            change=self.read_text(table, "change", place=place),
            rows=tuple(
                self.read_row(each, place=f"{place}, {name_place('rij', each, number)}")
                for number, each in enumerate(self.read_tables(table, "rows", place=place), start=1)
            ),
            columns=tuple(
                self.read_column(each, place=f"{place}, {name_place('kolom', each, number)}")
                for number, each in enumerate(self.read_tables(table, "columns", place=place), start=1)
            ),
            dimensions=tuple(
                self.read_dimension(each, place=f"{place}, {name_place('dimensie', each, number)}")
                for number, each in enumerate(self.read_tables(table, "dimensions", place=place), start=1)
            ),
            maximum_ranked=self.read_whole_number(table, "maximum_ranked", place=place),
            earliest=self.read_day(table, "earliest", place=place),
            latest=self.read_day(table, "latest", place=place),
            accepts=self.read_texts(table, "accepts", place=place),
            maximum_megabytes=self.read_whole_number(table, "maximum_megabytes", place=place),
        )

    def read_row(self, table: dict[str, Any], *, place: str) -> LineDefinition:
        self.refuse_unknown_keys(table, known=ROW_KEYS, place=place)
        return LineDefinition(
            code=self.read_text(table, "code", place=place), text=self.read_text(table, "text", place=place)
        )

    def read_column(self, table: dict[str, Any], *, place: str) -> ColumnDefinition:
        self.refuse_unknown_keys(table, known=COLUMN_KEYS, place=place)
        return ColumnDefinition(
            code=self.read_text(table, "code", place=place),
            text=self.read_text(table, "text", place=place),
            kind=self.read_text(table, "kind", place=place),
            unit=self.read_text(table, "unit", place=place),
            minimum=self.read_bound(table, "minimum", place=place),
            maximum=self.read_bound(table, "maximum", place=place),
            decimals=self.read_whole_number(table, "decimals", place=place),
            options=self.read_options(table, place=place),
        )

    def read_dimension(self, table: dict[str, Any], *, place: str) -> DimensionDefinition:
        self.refuse_unknown_keys(table, known=DIMENSION_KEYS, place=place)
        return DimensionDefinition(
            code=self.read_text(table, "code", place=place),
            text=self.read_text(table, "text", place=place),
            options=self.read_options(table, place=place),
        )

    def read_rule(self, table: dict[str, Any], *, place: str) -> RuleDefinition:
        self.refuse_unknown_keys(table, known=RULE_KEYS, place=place)
        return RuleDefinition(
            kind=self.read_text(table, "kind", place=place),
            severity=self.read_text(table, "severity", place=place),
            message=self.read_text(table, "message", place=place),
            minimum=self.read_bound(table, "minimum", place=place),
            maximum=self.read_bound(table, "maximum", place=place),
            rows=self.read_texts(table, "rows", place=place),
            columns=self.read_texts(table, "columns", place=place),
            total_row=self.read_text(table, "total_row", place=place),
            total_column=self.read_text(table, "total_column", place=place),
            other=self.read_text(table, "other", place=place),
            comparison=self.read_text(table, "comparison", place=place),
            tolerance=self.read_bound(table, "tolerance", place=place),
            tolerance_percent=self.read_bound(table, "tolerance_percent", place=place),
            percent=self.read_bound(table, "percent", place=place),
        )

    def read_options(self, table: dict[str, Any], *, place: str) -> tuple[OptionDefinition, ...]:
        return tuple(
            self.read_option(each, place=f"{place}, {name_place('antwoord', each, number)}")
            for number, each in enumerate(self.read_tables(table, "options", place=place), start=1)
        )

    def read_option(self, table: dict[str, Any], *, place: str) -> OptionDefinition:
        self.refuse_unknown_keys(table, known=OPTION_KEYS | {self.asks_text_key}, place=place)
        asks_text = table.get(self.asks_text_key, False)
        if not isinstance(asks_text, bool):
            self.problems.append(f"{place}: '{self.asks_text_key}' moet true of false zijn.")
        return OptionDefinition(
            code=self.read_text(table, "code", place=place),
            text=self.read_text(table, "text", place=place),
            asks_text=bool(asks_text),
        )

    def read_condition(self, table: dict[str, Any], *, place: str) -> ConditionDefinition:
        self.refuse_unknown_keys(table, known=CONDITION_KEYS, place=place)
        return ConditionDefinition(
            question=self.read_text(table, "question", place=place),
            any_of=self.read_texts(table, "any_of", place=place),
        )

    def refuse_unknown_keys(self, table: dict[str, Any], *, known: set[str], place: str) -> None:
        for key in sorted(table.keys() - known):
            nearest = get_close_matches(key, sorted(known), n=1)
            hint = f" Bedoelt u '{nearest[0]}'?" if nearest else ""
            self.problems.append(f"{place}: '{key}' is hier niet bekend.{hint}")

    def read_text(self, table: dict[str, Any], key: str, *, place: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self.problems.append(f"{place}: '{key}' moet tekst tussen aanhalingstekens zijn.")
        return str(value).strip()

    def read_texts(self, table: dict[str, Any], key: str, *, place: str) -> tuple[str, ...]:
        values = table.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.problems.append(f"{place}: '{key}' moet een lijst met teksten zijn.")
            return ()
        return tuple(values)

    def read_tables(self, table: dict[str, Any], key: str, *, place: str) -> list[dict[str, Any]]:
        tables = table.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self.problems.append(f"{place}: '{key}' moet een lijst met tabellen zijn.")
            return []
        return tables

    def read_whole_number(self, table: dict[str, Any], key: str, *, place: str) -> int:
        value = table.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool):
            self.problems.append(f"{place}: '{key}' moet een heel getal zijn.")
            return 0
        return value

    def read_bound(self, table: dict[str, Any], key: str, *, place: str) -> Decimal | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            self.problems.append(f"{place}: '{key}' moet een getal zijn.")
            return None
        return Decimal(value)

    def read_day(self, table: dict[str, Any], key: str, *, place: str) -> date | None:
        value = table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.problems.append(f"{place}: '{key}' moet een dag zijn, zonder aanhalingstekens: 2026-11-22.")
        return None


def name_place(noun: str, table: dict[str, Any], number: int) -> str:
    return f"{noun} '{table['code']}'" if table.get("code") else f"{noun} {number}"
