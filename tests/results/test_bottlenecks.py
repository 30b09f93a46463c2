from dataclasses import replace

from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.results.aggregation import GIVEN, Cell, Grouping, ThemeCells, assemble_rows
from surveys.results.bottlenecks import asks_for_bottlenecks, list_bottlenecks
from surveys.results.protection.protecting import NOTE_WITHHELD
from surveys.results.themes import CodedQuestion, CodedTheme
from tests.results.tables import make_question, make_table, withhold

QUESTION = "poh_knelpunten"
THEMES = ("geld", "ruimte", "privacy")


def count_themes(counts, *, base):
    """The table of one question with themes, of which `base` texts were coded."""
    question = QuestionDefinition(QUESTION, "text", "Welke knelpunten ervaart u?", requirement="recommended")
    coded = CodedQuestion(
        2, tuple(CodedTheme(code, code.capitalize(), f"Over {code}.", "") for code in THEMES)
    )
    rows = assemble_rows(
        [SectionDefinition("poh-jeugd", "POH", (question,), measure="poh-jeugd")],
        wave="2022",
        version=1,
        unit="response",
        grouping=Grouping(dimensions=(), names={}, places=frozenset()),
        by_state=[Cell(QUESTION, GIVEN, (), base, base)],
        by_option=[],
        themes=ThemeCells(
            questions={QUESTION: coded},
            by_coded=[Cell(QUESTION, GIVEN, (), base, base)] if base else [],
            by_theme=[Cell(QUESTION, code, (), n, n) for code, n in counts.items()],
        ),
    )
    empty = make_table(make_question("Ja"), {"": {}})
    return replace(empty, rows=rows, coded={QUESTION: coded}, remarks={QUESTION: ("Let op.",)})


def list_counts(table, quotes=None):
    [counted] = list_bottlenecks(table, quotes={QUESTION: quotes or {}})
    return counted


def test_most_mentioned_comes_first_and_what_nobody_mentions_is_left_out():
    counted = list_counts(count_themes({"geld": 4, "ruimte": 11}, base=12))

    assert [(each.name, each.count) for each in counted.bottlenecks] == [
        ("Ruimte", "Genoemd door 11 van de 12 gemeenten en jeugdregio's"),
        ("Geld", "Genoemd door 4 van de 12 gemeenten en jeugdregio's"),
    ]
    assert counted.bottlenecks[0].definition == "Over ruimte."
    assert (counted.question, counted.remarks, counted.withheld) == (QUESTION, ("Let op.",), "")


def test_a_text_is_quoted_once_at_the_most_mentioned_of_its_themes():
    quotes = {"geld": ["Beide.", "Alleen geld."], "ruimte": ["Beide."]}

    counted = list_counts(count_themes({"geld": 4, "ruimte": 11}, base=12), quotes)

    assert [each.quotes for each in counted.bottlenecks] == [("Beide.",), ("Alleen geld.",)]


def test_too_few_answers_show_nothing_but_why():
    table = withhold(count_themes({"geld": 2}, base=2))

    counted = list_counts(table, {"geld": ["Een citaat."]})

    assert (counted.bottlenecks, counted.remarks) == ((), ())
    assert counted.withheld == NOTE_WITHHELD


def test_without_coded_texts_there_is_no_list():
    assert list_bottlenecks(count_themes({}, base=0), quotes={}) == []


def test_a_question_asks_for_bottlenecks_by_its_code():
    assert asks_for_bottlenecks("poh_knelpunten")
    assert asks_for_bottlenecks("knelpunten")
    assert not asks_for_bottlenecks("poh_resultaten")
    assert not asks_for_bottlenecks("geenknelpunten")
