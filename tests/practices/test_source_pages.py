"""The pages of the sources in the demo world."""

from collections import Counter

import pytest

from practices.models import (
    PracticePage,
    PracticeSource,
)
from tests.practices.content import CASES, SOURCES, normalise
from tests.practices.page_text import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


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
