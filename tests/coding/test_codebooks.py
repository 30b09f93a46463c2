import pytest

from surveys.coding.lifecycle.codebooks import (
    add_theme,
    change_theme,
    discard_draft,
    merge_themes,
    move_theme,
    publish_codebook,
    remove_theme,
    split_theme,
    start_codebook,
    start_new_version,
)
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import Codebook
from surveys.coding.queries import load_themes
from surveys.questionnaire.models import Survey
from tests.coding.factories import QUESTION, describe, make_codebook
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    make_wave()
    return Survey.objects.get(pk="proef")


@pytest.fixture
def draft(survey):
    version = start_codebook(survey=survey, question=QUESTION, by=None)
    for code in ("geld", "wachten", "personeel"):
        add_theme(version, describe(code), by=None)
    return version


def list_codes(version):
    return list(version.themes.values_list("code", flat=True))


def list_positions(version):
    return list(version.themes.values_list("position", flat=True))


@pytest.mark.parametrize("question", ["beperkt", "onbekend"])
def test_only_an_open_question_gets_a_codebook(survey, question):
    with pytest.raises(CodingRefused):
        start_codebook(survey=survey, question=question, by=None)


def test_a_question_has_one_codebook_with_one_draft(survey, draft):
    with pytest.raises(CodingRefused):
        start_codebook(survey=survey, question=QUESTION, by=None)
    with pytest.raises(CodingRefused):
        start_new_version(draft.codebook, by=None)


@pytest.mark.parametrize(
    ("code", "steps", "order"),
    [
        ("geld", 1, ["wachten", "geld", "personeel"]),
        ("personeel", -1, ["geld", "personeel", "wachten"]),
        ("geld", -1, ["geld", "wachten", "personeel"]),
        ("geld", 9, ["wachten", "personeel", "geld"]),
    ],
)
def test_a_theme_moves_and_stops_at_either_end(draft, code, steps, order):
    move_theme(load_themes(draft)[code], steps=steps, by=None)

    assert list_codes(draft) == order
    assert list_positions(draft) == [1, 2, 3]


def test_a_merged_theme_may_keep_a_code_and_stands_where_the_first_stood(draft):
    themes = load_themes(draft)

    merge_themes(draft, themes=[themes["wachten"], themes["personeel"]], into=describe("personeel"), by=None)

    assert list_codes(draft) == ["geld", "personeel"]


def test_a_split_theme_leaves_its_place_to_its_parts(draft):
    split_theme(load_themes(draft)["geld"], into=[describe("budget"), describe("geld")], by=None)

    assert list_codes(draft) == ["budget", "geld", "wachten", "personeel"]
    assert list_positions(draft) == [1, 2, 3, 4]


def test_removing_closes_the_gap(draft):
    remove_theme(load_themes(draft)["wachten"], by=None)

    assert list_codes(draft) == ["geld", "personeel"]
    assert list_positions(draft) == [1, 2]


@pytest.mark.parametrize(
    "edit",
    [
        lambda draft, themes: add_theme(draft, describe("geld"), by=None),
        lambda draft, themes: merge_themes(draft, themes=[themes["geld"]], into=describe("x"), by=None),
        lambda draft, themes: merge_themes(
            draft, themes=[themes["geld"], themes["wachten"]], into=describe("personeel"), by=None
        ),
        lambda draft, themes: split_theme(themes["geld"], into=[describe("geld")], by=None),
        lambda draft, themes: split_theme(themes["geld"], into=[describe("wachten"), describe("x")], by=None),
        lambda draft, themes: split_theme(themes["geld"], into=[describe("x"), describe("x")], by=None),
    ],
)
def test_what_cannot_be_changes_nothing(draft, edit):
    with pytest.raises(CodingRefused):
        edit(draft, load_themes(draft))

    assert list_codes(draft) == ["geld", "wachten", "personeel"]


def test_a_published_version_never_changes(survey):
    version = make_codebook()
    theme = load_themes(version)["geld"]

    for edit in (
        lambda: add_theme(version, describe("beleid"), by=None),
        lambda: change_theme(theme, name="X", definition="Y", by=None),
        lambda: move_theme(theme, steps=1, by=None),
        lambda: remove_theme(theme, by=None),
        lambda: split_theme(theme, into=[describe("a"), describe("b")], by=None),
        lambda: merge_themes(version, themes=load_themes(version).values(), into=describe("a"), by=None),
        lambda: publish_codebook(version, by=None),
        lambda: discard_draft(version, by=None),
    ):
        with pytest.raises(CodingRefused):
            edit()

    assert list_codes(version) == ["geld", "wachten", "personeel"]


def test_a_codebook_without_themes_is_not_published(survey):
    with pytest.raises(CodingRefused):
        publish_codebook(start_codebook(survey=survey, question=QUESTION, by=None), by=None)


def test_a_new_version_begins_with_the_themes_of_the_last(survey):
    version = make_codebook()

    draft = start_new_version(version.codebook, by=None)

    assert draft.number == 2
    assert list_codes(draft) == list_codes(version)
    assert {theme.code: theme.formers.get().code for theme in draft.themes.all()} == {
        code: code for code in list_codes(version)
    }


def test_a_draft_that_is_thrown_away_leaves_the_published_version(survey):
    version = make_codebook()
    discard_draft(start_new_version(version.codebook, by=None), by=None)

    assert list(Codebook.objects.get().versions.all()) == [version]


def test_the_first_draft_takes_its_codebook_along(draft):
    discard_draft(draft, by=None)

    assert not Codebook.objects.exists()
    with pytest.raises(CodingRefused):
        add_theme(draft, describe("geld"), by=None)
