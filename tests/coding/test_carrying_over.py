"""A new version of a codebook: what goes along by itself, and what a person has to look at again."""

import pytest

from surveys.coding.lifecycle.codebooks import (
    merge_themes,
    publish_codebook,
    remove_theme,
    split_theme,
    start_new_version,
)
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.lifecycle.rounds import assign_coder, begin_settling, end_assignment, start_round
from surveys.coding.models import Assignment, Coding
from surveys.coding.queries import (
    find_current_round,
    list_gone_themes,
    load_themes,
    trace_themes,
)
from surveys.coding.queue import find_next_text, list_former_themes, measure_progress
from surveys.coding.theme_mapping import carry_themes, chain_mappings
from tests.coding.factories import QUESTION, assign, code, describe, make_round, write_texts
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db

THEMES = ("geld", "tarieven", "wachten", "beleid")


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def texts(wave):
    return write_texts(wave, "geld", "tarieven", "wachten", "beleid", "geld en wachten")


@pytest.fixture
def former(wave, texts):
    """Anna and Bert coded each text by its words."""
    coding_round = make_round(wave, THEMES)
    for name in ("Anna", "Bert"):
        assignment = assign(coding_round, name)
        for text in texts:
            code(assignment, text, *text.text.split(" en "), memo=f"Memo van {name}")
    return coding_round


def find_anna(coding_round):
    return Assignment.objects.select_related("round", "coder").get(
        round=coding_round, coder__first_name="Anna"
    )


def renew(version):
    """Money and tariffs are one theme, waiting is two, policy is gone."""
    draft = start_new_version(version.codebook, by=None)
    themes = load_themes(draft)
    merge_themes(draft, themes=[themes["geld"], themes["tarieven"]], into=describe("geld"), by=None)
    split_theme(themes["wachten"], into=[describe("intake"), describe("behandeling")], by=None)
    remove_theme(themes["beleid"], by=None)
    return publish_codebook(draft, by=None)


def read_codes(rows):
    return {row.answer_id: {theme.code for theme in row.themes.all()} for row in rows}


def test_what_was_settled_goes_along_where_each_theme_has_one_successor(wave, texts, former):
    begin_settling(former, by=None)

    current = start_round(wave, version=renew(former.version), by=None)

    assert read_codes(current.settlements.all()) == {texts[0].pk: {"geld"}, texts[1].pk: {"geld"}}
    assert set(current.settlements.values_list("kind", flat=True)) == {"carried"}
    assert former.settlements.count() == 5


def test_settled_texts_are_not_coded_again(wave, texts, former):
    begin_settling(former, by=None)
    current = start_round(wave, version=renew(former.version), by=None)

    chris = assign(current, "Chris")

    assert measure_progress(current, assignments=[chris])[chris.pk].total == 3
    assert find_next_text(chris) == texts[2]


def test_own_codes_go_along_when_nothing_was_settled(wave, texts, former):
    current = start_round(wave, version=renew(former.version), by=None)
    anna = assign_coder(current, coder=find_anna(former).coder, by=None)

    carried = Coding.objects.filter(assignment=anna)

    assert read_codes(carried) == {texts[0].pk: {"geld"}, texts[1].pk: {"geld"}}
    assert {(coding.is_carried_over, coding.memo) for coding in carried} == {(True, "Memo van Anna")}
    assert find_next_text(anna) == texts[2]


def test_nobody_gets_the_codes_of_somebody_else(wave, former):
    current = start_round(wave, version=renew(former.version), by=None)

    chris = assign(current, "Chris")

    assert not Coding.objects.filter(assignment=chris).exists()


def test_a_coder_sees_what_became_of_the_own_codes(wave, texts, former):
    version = renew(former.version)
    current = start_round(wave, version=version, by=None)
    anna = assign_coder(current, coder=find_anna(former).coder, by=None)

    def show(text):
        found = list_former_themes(anna, text=text, themes=load_themes(version))
        return {each.theme.code: [theme.code for theme in each.successors] for each in found}

    assert show(texts[4]) == {"geld": ["geld"], "wachten": ["intake", "behandeling"]}
    assert show(texts[3]) == {"beleid": []}


def test_the_former_themes_stay_visible_in_the_codebook(former):
    version = renew(former.version)

    formers = {theme.code: {each.code for each in theme.formers.all()} for theme in version.themes.all()}

    assert formers == {"geld": {"geld", "tarieven"}, "intake": {"wachten"}, "behandeling": {"wachten"}}
    assert [theme.code for theme in list_gone_themes(version)] == ["beleid"]


def test_a_mapping_goes_through_the_versions_between(former):
    second = renew(former.version)
    draft = start_new_version(second.codebook, by=None)
    themes = load_themes(draft)
    merge_themes(draft, themes=[themes["intake"], themes["behandeling"]], into=describe("wachten"), by=None)
    third = publish_codebook(draft, by=None)

    mapping = trace_themes(former.version, to=third)

    first, last = load_themes(former.version), load_themes(third)
    assert mapping[first["wachten"].pk] == {last["wachten"].pk}
    assert mapping[first["tarieven"].pk] == {last["geld"].pk}
    assert first["beleid"].pk not in mapping


def test_what_one_coder_chose_alone_goes_along_with_that_coder_only(wave, texts, former):
    end_assignment(Assignment.objects.get(round=former, coder__first_name="Bert"), by=None)
    begin_settling(former, by=None)

    current = start_round(wave, version=renew(former.version), by=None)
    anna = assign_coder(current, coder=find_anna(former).coder, by=None)

    assert not current.settlements.exists()
    assert read_codes(Coding.objects.filter(assignment=anna)) == {
        texts[0].pk: {"geld"},
        texts[1].pk: {"geld"},
    }


def test_the_former_round_is_over(wave, texts, former):
    current = start_round(wave, version=renew(former.version), by=None)

    assert find_current_round(wave, question=QUESTION) == current
    with pytest.raises(CodingRefused, match="voorbij"):
        code(find_anna(former), texts[0], "geld")
    with pytest.raises(CodingRefused, match="voorbij"):
        begin_settling(former, by=None)


def test_a_round_needs_a_published_and_newer_version(wave, former):
    with pytest.raises(CodingRefused):
        start_round(wave, version=former.version, by=None)
    draft = start_new_version(former.version.codebook, by=None)
    with pytest.raises(CodingRefused):
        start_round(wave, version=draft, by=None)


def test_carrying_over_takes_a_fixed_number_of_queries(wave, texts, former, django_assert_num_queries):
    begin_settling(former, by=None)
    version = renew(former.version)

    with django_assert_num_queries(12):
        start_round(wave, version=version, by=None)


MAPPING = {1: frozenset({10}), 2: frozenset({10}), 3: frozenset({30, 31})}


@pytest.mark.parametrize(
    ("themes", "carried"),
    [({1}, {10}), ({1, 2}, {10}), ({3}, None), ({1, 3}, None), ({4}, None), (set(), set())],
)
def test_codes_go_along_only_when_every_theme_has_one_successor(themes, carried):
    assert carry_themes(themes, mapping=MAPPING) == carried


def test_a_chain_follows_every_branch():
    assert chain_mappings([MAPPING, {10: frozenset({100}), 30: frozenset({100})}]) == {
        1: {100},
        2: {100},
        3: {100},
    }
    assert chain_mappings([]) == {}
