"""The rows of a question form that make up its answer: options, rows and columns of a table, dimensions."""

from typing import Any

from django import forms

from surveys.drafts.fields import (
    CodeField,
    DutchNumberField,
    LineField,
    OptionLinesField,
    write_number,
    write_options,
)
from surveys.drafts.row_formsets import Row
from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
)
from surveys.questionnaire.layout_checks import LINE_TEXT_LENGTH, MAXIMUM_DECIMALS, UNIT_LENGTH
from surveys.questionnaire.layout_wording import COLUMN_KIND_NAMES


class PartForm(forms.Form):
    """What every row has."""

    code = CodeField()
    text = LineField(label="Tekst", max_length=LINE_TEXT_LENGTH)


class OptionForm(PartForm):
    asks_text = forms.BooleanField(label="Vraagt om toelichting", required=False)


class RankedOptionForm(PartForm):
    pass


class LineForm(PartForm):
    pass


class DimensionForm(PartForm):
    options = OptionLinesField(label="Antwoorden", required=False)


class ColumnForm(PartForm):
    kind = forms.ChoiceField(label="Soort", choices=list(COLUMN_KIND_NAMES.items()))
    unit = LineField(label="Eenheid (bij een getal)", max_length=UNIT_LENGTH, required=False)
    minimum = DutchNumberField(label="Laagste getal")
    maximum = DutchNumberField(label="Hoogste getal")
    decimals = forms.IntegerField(
        label="Cijfers achter de komma", min_value=0, max_value=MAXIMUM_DECIMALS, required=False
    )
    options = OptionLinesField(label="Antwoorden (bij één keuze)", required=False)

    def has_changed(self) -> bool:
        """A list always says something: the kind alone does not make it a filled row."""
        return bool({"code", "text", "options"}.intersection(self.changed_data))


def write_parts(question: QuestionDefinition) -> dict[str, list[Row]]:
    """The rows of every list as they stand in their fields."""
    return {
        "options": [option.as_dict() for option in question.options],
        "rows": [row.as_dict() for row in question.rows],
        "columns": [write_column(column) for column in question.columns],
        "dimensions": [
            {"code": each.code, "text": each.text, "options": write_options(each.options)}
            for each in question.dimensions
        ],
    }


def write_column(column: ColumnDefinition) -> Row:
    return {
        "code": column.code,
        "text": column.text,
        "kind": column.kind,
        "unit": column.unit,
        "minimum": write_number(column.minimum),
        "maximum": write_number(column.maximum),
        "decimals": column.decimals,
        "options": write_options(column.options),
    }


def read_option(row: Row) -> OptionDefinition:
    return OptionDefinition(row["code"], row["text"], row.get("asks_text", False))


def read_line(row: Row) -> LineDefinition:
    return LineDefinition(row["code"], row["text"])


def read_dimension(row: Row) -> DimensionDefinition:
    return DimensionDefinition(row["code"], row["text"], row["options"])


def read_column(row: Row) -> ColumnDefinition:
    changes: dict[str, Any] = row | {"decimals": row["decimals"] or 0}
    return ColumnDefinition(**changes)
