"""Two breakdowns at a time: dots by group of the first, and a table with both and with each by itself."""

from dataclasses import replace

from surveys.questionnaire.definition import SectionDefinition
from surveys.results.aggregation import Cell, Grouping, assemble_rows
from surveys.results.figures import build_figures
from surveys.results.figures.drawing import ChartKind
from tests.results.drawings import list_elements, read_lines
from tests.results.tables import make_question, make_table

SPACE = "\N{NO-BREAK SPACE}"
QUESTION = make_question("Ja", "Nee")
COUNTS = {("Drenthe", "Klein"): (3, 1), ("Drenthe", "Groot"): (1, 1), ("Utrecht", "Groot"): (4, 0)}


def build():
    by_option = [
        Cell("poh", outcome, groups, n, n)
        for groups, counts in COUNTS.items()
        for outcome, n in zip(("ja", "nee"), counts, strict=True)
    ]
    by_state = [Cell("poh", "given", groups, sum(counts), sum(counts)) for groups, counts in COUNTS.items()]
    dimensions = ("province", "size_class")
    rows = assemble_rows(
        [SectionDefinition("poh-jeugd", "POH", (QUESTION,), measure="poh-jeugd")],
        wave="2022",
        version=1,
        unit="response",
        grouping=Grouping(
            dimensions=dimensions,
            names={
                "province": {name: name for name in ("Drenthe", "Utrecht")},
                "size_class": {name: name for name in ("Klein", "Groot")},
            },
            places=frozenset(COUNTS),
        ),
        by_state=by_state,
        by_option=by_option,
    )
    table = replace(
        make_table(QUESTION, {"": {"ja": 8, "nee": 2}}),
        rows=rows,
        dimensions=dimensions,
        dimension_names={"province": "provincie", "size_class": "grootteklasse"},
    )
    (figure,) = build_figures(table)
    return figure


def test_dots_stand_by_group_of_the_first_breakdown():
    figure = build()

    assert figure.kind == ChartKind.DOTS
    assert [line for line in read_lines(figure.chart) if "%" not in line] == [
        "Aandeel „Ja”",
        "Drenthe",
        "Utrecht",
    ]
    assert [dot.get("cx") for dot in list_elements(figure.chart, "marker")] == ["80%", "75%", "50%", "100%"]
    assert figure.description.replace(SPACE, " ").endswith(
        "Per provincie en grootteklasse loopt „Ja” uiteen van 50 % (Drenthe, Groot) tot 100 % (Utrecht, Groot)."
    )


def test_the_table_has_both_breakdowns_and_each_by_itself():
    rows = [row[:3] for row in build().table.rows]

    assert build().table.columns[:3] == ("Provincie", "Grootteklasse", "Ja")
    assert [tuple(cell.replace(SPACE, " ") for cell in row) for row in rows] == [
        ("Totaal", "Alle", "80 % (8)"),
        ("Alle", "Klein", "75 % (3)"),
        ("Alle", "Groot", "83 % (5)"),
        ("Drenthe", "Alle", "67 % (4)"),
        ("Drenthe", "Klein", "75 % (3)"),
        ("Drenthe", "Groot", "50 % (1)"),
        ("Utrecht", "Alle", "100 % (4)"),
        ("Utrecht", "Groot", "100 % (4)"),
    ]
