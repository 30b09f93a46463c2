"""The library for programs: feed, tables, linked data, tags for sharing and the map of the site."""

import csv
import io
import json
import re
from datetime import datetime
from html import unescape

import pytest
from lxml import etree

from practices.models import PracticeFact, PracticePage
from tests.practices.content import CASES, MEASURES, links_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/praktijkvoorbeelden/atom.xml"
CASE = "/praktijkvoorbeelden/weegtafel-zaanstad/"
SITE = "http://localhost:8000"


def read_feed(client, path=FEED):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def list_entries(feed, name="title"):
    return [entry.findtext(f"a:{name}", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


def read_table(client, name):
    response = client.get(f"/praktijkvoorbeelden/{name}.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def read_all_of_api(client):
    items, page = [], 1
    while True:
        answer = client.get(f"/api/v1/practices?page={page}").json()
        items += answer["results"]
        if answer["next"] is None:
            return {item["slug"]: item for item in items}
        page += 1


def test_the_feed_begins_with_what_changed_last(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.title = "Nu <anders> & nieuw"
    page.save_revision().publish()
    PracticePage.objects.get(slug="haagse-doorbraaklab").unpublish()
    feed = read_feed(client)
    titles = list_entries(feed)
    assert titles[0] == "Nu <anders> & nieuw"
    assert "Het Haagse doorbraaklab" not in titles
    assert len(titles) == 50
    assert list_entries(feed, "updated") == sorted(list_entries(feed, "updated"), reverse=True)
    first = feed.find("a:entry", ATOM)
    assert first.find("a:link", ATOM).get("href") == f"{SITE}{CASE}"
    assert first.findtext("a:summary", namespaces=ATOM) == CASES["weegtafel-zaanstad"]["summary"]
    assert len(set(list_entries(feed, "id"))) == len(titles)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_has_a_feed_of_its_own(measure, client):
    linked = [case["title"] for case in CASES.values() if links_to(case, [measure])]
    feed = read_feed(client, f"{FEED}?maatregel={measure}")
    assert sorted(list_entries(feed)) == sorted(linked)
    assert MEASURES[measure] in feed.findtext("a:title", namespaces=ATOM)
    assert feed.find("a:link[@rel='self']", ATOM).get("href").endswith(f"{FEED}?maatregel={measure}")
    assert f'href="{FEED}?maatregel={measure}"' in client.get(f"/maatregelen/{measure}/").text


def test_a_feed_without_cases_and_of_an_unknown_measure(client):
    PracticePage.objects.update(live=False)
    assert list_entries(read_feed(client)) == []
    assert client.get(f"{FEED}?maatregel=onbekend").status_code == 404
    assert client.get(f"{FEED}?maatregel=%00").status_code == 404


def test_every_page_leads_to_the_feed_and_the_library_to_the_tables(client):
    for path in ("/", CASE, "/praktijkvoorbeelden/"):
        assert re.search(
            rf'<link rel="alternate" type="application/atom\+xml"[^>]*href="{FEED}"', client.get(path).text
        )
    library = client.get("/praktijkvoorbeelden/").text
    for name in ("voorbeelden", "feiten"):
        assert f'href="/praktijkvoorbeelden/{name}.csv"' in library


def test_the_table_of_cases_says_what_the_api_says(client):
    rows = {row["slug"]: row for row in read_table(client, "voorbeelden")}
    items = read_all_of_api(client)
    assert list(rows) == sorted(CASES)
    assert rows.keys() == items.keys()
    for slug, item in items.items():
        row = rows[slug]
        assert set(row) == set(item) - {"facts", "source"}
        for name in ("title", "url", "summary", "intro", "status", "effect", "evidence", "place_label"):
            assert row[name] == item[name].replace("\r\n", "\n")
        assert row["year"] == str(item["year"])
        assert row["review_by"] == (item["review_by"] or "")
        for name in ("measures", "themes", "audiences", "municipalities", "youth_regions", "provinces"):
            assert row[name].split() == item[name]
        for name in ("outline", "conditions", "costs", "lessons", "setbacks", "parties", "caveats"):
            assert row[name] == "\n".join(item[name])
        assert len(row["sources"].splitlines()) == len(item["sources"])
        assert len(row["measure_links"].splitlines()) == len(item["measure_links"])


def test_the_table_of_facts_says_what_the_api_says(client):
    rows = read_table(client, "feiten")
    items = read_all_of_api(client)
    facts = [(slug, fact) for slug in sorted(items) for fact in items[slug]["facts"]]
    assert len(rows) == len(facts) == sum(len(case.get("facts", [])) for case in CASES.values())
    for row, (slug, fact) in zip(rows, facts, strict=True):
        assert row["case"] == slug
        assert row["case_title"] == items[slug]["title"]
        for name in set(fact) - {"low", "high"}:
            assert row[name] == fact[name]
        for name in ("low", "high"):
            assert (float(row[name]) if row[name] else None) == fact[name]
        assert items[slug]["sources"][0]["title"] in row["sources"]
        assert items[slug]["sources"][0]["section"] in row["sources"]


def test_a_link_to_a_measure_stands_on_a_line_with_its_direction(client):
    [row] = [row for row in read_table(client, "voorbeelden") if row["slug"] == "weegtafel-zaanstad"]
    [link] = CASES["weegtafel-zaanstad"]["measures"]
    said = [link["measure"], link["strength"], link["direction"], link["note"]]
    assert row["measure_links"].split(" | ")[:4] == said


def test_a_spreadsheet_runs_nothing_of_a_case(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.title = "=1+1"
    page.save()
    PracticeFact.objects.filter(page=page).update(text='@SUM(A1);"x"')
    [row] = [row for row in read_table(client, "voorbeelden") if row["slug"] == page.slug]
    assert row["title"] == "'=1+1"
    assert {row["text"] for row in read_table(client, "feiten") if row["case"] == page.slug} == {
        '\'@SUM(A1);"x"'
    }


@pytest.mark.parametrize("name", ["voorbeelden", "feiten"])
def test_more_cases_take_no_more_queries(name, client, django_assert_num_queries):
    counts = []
    for live in (3, len(CASES)):
        PracticePage.objects.update(live=False)
        keys = PracticePage.objects.order_by("-facts__pk").values_list("pk", flat=True)
        PracticePage.objects.filter(pk__in=list(dict.fromkeys(keys))[:live]).update(live=True)
        client.get(f"/praktijkvoorbeelden/{name}.csv")
        with django_assert_num_queries(11):
            counts.append(len(read_table(client, name)))
    assert counts[0] < counts[1]


def read_graph(response):
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    return {thing["@type"]: thing for thing in json.loads(data)["@graph"]}


def test_a_case_says_to_programs_what_it_says_to_readers(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    case = CASES["weegtafel-zaanstad"]
    graph = read_graph(client.get(CASE))
    article = graph["Article"]
    assert (article["headline"], article["description"]) == (case["title"], case["summary"])
    assert (article["inLanguage"], article["url"]) == ("nl", f"{SITE}{CASE}")
    assert datetime.fromisoformat(article["dateModified"]) == page.last_published_at.replace(microsecond=0)
    assert datetime.fromisoformat(article["datePublished"]) <= page.last_published_at
    assert article["publisher"]["name"] == "Maatregelenmonitor jeugdhulp"
    assert MEASURES["reikwijdte"] in [each["name"] for each in article["about"]]
    assert article["spatialCoverage"]["name"] == case["place"]["label"]
    assert len(article["isBasedOn"]) == len(case["sources"])
    trail = [
        (each["position"], each["name"], each.get("item"))
        for each in graph["BreadcrumbList"]["itemListElement"]
    ]
    assert trail == [
        (1, "Home", f"{SITE}/"),
        (2, "Praktijkvoorbeelden", f"{SITE}/praktijkvoorbeelden/"),
        (3, case["title"], None),
    ]


def test_a_place_without_a_name_is_no_place_for_programs(client):
    slug = next(slug for slug, case in CASES.items() if case["place"]["kind"] == "anonymous")
    assert "spatialCoverage" not in read_graph(client.get(f"/praktijkvoorbeelden/{slug}/"))["Article"]


def test_no_word_of_an_editor_ends_the_data(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    page.title = "</script><script>alert(1)</script>"
    page.save()
    response = client.get(CASE)
    assert read_graph(response)["Article"]["headline"] == page.title
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    ("path", "kind"), [(CASE, "article"), ("/maatregelen/reikwijdte/", "article"), ("/", "website")]
)
def test_a_page_that_is_shared_says_what_it_is(path, kind, client):
    text = client.get(path).text
    tags = {
        name: unescape(content)
        for name, content in re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text)
    }
    assert tags["type"] == kind
    assert tags["url"] == f"{SITE}{path}"
    assert tags["title"] in unescape(re.search("<title>(.*?)</title>", text, re.DOTALL).group(1))
    assert (
        tags["description"] == unescape(re.search('name="description" content="([^"]*)"', text).group(1))
        or kind == "website"
    )
    assert "image" not in tags


def test_the_map_of_the_site_says_when_a_case_changed(client):
    page = PracticePage.objects.get(slug="weegtafel-zaanstad")
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    urls = etree.fromstring(client.get("/sitemap.xml").content).findall("s:url", namespace)
    changed = {
        url.findtext("s:loc", namespaces=namespace): url.findtext("s:lastmod", namespaces=namespace)
        for url in urls
    }
    assert changed[f"{SITE}{CASE}"] == page.last_published_at.date().isoformat()
    assert all(moment for address, moment in changed.items() if "/praktijkvoorbeelden/" in address)


def test_on_paper_the_addresses_of_page_and_source_can_be_read(client):
    text = client.get(CASE).text
    assert f'<p class="print-only">Deze pagina staat op {SITE}{CASE}.</p>' in text
    assert f'<span class="print-only">: {SITE}/bronnen/inventarisatie-maatregelen-2022/</span>' in text
