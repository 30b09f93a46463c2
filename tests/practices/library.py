"""The library as tests ask it: an address in, its context out."""

from typing import Any

from django.http import QueryDict

from practices.entries import list_tags, load_entries
from practices.facets import Tags
from practices.library import describe_library
from practices.models import PracticePage
from practices.reference import load_reference
from practices.search_words import split_query
from practices.searching import Search, search_pages


def describe(query: str = "", *, own: str = "") -> dict[str, Any]:
    return describe_library(QueryDict(query), PracticePage.objects.live(), own=own)


def search_for(words: str) -> Search:
    """`words` as typed, with at least one word in it."""
    return search_pages(PracticePage.objects.live(), split_query(words))


def load_tags() -> dict[int, Tags]:
    """Of every case, by key."""
    return list_tags(load_entries(PracticePage.objects.live(), country=load_reference().country))
