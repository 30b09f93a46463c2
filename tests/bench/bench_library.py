"""What the library costs with 1,000 cases: queries per page with empty caches, and searching; see docs/benchmark.md."""

import random
from collections.abc import Callable
from copy import deepcopy
from time import perf_counter

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from practices.entries import load_entries
from practices.loading import LISTS, build_practice_page
from practices.models import PracticeIndexPage, PracticePage
from practices.reference import Reference, load_reference
from practices.search_words import leave_out_small_words, split_query
from practices.searching import search_cases
from practices.synonyms import widen
from tests.practices.content import CASES

pytestmark = pytest.mark.django_db

CASE_COUNT = 1000
MOST_QUERIES = 15
ROUNDS = 15
SEARCHES = (
    "wijkteam",
    "praktijkondersteuner huisarts",
    "kosten school",
    "verblijf",
    "wachttijd crisis",
    "weegtafel Zaanstad",
)
MIXED = ("facts", "measures", "themes", "audiences", "place", *LISTS)

SQLITE = """
    SELECT page.id FROM wagtailsearch_indexentry_fts fts
    JOIN wagtailsearch_indexentry entry ON entry.id = fts.rowid
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS integer) AND page.live
    WHERE entry.content_type_id = %s AND fts.wagtailsearch_indexentry_fts MATCH %s ORDER BY fts.rank
"""
POSTGRESQL = """
    WITH wanted AS (SELECT ({joined}) AS query) SELECT page.id FROM wanted, wagtailsearch_indexentry entry
    JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS integer) AND page.live
    WHERE entry.content_type_id = %s AND entry.title || entry.body @@ wanted.query
    ORDER BY ts_rank(entry.title || entry.body, wanted.query) DESC
"""


@pytest.fixture
def library() -> None:
    """The shipped cases, and as many more of which every part is taken from one of them."""
    for command in ("load_measures", "load_practices"):
        call_command(command)
    draw, entries = random.Random(1), list(CASES.values())
    parent = PracticeIndexPage.objects.get()
    with transaction.atomic():
        for number in range(PracticePage.objects.count(), CASE_COUNT):
            entry = deepcopy(draw.choice(entries))
            for part in MIXED:
                other = draw.choice(entries)
                entry |= {part: deepcopy(other[part])} if part in other else {}
            entry |= {
                "slug": f"geval-{number}",
                "title": f"{entry['title']} ({number})",
                "year": draw.randint(2015, 2026),
            }
            parent.add_child(instance=build_practice_page(entry))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert PracticePage.objects.live().count() == CASE_COUNT


PAGES = {
    "index": "/praktijkvoorbeelden/",
    "search": "/praktijkvoorbeelden/?maatregel=reikwijdte&provincie=PV27&q=jeugd",
    "case": "/praktijkvoorbeelden/weegtafel-zaanstad/",
    "generated case": "/praktijkvoorbeelden/geval-500/",
    "measure": "/maatregelen/reikwijdte/",
}


def test_thousand_cases(library, client, show):
    counted = {}
    for name, path in PAGES.items():
        client.get(path)  # the definition of the questionnaire is remembered by the process
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        counted[name] = len(queries)
        show(f"{name:15} {counted[name]:3} queries cold")
    compare_with_bare(show)
    assert max(counted.values()) <= MOST_QUERIES


def compare_with_bare(show: Callable[[str], None]) -> None:
    """Searching in what the page has at hand anyway, and the bare query, in turns; the best round of each counts."""
    pages, reference = PracticePage.objects.live(), load_reference()
    entries = load_entries(pages, country=(), with_texts=True)
    texts = {key: entry.texts for key, entry in entries.items()}
    totals = [0.0, 0.0]
    for text in SEARCHES:
        words = split_query(text)
        sql, parameters = write_bare(words, reference)

        def ask_bare(sql: str = sql, parameters: list[object] = parameters) -> int:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                return len(cursor.fetchall())

        def ask_ours(words: list[str] = words) -> int:
            return search_cases(words, texts=texts, reference=reference).complete

        ours, bare = [], []
        for _ in range(ROUNDS):
            found, took = measure(ask_ours)
            ours.append(took)
            found_bare, took = measure(ask_bare)
            bare.append(took)
        totals = [totals[0] + min(ours), totals[1] + min(bare)]
        show(
            f"{text:32} {found:4} found, bare {found_bare:4}; {min(ours) * 1000:7.2f} ms, "
            f"bare {min(bare) * 1000:7.2f} ms, ratio {min(ours) / min(bare):5.2f}"
        )
    show(
        f"all searches: {totals[0] * 1000:.2f} ms, bare {totals[1] * 1000:.2f} ms, ratio {totals[0] / totals[1]:.2f}"
    )


def measure(work: Callable[[], int]) -> tuple[int, float]:
    before = perf_counter()
    result = work()
    return result, perf_counter() - before


def write_bare(words: list[str], reference: Reference) -> tuple[str, list[object]]:
    """The full-text match of all words, or what means the same, on Wagtail's table, the best first."""
    parts = widen(leave_out_small_words(words), reference.synonyms)
    kind = ContentType.objects.get_for_model(PracticePage).pk
    if connection.vendor == "sqlite":
        match = " AND ".join(
            "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases) + ")" for phrases in parts
        )
        return SQLITE, [kind, f"{{title body}} : ({match})"]
    joined = " && ".join(
        "(" + " || ".join("phraseto_tsquery('dutch', %s)" for _ in phrases) + ")" for phrases in parts
    )
    texts: list[object] = [" ".join(phrase) for phrases in parts for phrase in phrases]
    return POSTGRESQL.format(joined=joined), [*texts, kind]
