"""Every page type in the demo world: what stands on it, and with how many queries."""

import re
from collections import Counter
from datetime import date
from html import unescape

import pytest
from django.utils.html import strip_tags

from practices import queries
from practices.loading import LISTS
from practices.models import (
    AccountabilityPage,
    MeasurePage,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
    SourcePage,
)
from practices.terms import Effect, Evidence, LinkDirection, LinkStrength, Status
from surveys.coding.adjudicated import list_released_questions
from surveys.coding.lifecycle.releasing import withdraw_counts
from surveys.coding.models import CodingRound, Redaction
from surveys.questionnaire.models import Wave
from surveys.results.counting import count_answers
from surveys.results.publication import public_table
from tests.practices.content import CASES, MEASURES, SOURCES, THEMES, links_to, normalise, write_fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def read(response) -> str:
    """The text a reader sees in the main part of a page."""
    assert response.status_code == 200
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    main = re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", main)
    return normalise(unescape(strip_tags(main.replace("<", " <"))))


def list_shown(case) -> list[str]:
    """Every text of a case that its page has to show."""
    links, facts = case.get("measures", []), case.get("facts", [])
    return [
        *(case[name] for name in ("title", "summary", "audience", "status_when", "effect_note")),
        *(str(case["year"]), case["place"]["label"], case["place"]["organisation"]),
        *(Status(case["status"]).label, Effect(case["effect"]).label, Evidence(case["evidence"]).label),
        *case["intro"].split("\n\n"),
        *case["reason"].split("\n\n"),
        *(text for name in LISTS for text in case[name]),
        *(write_fact(fact) for fact in facts),
        *(fact[name] for fact in facts for name in ("text", "denominator", "period", "section")),
        *(f"Eerder: {Status(each['status']).label}, {each['when']}" for each in case.get("statuses", [])),
        *(f"{MEASURES[link['measure']]} : {describe_link(link)}. {link['note']}" for link in links),
        *(THEMES[code] for code in case["themes"]),
        *(link["title"] for link in case.get("links", [])),
        *(f"{SOURCES[each['source']]['title']}, {each['section']}" for each in case["sources"]),
        *(f"({SOURCES[each['source']]['published']})" for each in case["sources"]),
    ]


def describe_link(link) -> str:
    return f"{LinkStrength(link['strength']).label}, {LinkDirection(link['direction']).label}"


def test_a_case_shows_everything_the_file_says(client):
    missing = {
        slug: [text for text in map(normalise, list_shown(case)) if text.casefold() not in shown]
        for slug, case in CASES.items()
        if (shown := read(client.get(f"/praktijkvoorbeelden/{slug}/")).casefold())
    }
    assert len(missing) == len(CASES)
    assert {slug: texts for slug, texts in missing.items() if texts} == {}


def test_every_case_is_linked_as_its_file_links_it():
    linked = {
        page.slug: [
            {
                "measure": link.measure_id,
                "strength": link.strength,
                "direction": link.direction,
                "note": link.note,
                "editorial": link.is_editorial,
            }
            for link in page.measure_links.all()
        ]
        for page in PracticePage.objects.filter(contribution=None).prefetch_related("measure_links")
    }
    assert linked == {slug: case.get("measures", []) for slug, case in CASES.items()}


def test_there_are_the_eleven_cases_that_the_inventory_itself_links():
    linked = PracticeMeasure.objects.filter(is_editorial=False, page__contribution=None).values_list(
        "page__slug", "measure"
    )
    assert len(linked) == 11
    assert set(linked) > {
        ("centrale-facturatie-food-valley", "standaardisatie"),
        ("haagse-doorbraaklab", "doorbraakmethode"),
        ("ondersteuner-jeugd-en-gezin-groningen", "poh-jeugd"),
    }
    assert sum(measure == "reikwijdte" for _, measure in linked) == 8


def test_a_case_says_how_sure_each_fact_is(client):
    text = read(client.get("/praktijkvoorbeelden/haagse-doorbraaklab/"))
    assert "besparingspotentieel) Verwacht, niet gemeten" in text
    spent = "gemiddeld 3.000 euro is per casus ingezet van de 13 keer dat het budget is ingezet"
    place = next(fact["section"] for fact in CASES["haagse-doorbraaklab"]["facts"] if fact.get("low") == 3000)
    assert f"{spent} · juli 2020 – november 2021 In de bron: {place} 120 euro" in text, (
        "with nothing said: what those concerned say"
    )
    assert "Staat er niets bij? Dan komt het cijfer van de betrokkenen zelf." in text
    measured = next(slug for slug, case in CASES.items() if has_fact(case, kind="measured"))
    assert "Gemeten" in read(client.get(f"/praktijkvoorbeelden/{measured}/"))


def has_fact(case, *, kind) -> bool:
    return any(fact["kind"] == kind for fact in case.get("facts", []))


def test_a_case_says_whose_link_to_a_measure_it_is(client):
    """Foodvalley: the source links it to the first measure, the editors to the second."""
    response = client.get("/praktijkvoorbeelden/centrale-facturatie-food-valley/")
    assert [link["is_editorial"] for link in response.context["measure_links"]] == [False, True]
    assert read(response).count("De redactie legde dit verband, niet de bron.") == 1


def test_a_case_leads_to_its_measure_to_its_sources_and_to_its_relatives(client):
    own = CASES["weegtafel-zaanstad"]
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert [link["url"] for link in response.context["measure_links"]] == ["/maatregelen/reikwijdte/"]
    assert b'href="/bronnen/inventarisatie-maatregelen-2022/"' in response.content
    assert b'href="/praktijkvoorbeelden/?thema=toegang"' in response.content

    def list_subjects(case):
        return {link["measure"] for link in case.get("measures", [])} | set(case["themes"])

    shared = {
        case["title"]: len(list_subjects(case) & list_subjects(own)) for case in CASES.values() if case != own
    }
    assert max(shared.values()) > 1
    assert [case["title"] for case in response.context["related"]] == sorted(
        shared, key=lambda title: (-shared[title], title)
    )[:3]


def test_a_case_with_a_subject_of_its_own_has_no_relatives(client):
    page = PracticePage.objects.get(slug="haagse-doorbraaklab")
    page.measure_links.all().delete()
    page.themes.clear()
    page.save()
    response = client.get("/praktijkvoorbeelden/haagse-doorbraaklab/")
    assert response.context["related"] == []
    assert "Hoort bij de maatregel" not in read(response)


def test_a_case_does_not_link_to_a_page_that_is_not_public(client):
    MeasurePage.objects.get(slug="reikwijdte").unpublish()
    SourcePage.objects.get(slug="inventarisatie-maatregelen-2022").unpublish()
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    assert [link["url"] for link in response.context["measure_links"]] == [""]
    assert [source["url"] for source in response.context["sources"]] == [""]
    assert b"/maatregelen/reikwijdte/" not in response.content
    assert b"/bronnen/" not in re.search(rb"<main.*?</main>", response.content, re.DOTALL).group()


def test_a_case_shows_the_words_of_others_and_whom_to_ask(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.quotes = [("quote", {"text": "Het scheelt veel.", "speaker": "Teamleider"})]
    page.contact = [
        ("contact", {"organisation": "Team Jeugd", "email": "jeugd@voorbeeld.example", "url": ""})
    ]
    page.sources.add(PracticeSource(title="Een brief", published="2023", section="Bladzijde 2"))
    page.save()
    text = read(client.get("/praktijkvoorbeelden/weegtafel-zaanstad/"))
    for part in ("Het scheelt veel.", "Teamleider", "Team Jeugd", "jeugd@voorbeeld.example"):
        assert part in text
    assert "Een brief, Bladzijde 2 (2023)" in text


@pytest.mark.parametrize(("day", "is_past"), [(date(2026, 6, 1), False), (date(2026, 6, 2), True)])
def test_a_case_that_nobody_looked_at_in_time_says_so(day, is_past, client, monkeypatch):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.review_by = date(2026, 6, 1)
    page.save()
    monkeypatch.setattr(queries, "localdate", lambda: day)
    response = client.get("/praktijkvoorbeelden/weegtafel-zaanstad/")
    warning = "Dit voorbeeld had voor 1 juni 2026 nagekeken moeten zijn. Het kan verouderd zijn."
    assert (warning in read(response)) == is_past


@pytest.mark.parametrize("slug", SOURCES)
def test_a_source_says_how_it_was_made_what_it_cannot_say_and_what_was_drawn_from_it(slug, client):
    source = SOURCES[slug]
    response = client.get(f"/bronnen/{slug}/")
    text = read(response)
    texts = [source[name] for name in ("title", "publisher", "published")]
    texts += [*source["what"].split("\n\n"), *source["method"], *source["limits"]]
    assert [part for part in map(normalise, texts) if part not in text] == []
    assert normalise(source["kind"]).casefold() in text.casefold()
    drawn = [case for case in CASES.values() if slug in (each["source"] for each in case["sources"])]
    assert [case["title"] for case in response.context["practices"]] == sorted(
        case["title"] for case in drawn
    )


def test_the_sources_are_listed_with_their_number_of_cases(client):
    response = client.get("/bronnen/")
    text = read(response)
    used = Counter(each["source"] for case in CASES.values() for each in case["sources"])
    listed = [(source.slug, source.cases) for source in response.context["sources"]]
    assert dict(listed) == used
    assert [SOURCES[slug]["year"] for slug, _ in listed] == [2022, 2021, 2018, 2017, 2015]
    for slug, number in used.items():
        assert f'href="/bronnen/{slug}/"' in response.content.decode()
        assert f"{SOURCES[slug]['published']} · {number} praktijkvoorbeelden" in text


def test_a_source_counts_and_lists_a_public_case_once(client):
    path, slug = "/bronnen/inventarisatie-maatregelen-2022/", "weegtafel-zaanstad"
    before = [case["title"] for case in client.get(path).context["practices"]]
    page = PracticePage.objects.get(slug=slug)
    page.sources.add(PracticeSource(document=page.sources.get().document, section="Ook hier"))
    page.save()
    PracticePage.objects.get(slug="haagse-doorbraaklab").unpublish()
    listed = [case["title"] for case in client.get(path).context["practices"]]
    assert listed == [title for title in before if title != "Het Haagse doorbraaklab"]
    counts = {source.slug: source.cases for source in client.get("/bronnen/").context["sources"]}
    assert counts["inventarisatie-maatregelen-2022"] == len(listed)


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
    assert "Bron: de antwoorden op de open vraag „Welke knelpunten ervaart u?”." in counted
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


def test_home_shows_the_latest_public_wave_in_short(client):
    text = read(client.get("/"))
    for part in (
        "51 volledige reacties 33 van een gemeente en 18 van een jeugdregio",
        "54 % van de gemeenten 187 van de 345 gemeenten",
        "55 % van de inwoners van Nederland",
    ):
        assert part in text
    assert f"Alle {len(CASES)} praktijkvoorbeelden" in text


def test_nothing_of_a_wave_shows_before_its_results_are_public(client):
    Wave.objects.update(results_published_at=None)
    assert "Wie deden mee" not in read(client.get("/"))
    measure = read(client.get("/maatregelen/reikwijdte/"))
    assert "Cijfers uit meting" not in measure
    assert "Wie past het toe?" not in measure
    accountability = client.get("/verantwoording/")
    assert accountability.context["comparison"] is None
    assert "gedrukt en geteld" not in read(accountability)


@pytest.mark.parametrize("slug", ["privacy", "toegankelijkheid", "contact", "open-data"])
def test_text_pages_have_a_way_back(slug, client):
    response = client.get(f"/{slug}/")
    assert len(read(response)) > 500
    assert response.context["breadcrumbs"][0] == {"title": "Home", "url": "/"}


def test_accountability_gives_every_reason(client):
    page = AccountabilityPage.objects.get()
    text = read(client.get("/verantwoording/"))
    assert "De antwoorden op deze site zijn verzonnen." in text
    for difference in page.differences:
        for part in difference.value.values():
            assert normalise(part) in text


@pytest.mark.parametrize(
    "path",
    ["/bestaat-niet/", "/praktijkvoorbeelden/bestaat-niet/", "/maatregelen/reikwijdte/meer/", "/home/"],
)
def test_an_unknown_page_is_a_404(path, client):
    assert client.get(path).status_code == 404


def test_an_unpublished_case_is_gone_everywhere(client):
    title = "Samen aan tafel in Zaanstad"
    page = PracticePage.objects.get(title=title)
    page.unpublish()
    assert client.get("/praktijkvoorbeelden/weegtafel-zaanstad/").status_code == 404
    for path in (
        "/",
        "/praktijkvoorbeelden/",
        "/praktijkvoorbeelden/?q=weegtafel",
        "/maatregelen/reikwijdte/",
    ):
        assert title not in read(client.get(path))
    assert "weegtafel" not in client.get("/sitemap.xml").content.decode()


def test_crawlers_find_every_page_and_stay_out_of_the_rest(client):
    listed = re.findall(r"<loc>([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(listed) == len(set(listed)) == len(CASES) + len(SOURCES) + 17
    assert "http://localhost:8000/praktijkvoorbeelden/weegtafel-zaanstad/" in listed
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /invullen/" in robots
    assert "Disallow: /praktijkvoorbeelden/mijn-lijst/" in robots
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


QUERIES = {
    "/": 9,
    "/maatregelen/": 6,
    "/maatregelen/reikwijdte/": 13,
    "/praktijkvoorbeelden/": 8,
    "/praktijkvoorbeelden/?maatregel=reikwijdte&provincie=PV27&q=jeugd": 9,
    "/praktijkvoorbeelden/weegtafel-zaanstad/": 14,
    "/bronnen/": 5,
    "/bronnen/inventarisatie-maatregelen-2022/": 6,
    "/begrippen/": 5,
    "/verantwoording/": 8,
    "/privacy/": 4,
}


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("others", [2, 6])
def test_more_cases_take_no_more_queries(path, others, client, django_assert_num_queries):
    """`others` beside the one that the page of a case is about."""
    slugs = [slug for slug, case in CASES.items() if case["year"] == 2022 and slug != "weegtafel-zaanstad"][
        :others
    ]
    PracticePage.objects.exclude(slug__in=["weegtafel-zaanstad", *slugs]).update(live=False)
    client.get(path)  # what is remembered between requests is remembered now
    with django_assert_num_queries(QUERIES[path]):
        assert client.get(path).status_code == 200
