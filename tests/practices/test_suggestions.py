"""Where to look when nothing is found: with one choice less, or with another one."""

import pytest

from practices.suggestions import Remaining, leave_one_out, take_others
from tests.practices.library import describe


def tag(measure: str, region: str, province: str) -> dict[str, frozenset[str]]:
    return {
        "maatregel": frozenset({measure}),
        "regio": frozenset({region}),
        "provincie": frozenset({province}),
    }


TAGS = {1: tag("a", "x", "p"), 2: tag("a", "y", "p"), 3: tag("b", "z", "q"), 4: tag("b", "z", "q")}
WIDER = {
    ("regio", "x"): ("provincie", "p"),
    ("regio", "y"): ("provincie", "p"),
    ("regio", "z"): ("provincie", "q"),
}


def test_what_each_choice_keeps_away_the_largest_first():
    selected = {"maatregel": ["a"], "regio": ["z"], "provincie": []}
    assert leave_one_out(TAGS, selected=selected, found=None) == [
        Remaining("maatregel", {**selected, "maatregel": []}, 2),
        Remaining("regio", {**selected, "regio": []}, 2),
    ]
    assert leave_one_out(TAGS, selected=selected, found=[1]) == [
        Remaining("regio", {**selected, "regio": []}, 1)
    ]


def test_words_that_find_nothing_can_be_left_out_too():
    selected = {"maatregel": ["b"], "regio": [], "provincie": []}
    assert leave_one_out(TAGS, selected=selected, found=[]) == [
        Remaining("", selected, 2, without_words=True)
    ]


def test_what_finds_nothing_either_is_not_offered():
    assert leave_one_out(TAGS, selected={"maatregel": ["c"], "regio": ["w"]}, found=None) == []


def test_the_nearest_is_the_province_of_a_region_and_another_option_of_a_filter():
    selected = {"maatregel": ["b"], "regio": ["x"], "provincie": []}
    assert take_others(TAGS, selected=selected, found=None, wider=WIDER) == [
        Remaining("maatregel", {**selected, "maatregel": ["a"]}, 1, "a"),
    ]
    selected = {"maatregel": ["a"], "regio": ["z"], "provincie": []}
    assert take_others(
        TAGS, selected=selected, found=[1, 2, 3], wider={**WIDER, ("regio", "z"): ("provincie", "p")}
    ) == [
        Remaining("provincie", {**selected, "regio": [], "provincie": ["p"]}, 2, "p"),
        Remaining("maatregel", {**selected, "maatregel": ["b"]}, 1, "b"),
    ]


pages = pytest.mark.usefixtures("demo_database", "db")


def follow(links) -> list[tuple[str, int, int]]:
    """Of every link its label, the number it promises, and the number behind it."""
    return [
        (each["label"], each["count"], describe(each["url"].removeprefix("?"))["total"]) for each in links
    ]


@pages
@pytest.mark.parametrize(
    "query",
    [
        "maatregel=gecontracteerd-aanbod&provincie=PV31",
        "regio=JZ18&jaar=2015&bewijs=measured",
        "q=weegtafel&provincie=PV31",
        "q=weegtafel&regio=JZ18",
        "q=xyzzyplugh&maatregel=reikwijdte",
        "plaats=GM0984&maatregel=doorbraakmethode",
    ],
)
def test_every_number_is_what_the_link_finds_and_the_largest_stands_first(query, client):
    context = describe(query)
    assert context["total"] == 0
    nearest = context["nearest"]
    assert nearest["without"]
    for links in nearest.values():
        assert [promised for _, promised, _ in follow(links)] == [real for _, _, real in follow(links)]
        counts = [each["count"] for each in links]
        assert counts == sorted(counts, reverse=True)
        assert all(counts)
    html = client.get(f"/praktijkvoorbeelden/?{query}").content.decode()
    assert "Dit vindt u als u één keuze weglaat:" in html
    assert f"Zonder {nearest['without'][0]['label']}</a> ({nearest['without'][0]['count']})" in html


@pages
def test_a_region_leads_to_its_province():
    """Holland Rijnland has no such case, Zuid-Holland has; a municipality leads to its region."""
    instead = describe("regio=JZ18&maatregel=poh-jeugd")["nearest"]["instead"]
    assert [each["url"] for each in instead if each["label"] == "Provincie: Zuid-Holland"] == [
        "?maatregel=poh-jeugd&provincie=PV28"
    ]
    assert not any(each["label"].startswith("Jeugdregio") for each in instead)
    instead = describe("plaats=GM0880&jaar=2022")["nearest"]["instead"]
    assert "Jeugdregio: Zaanstreek-Waterland" in [each["label"] for each in instead]


@pages
def test_with_results_nothing_is_suggested():
    assert describe("maatregel=reikwijdte")["nearest"] is None


@pages
def test_when_even_one_choice_less_finds_nothing_the_page_says_what_to_do(client):
    html = client.get(
        "/praktijkvoorbeelden/?q=xyzzyplugh&maatregel=gecontracteerd-aanbod&provincie=PV31"
    ).content.decode()
    assert "Haal meer dan één keuze weg, of zoek met een ander woord." in html
    assert '<a href="/praktijkvoorbeelden/">Bekijk alle praktijkvoorbeelden</a>' in html
