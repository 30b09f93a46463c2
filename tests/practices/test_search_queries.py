"""Fifty searches as people type them, written before the search was tuned: a case they mean is in the top three."""

import tomllib
from pathlib import Path

import pytest

from practices.models import PracticePage
from tests.practices.content import CASES
from tests.practices.library import search_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

TOP = 3
QUERIES = tomllib.loads(Path(__file__).with_name("search_queries.toml").read_text(encoding="utf-8"))[
    "queries"
]


def test_there_are_fifty_and_each_means_cases_that_exist():
    assert len({query["q"] for query in QUERIES}) == 50
    assert {slug for query in QUERIES for slug in query["expects"]} <= set(CASES)


def test_what_was_meant_is_in_the_top_three():
    slugs = dict(PracticePage.objects.values_list("pk", "slug"))
    missed = {}
    for query in QUERIES:
        found = search_for(query["q"])
        top = [slugs[key] for key in found.keys[:TOP]]
        if not set(top) & set(query["expects"]):
            missed[query["q"]] = top
    assert missed == {}
