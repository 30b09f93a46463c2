import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.overview import Coverage
from surveys.fieldwork.representativeness import SharePair, compare_with_country, measure_dissimilarity


def cover(label, municipalities, total, inhabitants=0, inhabitants_total=0):
    return Coverage(label, label, municipalities, total, inhabitants, inhabitants_total)


def test_shares_stand_beside_those_of_the_country():
    comparison = compare_with_country(
        [cover("Klein", 1, 6, 10, 100), cover("Groot", 3, 4, 90, 300)], group_name="grootteklasse"
    )

    small, large = comparison.groups
    assert (small.municipalities.answered, small.municipalities.frame) == (0.25, 0.6)
    assert (large.inhabitants.answered, large.inhabitants.frame) == (0.9, 0.75)
    assert (small.municipalities.points_text, large.municipalities.points_text) == ("−35,0", "+35,0")
    assert (small.inhabitants.points_text, large.inhabitants.points_text) == ("−15,0", "+15,0")
    assert comparison.municipality_dissimilarity == pytest.approx(0.35)
    assert comparison.inhabitant_dissimilarity == pytest.approx(0.15)


def test_the_sentences_say_what_the_figures_mean():
    comparison = compare_with_country(
        [cover("Klein", 1, 6), cover("Groot", 3, 4)], group_name="grootteklasse"
    )

    meaning, extremes = comparison.sentences
    assert meaning == (
        "Om precies op Nederland te lijken, zou 35,0\N{NO-BREAK SPACE}% van de gemeenten met een antwoord bij een "
        "andere grootteklasse moeten horen. Hoe lager dit getal, hoe beter de verdeling klopt."
    )
    assert extremes == (
        "Het sterkst ondervertegenwoordigd: Klein (−35,0 procentpunt). "
        "Het sterkst oververtegenwoordigd: Groot (+35,0 procentpunt)."
    )


def test_without_answers_there_is_nothing_to_compare():
    comparison = compare_with_country([cover("Klein", 0, 6), cover("Groot", 0, 4)], group_name="provincie")

    assert comparison.groups[0].municipalities == SharePair(None, 0.6)
    assert comparison.groups[0].municipalities.points_text == "–"
    assert comparison.municipality_dissimilarity is None
    assert "nog niets te vergelijken" in comparison.sentences[0]


def test_a_response_of_everybody_is_the_country_and_has_no_extremes():
    comparison = compare_with_country([cover("Klein", 6, 6), cover("Groot", 4, 4)], group_name="provincie")

    assert comparison.municipality_dissimilarity == 0
    assert len(comparison.sentences) == 1


def test_a_difference_that_rounds_to_nothing_has_no_sign():
    assert SharePair(0.2001, 0.2).points_text == "0,0"


def test_nothing_in_common_is_one():
    assert measure_dissimilarity([SharePair(1.0, 0.0), SharePair(0.0, 1.0)]) == 1


counts = st.lists(
    st.integers(0, 60).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), min_size=1
)


@given(counts)
def test_the_index_lies_between_nought_and_one_and_differences_cancel_out(rows):
    comparison = compare_with_country(
        [cover(str(number), part, total) for number, (part, total) in enumerate(rows)], group_name="provincie"
    )

    index = comparison.municipality_dissimilarity
    if not sum(part for part, _ in rows):
        assert index is None
        return
    assert 0 <= index <= 1
    assert sum(group.municipalities.points for group in comparison.groups) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.integers(1, 5))
def test_the_same_share_of_every_group_is_the_country(totals, factor):
    rows = [cover(str(number), total, total * factor) for number, total in enumerate(totals)]

    assert compare_with_country(rows, group_name="provincie").municipality_dissimilarity == pytest.approx(0)
