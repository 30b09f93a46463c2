"""What the page that compares cases shows: the table, or what there is to choose from."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from practices.case_reading import read_parts, with_parts
from practices.case_text import set_side_by_side
from practices.comparing.choice import FEWEST, MOST, PARAMETER, choose, list_asked
from practices.models import MeasurePage, PracticePage
from practices.queries import list_related
from practices.search_words import split_query
from practices.searching import search_pages

SEARCH_PARAMETER = "q"
MOST_OFFERED = 10
# What a column tells in its heading, or a page of its own tells better.
LEFT_OUT = frozenset({"Wat het is", "Meer informatie"})


def link_to_comparison(slugs: Sequence[str]) -> str:
    return f"{reverse('compare_cases')}?{urlencode([(PARAMETER, slug) for slug in slugs])}"


def describe_comparison(parameters: QueryDict) -> dict[str, Any]:
    """Template context. The number of queries does not depend on which cases are compared or how many there are."""
    values = parameters.getlist(PARAMETER)
    asked = with_parts(PracticePage.objects.live().filter(slug__in=list_asked(values)))
    pages = {page.slug: page for page in asked}
    choice = choose(values, live=pages)
    chosen = [pages[slug] for slug in choice.slugs]
    words = parameters.get(SEARCH_PARAMETER, "")
    return {
        "notices": choice.notices,
        "cases": _describe_columns(chosen),
        "rows": _list_rows(chosen) if len(chosen) >= FEWEST else [],
        "can_add": len(chosen) < MOST,
        "needed": FEWEST - len(chosen),
        **_offer(chosen, words=words if split_query(words) else ""),
    }


def _describe_columns(chosen: Sequence[PracticePage]) -> list[dict[str, Any]]:
    slugs = [page.slug for page in chosen]
    today = localdate()
    return [
        {
            "title": page.title,
            "slug": page.slug,
            "url": page.url,
            "remove_url": link_to_comparison([slug for slug in slugs if slug != page.slug]),
            "is_past_review": page.is_past_review(on=today),
        }
        for page in chosen
    ]


def _list_rows(chosen: Sequence[PracticePage]) -> list[dict[str, Any]]:
    """What components/compare_table.html shows; each cell goes with the title of its case."""
    measures = {page.measure_id: page for page in MeasurePage.objects.live()}
    cases = [
        [
            part
            for part in read_parts(page, measures=measures, address=attrgetter("url"))
            if part.title not in LEFT_OUT
        ]
        for page in chosen
    ]
    return [
        {
            "title": row.title,
            "shape": row.shape.value,
            "cells": [
                {"case": page.title, "lines": lines} for page, lines in zip(chosen, row.cells, strict=True)
            ],
        }
        for row in set_side_by_side(cases)
    ]


def _offer(chosen: Sequence[PracticePage], *, words: str) -> dict[str, Any]:
    """Cases to add: what is searched for, else what is like the one that is chosen."""
    if len(chosen) >= MOST:
        return {}
    others = PracticePage.objects.live().exclude(pk__in=[page.pk for page in chosen])
    offered: list[PracticePage] = []
    corrected = ""
    if words:
        found = search_pages(others, split_query(words))
        by_key = others.in_bulk(found.keys[:MOST_OFFERED])
        offered = [by_key[key] for key in found.keys[:MOST_OFFERED]]
        corrected = found.corrected
    elif len(chosen) == 1:
        (page,) = chosen
        offered = list(list_related(page, links=page.measure_links.all(), practices=others))
    return {
        "words": words,
        "corrected": corrected,
        "offered": [
            {
                "value": page.slug,
                "label": page.title,
                "hint": f"{page.place_label} · {page.year}",
            }
            for page in offered
        ],
    }
