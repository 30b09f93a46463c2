from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_parsing import RawAnswer, is_partial, parse_answer
from surveys.questionnaire.answer_values import BLANK, ChosenOption, FilledCell
from surveys.questionnaire.typed_text import InvalidAnswer
from tests.questionnaire.answers import COLUMNS, DIMENSIONS, GOALS, ROWS, find_messages, make_question

TABLE, TYPOLOGY, RANKING = (make_question(kind) for kind in ("matrix", "typology", "ranking"))


def parse(question, cells):
    return parse_answer(question, RawAnswer(cells=cells))


def find(question, cells):
    return find_messages(question, RawAnswer(cells=cells))


# --- Tables --------------------------------------------------------------------------------------


def test_a_table_reads_each_cell_by_its_column_in_the_order_of_the_table():
    value = parse(
        TABLE,
        {
            ("verblijf", "wie"): "nee",
            ("ambulant", "kosten"): "€ 1.250,50",
            ("ambulant", "clienten"): "1.234 jeugdigen",
            ("verblijf", "deel"): "64 %",
            ("verblijf", "clienten"): " ",
        },
    )
    assert value.cells == (
        FilledCell("ambulant", "clienten", number=Decimal(1234)),
        FilledCell("ambulant", "kosten", number=Decimal("1250.50")),
        FilledCell("verblijf", "deel", number=Decimal(64)),
        FilledCell("verblijf", "wie", option="nee"),
    )


def test_an_empty_cell_is_no_zero():
    assert parse(TABLE, {("ambulant", "clienten"): ""}) == BLANK
    assert parse(TABLE, {("ambulant", "clienten"): "0"}).cells[0].number == 0


def test_every_wrong_cell_is_named_with_its_place():
    assert find(
        TABLE,
        {
            ("ambulant", "clienten"): "veel",
            ("ambulant", "kosten"): "12",
            ("verblijf", "deel"): "101",
            ("verblijf", "wie"): "zes",
        },
    ) == [
        "Ambulant, Cliënten: “veel” kunnen wij niet als getal lezen. Schrijf bijvoorbeeld 1234 of 1.234.",
        "Verblijf, Deel: Vul een percentage in van 0 tot en met 100.",
        "Verblijf, Wie: Het antwoord “zes” staat niet in de lijst. Kies een antwoord uit de lijst.",
    ]


@pytest.mark.parametrize(
    ("question", "part", "name"),
    [
        (TABLE, ("ambulant", "zes"), "ambulant × zes"),
        (TABLE, ("zes", "kosten"), "zes × kosten"),
        (TYPOLOGY, ("kleur", ""), "kleur"),
        (TYPOLOGY, ("schaal", "vorm"), "schaal × vorm"),
        (RANKING, ("mooier", ""), "mooier"),
    ],
)
def test_a_part_that_does_not_exist_is_refused(question, part, name):
    assert find(question, {part: "1"}) == [f"Het vakje “{name}” bestaat niet in deze vraag."]


# --- Typologies ----------------------------------------------------------------------------------


def test_a_typology_holds_one_option_per_dimension():
    value = parse(TYPOLOGY, {("vorm", ""): "beter", ("schaal", ""): "ja"})
    assert value.cells == (FilledCell("schaal", option="ja"), FilledCell("vorm", option="beter"))
    assert not is_partial(TYPOLOGY, value)
    assert is_partial(TYPOLOGY, parse(TYPOLOGY, {("vorm", ""): "beter"}))


def test_an_option_of_another_dimension_is_refused():
    assert find(TYPOLOGY, {("schaal", ""): "beter"}) == [
        "Schaal: Het antwoord “beter” staat niet in de lijst. Kies een antwoord uit de lijst."
    ]


# --- Rankings ------------------------------------------------------------------------------------


def test_a_ranking_is_the_order_of_the_places():
    value = parse(RANKING, {("sneller", ""): "3", ("beter", ""): "1", ("goedkoper", ""): "2"})
    assert value.options == (ChosenOption("beter"), ChosenOption("goedkoper"), ChosenOption("sneller"))
    assert not is_partial(RANKING, value)


def test_a_place_nobody_has_is_closed_up():
    value = parse(RANKING, {("sneller", ""): "3", ("beter", ""): "1"})
    assert value.options == (ChosenOption("beter"), ChosenOption("sneller"))
    assert is_partial(RANKING, value)


def test_two_options_in_one_place_are_refused():
    assert find(RANKING, {("sneller", ""): "1", ("beter", ""): "1"}) == [
        "Plaats 1 staat bij “Sneller” en “Beter”. Geef elke plaats maar één keer."
    ]
    assert find(RANKING, dict.fromkeys([("sneller", ""), ("beter", ""), ("goedkoper", "")], "2")) == [
        "Plaats 2 staat bij “Sneller”, “Beter” en “Goedkoper”. Geef elke plaats maar één keer."
    ]


def test_there_are_as_many_places_as_may_be_ranked():
    question = make_question("ranking", maximum_ranked=2)
    assert find(question, {("beter", ""): "3"}) == ["Geef “Beter” een plaats van 1 tot en met 2, niet “3”."]
    assert not is_partial(question, parse(question, {("beter", ""): "2", ("sneller", ""): "1"}))


@pytest.mark.parametrize("place", ["0", "-1", "4", "1.0", "een", "²", "01"])
def test_a_place_is_a_plain_number(place):
    (message,) = find(RANKING, {("beter", ""): place})
    assert message.startswith("Geef “Beter” een plaats van 1 tot en met 3")


CODES = [each.code for each in (*ROWS, *COLUMNS, *DIMENSIONS, *GOALS)]
PARTS = st.tuples(st.sampled_from(CODES), st.sampled_from(["", *CODES]))
TYPED = st.one_of(st.text(max_size=12), st.integers(0, 5).map(str), st.sampled_from(["ja", "beter", "64 %"]))


@given(st.sampled_from([TABLE, TYPOLOGY, RANKING]), st.dictionaries(PARTS, TYPED, max_size=6))
def test_whatever_is_typed_is_an_answer_or_a_message(question, cells):
    with suppress(InvalidAnswer):
        value = parse(question, cells)
        assert len(value.cells) + len(value.options) == sum(bool(text.strip()) for text in cells.values())
