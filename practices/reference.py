"""What cases are filtered and searched by, apart from the cases: names, words that mean the same, the country."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from practices.localities import Municipality
from practices.models.vocabularies import Audience, SynonymGroup, Theme
from practices.search_words import split_words
from practices.synonyms import Phrase
from surveys.measures.models import Measure
from surveys.territory.models import Province, SizeClass, YouthRegion
from surveys.territory.queries import select_current_municipalities

# What a filter can choose from: the name to show, and what the options are in order of.
KINDS: tuple[tuple[type[Model], str, str], ...] = (
    (Measure, "short_name", "position"),
    (Theme, "name", "position"),
    (Audience, "name", "position"),
    (SizeClass, "name", "lower_bound"),
    (Province, "name", ""),
    (YouthRegion, "name", ""),
)
SIZE_CLASSES, SYNONYMS, COUNTRY = 3, len(KINDS), len(KINDS) + 1

# Code, name, position, and of a municipality its province and its youth region.
Row = tuple[str, str, int, str, str]


@dataclass(frozen=True)
class Reference:
    """`names` are those of all options by code, per kind in their own order.

    `country` holds the municipalities of 1 January of the newest year we know, in order of name.
    """

    names: Mapping[type[Model], Mapping[str, str]]
    synonyms: Sequence[Sequence[Phrase]]
    country: Sequence[Municipality]


def load_reference() -> Reference:
    """In one query, for every page of the library needs all of it."""
    found: dict[int, list[Row]] = defaultdict(list)
    rows = [
        *(
            _select_rows(number, model._default_manager.all(), "pk", name, position)
            for number, (model, name, position) in enumerate(KINDS)
        ),
        _select_rows(SYNONYMS, SynonymGroup.objects.all(), "pk", "words", ""),
        _select_rows(
            COUNTRY,
            select_current_municipalities(),
            "municipality",
            "name",
            "population",
            around=("province", "youth_region"),
        ),
    ]
    for number, *row in rows[0].union(*rows[1:], all=True):
        found[number].append(tuple(row))
    return Reference(
        names={
            model: {code: name for code, name, *_ in sorted(found[number], key=_by_position)}
            for number, (model, _, _) in enumerate(KINDS)
        },
        synonyms=[_split_group(words) for _, words, *_ in sorted(found[SYNONYMS])],
        country=_read_country(found[COUNTRY], bands=found[SIZE_CLASSES]),
    )


def _select_rows(
    number: int,
    rows: "QuerySet[Any, Any]",
    code: str,
    name: str,
    position: str,
    *,
    around: tuple[str, str] = ("", ""),
) -> "QuerySet[Any, Any]":
    texts = [F(each) if each else Value("", TextField()) for each in around]
    return rows.order_by().values_list(
        Value(number, IntegerField()),
        Cast(code, TextField()),
        Cast(name, TextField()),
        Cast(F(position) if position else Value(0), IntegerField()),
        *(Coalesce(Cast(each, TextField()), Value("", TextField())) for each in texts),
    )


def _by_position(row: Row) -> tuple[int, str]:
    _, name, position, *_ = row
    return position, name


def _split_group(words: str) -> list[Phrase]:
    return [phrase for line in words.splitlines() if (phrase := tuple(split_words(line)))]


def _read_country(rows: list[Row], *, bands: list[Row]) -> list[Municipality]:
    """The class of a municipality is the one that begins last at or below its number of inhabitants."""
    begins = sorted((lower_bound, code) for code, _, lower_bound, *_ in bands)
    return [
        Municipality(
            code=code,
            name=name,
            population=population,
            youth_region=youth_region,
            province=province,
            size_class=[band for lower_bound, band in begins if lower_bound <= population][-1],
        )
        for code, name, population, province, youth_region in sorted(rows, key=lambda row: row[1])
    ]
