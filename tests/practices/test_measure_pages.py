"""The pages of the measures in the demo world."""

from datetime import date
from html import unescape

import pytest

from practices import queries
from practices.models import (
    MeasurePage,
    PracticeMeasure,
    PracticePage,
)
from practices.terms import LinkDirection
from surveys.coding.adjudicated import list_released_questions
from surveys.coding.lifecycle.releasing import withdraw_counts
from surveys.coding.models import CodingRound, Redaction
from surveys.questionnaire.models import Wave
from surveys.results.counting import count_answers
from surveys.results.publication import public_table
from tests.practices.content import CASES, MEASURES, links_to, normalise
from tests.practices.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


@pytest.mark.parametrize("slug", ["reikwijdte", "standaardisatie", "poh-jeugd"])
def test_a_measure_shows_explanation_figures_bottlenecks_and_cases(slug, client):
    page = MeasurePage.objects.get(slug=slug)
    response = client.get(f"/maatregelen/{slug}/")
    text = read(response)
    for paragraph in page.measure.explanation.strip().split("\n\n"):
        assert normalise(paragraph) in text
    assert len(page.bottlenecks) > 0
    for bottleneck in page.bottlenecks:
        assert normalise(bottleneck.value["title"]) in text
        assert normalise(bottleneck.value["text"]) in text
    for group in response.context["case_groups"]:
        assert group["title"] in text
        for case in group["practices"]:
            assert case["title"] in text


def list_cases_of(measure, direction):
    """Titles in the order to show: the measure at work before what touches it, then the newest, then the alphabet."""
    found = [
        (link["strength"] != "direct", -case["year"], case["title"])
        for case in CASES.values()
        for link in case.get("measures", [])
        if (link["measure"], link["direction"]) == (measure, direction)
    ]
    return [title for *_, title in sorted(found)]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_groups_its_cases_by_what_they_show(measure, client):
    response = client.get(f"/maatregelen/{measure}/")
    by_direction = {direction: list_cases_of(measure, direction) for direction in LinkDirection}
    assert response.context["case_count"] == sum(map(len, by_direction.values()))
    assert [
        (group["code"], [case["title"] for case in group["practices"]], group["hidden"])
        for group in response.context["case_groups"]
    ] == [
        (direction, titles[: queries.OF_ONE_DIRECTION], max(0, len(titles) - queries.OF_ONE_DIRECTION))
        for direction, titles in by_direction.items()
        if titles
    ]


def test_a_counter_example_stands_under_its_own_heading(client):
    text = read(client.get("/maatregelen/standaardisatie/"))
    both, against = text.split("Laat zien dat het niet werkt of waar het ophoudt")
    titles = list_cases_of("standaardisatie", "counter_example")
    assert len(titles) > 1
    assert all(title in against and title not in both for title in titles)


def test_what_nobody_looked_at_in_time_comes_last_on_the_page_of_a_measure(client):
    first, *others = list_cases_of("standaardisatie", "counter_example")
    page = PracticePage.objects.get(title=first)
    page.review_by = date(2020, 1, 1)
    page.save()
    group = client.get("/maatregelen/standaardisatie/").context["case_groups"][-1]
    assert [case["title"] for case in group["practices"]] == [*others, first]


def test_more_cases_than_fit_are_counted_and_linked(client, monkeypatch):
    monkeypatch.setattr(queries, "OF_ONE_DIRECTION", 1)
    response = client.get("/maatregelen/standaardisatie/")
    assert [len(group["practices"]) for group in response.context["case_groups"]] == [1, 1, 1]
    left = len(list_cases_of("standaardisatie", "counter_example")) - 1
    assert read(response).count(f"En nog {left} in de bibliotheek.") >= 1
    total = response.context["case_count"]
    assert f"Zoek in alle {total} praktijkvoorbeelden bij deze maatregel" in read(response)
    library = client.get("/praktijkvoorbeelden/?maatregel=standaardisatie")
    assert library.context["total"] == total


@pytest.mark.parametrize(
    ("measure", "shares"),
    [
        ("reikwijdte", ["64", "76"]),
        ("standaardisatie", ["69"]),
        ("tariefdifferentiatie", ["42"]),
        ("gecontracteerd-aanbod", ["71"]),
        ("doorbraakmethode", ["31"]),
        ("poh-jeugd", ["67"]),
        ("regionalisering", []),
    ],
)
def test_a_measure_begins_with_the_share_that_applies_it_as_the_report_printed_it(measure, shares, client):
    response = client.get(f"/maatregelen/{measure}/")
    shown = [each["share"] for each in response.context["uptake"]]
    assert [each.share for each in shown] == [f"{share}\N{NO-BREAK SPACE}%" for share in shares]
    text = read(response)
    assert ("Wie past het toe?" in text) == bool(shares)
    for each in response.context["uptake"]:
        assert f"{each['share'].base} Vraag: {normalise(each['share'].question_text)}" in text
        assert each["url"].startswith("/resultaten/2022/?vraag=")
        assert each["share"].question_text in unescape(client.get(each["url"]).content.decode())


@pytest.mark.parametrize("slug", ["reikwijdte", "standaardisatie", "poh-jeugd"])
def test_counted_bottlenecks_stand_apart_from_those_of_the_report(slug, client):
    wave = Wave.objects.get(code="2022")
    question = next(
        code
        for code in list_released_questions(wave)
        if count_answers(wave, unit="response", questions=[code]).rows[0].measure == slug
    )
    rows = [
        row
        for row in public_table(wave, unit="response", questions=[question]).rows
        if row.is_theme and row.n
    ]
    page = client.get(f"/maatregelen/{slug}/")
    text = read(page)

    counted, described = text.split("Beschreven in het rapport van 2022")
    counted = counted.split("Geteld in meting 2022")[1]
    assert "Geteld in de antwoorden op de open vraag „Welke knelpunten ervaart u?”." in counted
    assert "Uitgave 2022-1 van " in counted
    assert "met versie 1 van het codeboek" in counted
    assert len(rows) > 1
    for row in rows:
        assert (
            f"{row.option_text} Genoemd door {row.n} van de {row.base} gemeenten en jeugdregio's" in counted
        )
    assert "Genoemd door" not in described
    assert f"Bron: {MeasurePage.objects.get(slug=slug).source}" in described

    figure = f"/resultaten/2022/?vraag={question}#vraag-{question}"
    assert f'href="{figure}"' in page.content.decode()
    assert f'id="vraag-{question}"' in client.get(figure).content.decode()
    # A list on this page, so no figure.
    assert f'id="vraag-{question}"' not in page.content.decode()


def test_only_redacted_and_released_words_are_quoted(client):
    quote = "De wet is ruim. Bij bezwaar staan wij zwak als wij een vorm van hulp niet meer geven."
    kept = "Landelijk is niet afgesproken welke hulp bij welke wet hoort."
    text = read(client.get("/maatregelen/reikwijdte/"))
    assert quote in text
    assert kept not in text

    # The figures are frozen, words that are taken back are gone at once.
    Redaction.objects.filter(text=quote).update(text="De wet is [weggelaten].")
    text = read(client.get("/maatregelen/reikwijdte/"))
    assert quote not in text
    assert "[weggelaten]" not in text


def test_what_may_no_longer_be_quoted_is_not(client):
    Redaction.objects.update(may_be_quoted=False)
    assert "De wet is ruim" not in read(client.get("/maatregelen/reikwijdte/"))


def test_what_is_published_stays_when_the_themes_behind_it_are_withdrawn(client):
    before = read(client.get("/maatregelen/reikwijdte/"))
    for coding_round in CodingRound.objects.exclude(released_at=None):
        withdraw_counts(coding_round, by=None)

    assert "Geteld in meting" in before
    assert read(client.get("/maatregelen/reikwijdte/")) == before


def test_the_printed_percentages_stand_in_the_figures_of_the_measures(client):
    text = read(client.get("/maatregelen/doorbraakmethode/"))
    for share in ("31 %", "25 %", "22 %"):
        assert share in text
    assert "n = 51 reacties, samen 187 gemeenten" in text


def test_a_measure_without_questions_or_cases_says_so(client):
    PracticeMeasure.objects.filter(measure="regionalisering").delete()
    response = client.get("/maatregelen/regionalisering/")
    text = read(response)
    assert "47 miljoen euro extra kosten, naar verwachting" in text
    assert "Bij deze maatregel staat nog geen praktijkvoorbeeld" in text
    assert "101 miljoen euro besparing, naar verwachting" in read(
        client.get("/maatregelen/doorbraakmethode/")
    )


def test_the_measures_show_both_totals_and_count_their_cases(client):
    response = client.get("/maatregelen/")
    rows = response.context["effect_table"]["rows"]
    assert [row[1] for row in rows] == ["33", "48", "6", "36", "101", "38", "−47", "215", "214"]
    used = [sum(links_to(case, [measure]) for case in CASES.values()) for measure in MEASURES]
    assert min(used) > 1
    assert [item["meta"] for item in response.context["measures"]] == [
        f"{number} praktijkvoorbeelden" for number in used
    ]
    assert "Waarschijnlijk" in read(response)


def test_the_measures_say_so_when_they_have_one_case_or_none(client):
    only = PracticeMeasure.objects.filter(measure="poh-jeugd").first()
    PracticeMeasure.objects.exclude(pk=only.pk).delete()
    meta = {item["url"]: item["meta"] for item in client.get("/maatregelen/").context["measures"]}
    assert meta.pop("/maatregelen/poh-jeugd/") == "1 praktijkvoorbeeld"
    assert set(meta.values()) == {"Nog geen praktijkvoorbeeld"}
