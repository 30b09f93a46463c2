"""A question for a number: its middle, its spread and its unit, in words, in dots and in a table."""

from dataclasses import replace

import pytest

from surveys.results.figures import build_figures
from surveys.results.notation import format_value
from surveys.results.table import ANSWERED, MEAN, MEDIAN, QUARTILE_1, QUARTILE_3, SUM, Status
from tests.results.drawings import list_elements, read_lines
from tests.results.tables import make_question, make_table

SPACE = "\N{NO-BREAK SPACE}"
OPTIONS = (ANSWERED, SUM, MEAN, MEDIAN, QUARTILE_1, QUARTILE_3)


def make_numbers(groups, *, unit="fte", measured="response"):
    """`groups` has the units, sum, mean, median and quartiles per province; "" is the total, None is withheld."""
    table = make_table(make_question(kind="number"), {name: {"given": 1} for name in groups if name})
    row = next(row for row in table.rows if row.option == ANSWERED)
    rows = []
    for name, figures in groups.items():
        units, *values = figures or (None,) * 6
        rows += [
            row._replace(
                option=option,
                group_1=name,
                dimension_1="province" if name else "",
                unit=measured,
                n=units,
                base=units,
                value=value,
                value_unit="" if option == ANSWERED else unit,
                status=Status.OK if figures else Status.SUPPRESSED,
                note="" if figures else "Dit cijfer tonen we niet.",
            )
            for option, value in zip(OPTIONS, (None, *values), strict=True)
        ]
    return replace(table, rows=tuple(rows), unit=measured)


def build(groups, **changes):
    (figure,) = build_figures(make_numbers(groups, **changes))
    return figure


GROUPS = {
    "": (8, 80.0, 10.0, 9.0, 5.0, 15.0),
    "Drenthe": (4, 24.0, 6.0, 5.5, 4.0, 8.0),
    "Utrecht": (4, 56.0, 14.0, 15.0, 12.0, 20.0),
}


def test_the_middle_the_mean_and_the_spread_are_told_with_their_unit():
    figure = build(GROUPS)

    assert figure.base_line == "n = 8 reacties"
    assert figure.description.replace(SPACE, " ") == (
        "De middelste waarde (mediaan) is 9 fte. Het gemiddelde is 10 fte. "
        "De middelste helft ligt tussen 5 fte en 15 fte. "
        "Tussen de groepen, per provincie, loopt de mediaan van 5,5 fte (Drenthe) tot 15 fte (Utrecht)."
    )


def test_dots_stand_at_the_median_on_a_scale_from_zero():
    chart = build(GROUPS).chart

    assert [dot.get("cx") for dot in list_elements(chart, "marker")] == ["45%", "27.5%", "75%"]
    assert [(bar.get("x1"), bar.get("x2")) for bar in list_elements(chart, "interval")] == [
        ("25%", "75%"),
        ("20%", "40%"),
        ("60%", "100%"),
    ]
    assert {"0 fte", "10 fte", "20 fte", "Totaal", "9 fte (5 fte tot 15 fte), n = 8"} <= set(
        read_lines(chart)
    )


def test_every_figure_is_in_the_table():
    table = build(GROUPS).table

    assert table.columns == (
        "Provincie",
        "Aantal reacties",
        "Som",
        "Gemiddelde",
        "Mediaan",
        "Kwartiel 1",
        "Kwartiel 3",
    )
    assert [cell.replace(SPACE, " ") for cell in table.rows[1]] == [
        "Drenthe", "4", "24 fte", "6 fte", "5,5 fte", "4 fte", "8 fte",
    ]  # fmt: skip


def test_a_withheld_group_has_no_figure_anywhere():
    figure = build(GROUPS | {"Zeeland": None})

    assert set(figure.table.rows[3][1:]) == {"afgeschermd"}
    assert "In de groepen die we tonen, per provincie, loopt de mediaan" in figure.description
    assert "Zeeland" not in figure.description
    assert "Dit cijfer tonen we niet." in figure.caveats
    assert len(list_elements(figure.chart, "marker")) == 3


def test_a_withheld_total_says_why():
    figure = build({"": None, "Drenthe": None})

    assert figure.description == "Dit cijfer tonen we niet."
    assert figure.base_line == "n = afgeschermd"
    assert figure.is_breakdown_withheld


def test_a_municipality_has_its_own_numbers_only():
    assert any(
        "jeugdregio telt hier niet mee" in caveat for caveat in build(GROUPS, measured="municipality").caveats
    )


def test_years_begin_where_they_begin():
    figure = build({"": (3, 0.0, 2015.0, 2016.0, 2010.0, 2020.0)}, unit="jaar")

    assert {"2010", "2015", "2020"} <= set(read_lines(figure.chart))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "fte", "1.234,5 fte"),
        (1234567.0, "euro", "€ 1.234.567"),
        (12.25, "procent", "12,3 %"),
        (2019.0, "jaar", "2019"),
        (3.0, "", "3"),
        (0.0, "fte", "0 fte"),
        (-0.0, "fte", "0 fte"),
        (0.096, "fte", "0,1 fte"),
        (-0.5, "fte", "-0,5 fte"),
        (-1234.5, "euro", "€ -1.234,5"),
        (0.04, "fte", "0,04 fte"),
        (-0.004, "euro", "€ -0,004"),
        (0.0499, "fte", "0,05 fte"),
        (1 / 3000, "fte", "0,0003 fte"),
        (999_999_999_999.999, "euro", "€ 1.000.000.000.000"),
    ],
)
def test_a_number_is_written_with_its_unit(value, unit, text):
    assert format_value(value, unit).replace(SPACE, " ") == text
