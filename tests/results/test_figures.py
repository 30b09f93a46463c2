from dataclasses import replace

import pytest

from surveys.results.figures import CAVEAT_FULL_BAR, CAVEAT_MAP, build_figures
from surveys.results.figures.drawing import ChartKind, Geography, Place, View
from surveys.results.protection.protecting import NOTE_WITHHELD
from surveys.territory.tile_positions import TilePosition
from tests.results.drawings import list_segments, read_lines
from tests.results.tables import make_question, make_table, withhold

YES_NO = make_question("Ja", "Nee")
MULTIPLE = make_question("School", "Wijk", kind="multiple")
SPACE = "\N{NO-BREAK SPACE}"


def build(*args, **kwargs):
    (figure,) = build_figures(make_table(*args, **kwargs))
    return figure


def read_table(figure):
    return [
        tuple(cell.replace(SPACE, " ") for cell in row) for row in (figure.table.columns, *figure.table.rows)
    ]


def test_total():
    figure = build(YES_NO, {"": {"ja": 33, "nee": 18, "dont_know": 2}}, municipalities=187)

    assert (figure.id, figure.question, figure.title) == ("vraag-poh", "poh", "Is er een POH?")
    assert figure.base_line == "n = 51 reacties, samen 187 gemeenten"
    assert figure.caveats == ("„Weet ik niet”: 2 reacties. Dat telt niet mee in de percentages.",)
    assert figure.description.startswith("„Ja” komt vaker voor dan „Nee”")
    assert read_lines(figure.chart) == ["65 %", "35 %", "Ja: 65 %", "Nee: 35 %"]
    assert read_table(figure) == [
        ("Antwoord", "Aantal reacties", "Aandeel"),
        ("Ja", "33", "65 %"),
        ("Nee", "18", "35 %"),
        ("Basis: een antwoord gegeven", "51", ""),
        ("Weet ik niet", "2", "telt niet mee"),
        ("Niet ingevuld", "0", "telt niet mee"),
    ]


@pytest.mark.parametrize(
    ("unit", "line"),
    [
        ("response", "n = 3 reacties, samen 1 gemeente"),
        ("municipality", "n = 3 gemeenten"),
        ("inhabitants", "n = 120.000 inwoners in 1 gemeente"),
    ],
)
def test_every_unit_has_its_own_base_line(unit, line):
    inhabitants = 40_000 if unit == "inhabitants" else 1

    figure = build(YES_NO, {"": {"ja": 3}}, unit=unit, inhabitants=inhabitants, municipalities=1)

    assert figure.base_line == line


def test_groups_stand_under_the_total():
    figure = build(
        YES_NO, {"Drenthe": {"ja": 1, "nee": 3}, "Utrecht": {"ja": 4, "dont_know": 1}, "Zeeland": {}}
    )

    assert not figure.is_breakdown_withheld
    assert [line for line in read_lines(figure.chart) if "%" not in line] == [
        "Totaal  n = 8",
        "Drenthe  n = 4",
        "Utrecht  n = 4",
        "Zeeland  n = 0",
        "Geen antwoorden",
        "Ja",
        "Nee",
    ]
    assert "Per provincie loopt „Ja” uiteen van" in figure.description
    assert read_table(figure) == [
        (
            "Provincie",
            "Ja",
            "Nee",
            "Basis: aantal reacties",
            "Weet ik niet (telt niet mee)",
            "Niet ingevuld (telt niet mee)",
        ),
        ("Totaal", "63 % (5)", "38 % (3)", "8", "1", "0"),
        ("Drenthe", "25 % (1)", "75 % (3)", "4", "0", "0"),
        ("Utrecht", "100 % (4)", "0 % (0)", "4", "1", "0"),
        ("Zeeland", "–", "–", "0", "–", "–"),
    ]


def test_a_withheld_breakdown_leaves_the_total_and_says_why():
    table = make_table(YES_NO, {"Drenthe": {"ja": 2}, "Utrecht": {"ja": 7, "nee": 4}})

    (figure,) = build_figures(withhold(table, only_groups=True))

    assert figure.is_breakdown_withheld
    assert read_lines(figure.chart) == ["69 %", "31 %", "Ja: 69 %", "Nee: 31 %"]
    assert figure.caveats == (NOTE_WITHHELD,)
    assert "provincie" not in figure.description
    assert [row[0] for row in read_table(figure)] == [
        "Antwoord",
        "Ja",
        "Nee",
        "Basis: een antwoord gegeven",
        "Weet ik niet",
        "Niet ingevuld",
    ]
    assert "Drenthe" not in repr(figure) + figure.chart.svg


def test_a_withheld_total_shows_no_figure_at_all():
    table = make_table(YES_NO, {"": {"ja": 2}}, municipalities=2)

    (figure,) = build_figures(withhold(table))

    assert figure.description == NOTE_WITHHELD
    assert figure.base_line == "n = afgeschermd"
    assert list_segments(figure.chart) == []
    assert read_lines(figure.chart)[:2] == ["Afgeschermd: dit cijfer tonen we", "niet"]
    cells = {cell for row in figure.table.rows for cell in row[1:]}
    assert cells == {"afgeschermd", "", "telt niet mee"}


def test_a_question_nobody_answered():
    figure = build(YES_NO, {"": {}}, municipalities=0)

    assert figure.description == "Niemand heeft deze vraag beantwoord."
    assert figure.base_line == "n = 0 reacties"
    assert read_lines(figure.chart)[0] == "Geen antwoorden"
    assert read_table(figure)[1] == ("Ja", "–", "–")


def test_more_answers_have_a_bar_each_and_their_groups_in_the_table():
    figure = build(
        MULTIPLE,
        {"Drenthe": {"school": 3, "wijk": 1}, "Utrecht": {"school": 4, "wijk": 4}},
        bases={"Drenthe": 3, "Utrecht": 4},
    )

    assert read_lines(figure.chart) == ["School", "100 %", "Wijk", "71 %"]
    assert figure.caveats == (
        f"Er waren meer antwoorden mogelijk. De percentages kunnen samen meer dan 100{SPACE}% zijn.",
        "De uitsplitsing per provincie staat in de tabel.",
    )
    assert read_table(figure)[1:3] == [
        ("Totaal", "100 % (7)", "71 % (5)", "7", "0", "0"),
        ("Drenthe", "100 % (3)", "33 % (1)", "3", "0", "0"),
    ]


def test_too_many_options_to_stack_have_a_bar_each():
    options = [f"Optie {number}" for number in range(6)]

    figure = build(make_question(*options), {"": {"optie 1": 3}})

    assert [line for line in read_lines(figure.chart) if "%" not in line] == options


def test_the_routing_is_the_first_caveat():
    table = make_table(YES_NO, {"": {"ja": 3, "dont_know": 1}})

    (figure,) = build_figures(replace(table, routing={"poh": "Alleen gesteld na „Ja”."}))

    assert figure.caveats[0] == "Alleen gesteld na „Ja”."
    assert len(figure.caveats) == 2


def test_open_questions_and_questions_not_asked_for_have_no_figure():
    table = make_table(YES_NO, {"": {"ja": 3}})
    open_question = make_table(make_question(code="sinds", kind="text"), {"": {"given": 3}})
    both = replace(table, rows=table.rows + open_question.rows)

    assert [figure.question for figure in build_figures(both)] == ["poh"]
    assert build_figures(both, questions=["sinds"]) == []


@pytest.mark.parametrize(
    ("names", "is_explained"), [(("Assen", "Emmen"), True), (("Drenthe", "Utrecht"), False)]
)
def test_a_map_says_when_a_square_is_one_of_several_in_a_group(names, is_explained):
    table = make_table(YES_NO, {"Drenthe": {"ja": 3, "nee": 4}, "Utrecht": {"ja": 5, "nee": 6}})
    places = [Place(name, name, group) for name, group in zip(names, ("Drenthe", "Utrecht"), strict=True)]
    geography = Geography(
        tuple(places), {place.code: TilePosition(column, 0) for column, place in enumerate(places)}
    )

    (figure,) = build_figures(table, view=View(ChartKind.MAP, geography=geography))

    assert figure.kind == ChartKind.MAP
    assert (CAVEAT_MAP in figure.caveats) == is_explained


def test_a_full_bar_adds_up_to_100_and_says_that_the_table_is_rounded_otherwise():
    figure = build(YES_NO, {"": {"ja": 1, "nee": 7}})

    lines = " ".join(read_lines(figure.chart))
    assert "87 %" in lines  # 87.5, and so is 12.5: the first gets the point
    assert "88 %" not in lines
    assert [row[-1] for row in read_table(figure)[1:3]] == ["13 %", "88 %"]
    assert CAVEAT_FULL_BAR in figure.caveats
    assert CAVEAT_FULL_BAR not in build(YES_NO, {"": {"ja": 3, "nee": 1}}).caveats


def test_shares_that_are_equal_read_the_same_also_in_a_full_bar():
    figure = build(make_question("Ja", "Nee", "Deels"), {"": {"ja": 2, "nee": 2, "deels": 2}})

    assert " ".join(read_lines(figure.chart)).count("33 %") == 6  # in the bar and in its legend
    assert CAVEAT_FULL_BAR not in figure.caveats


def test_the_bars_of_groups_are_full_too():
    figure = build(YES_NO, {"Drenthe": {"ja": 1, "nee": 1}, "Utrecht": {"ja": 1, "nee": 7}})

    assert "87 %" in " ".join(read_lines(figure.chart))
    assert CAVEAT_FULL_BAR in figure.caveats
