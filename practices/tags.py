"""What each case can be filtered by, in a number of queries that does not grow with the cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, IntegerField, Max, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from wagtail.query import PageQuerySet

from practices.facets import Tags
from practices.localities import Municipality, Place, locate
from practices.models.case_parts import PracticeFact
from practices.models.vocabularies import Audience, Theme
from practices.terms import FactTopic
from surveys.measures.models import Measure
from surveys.territory.models import MunicipalityYear, Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities

KNOWN = "bekend"
ABOUT_MONEY = (FactTopic.COSTS, FactTopic.SAVINGS)

# What a case points to: the name of the relation, and the options it chooses from.
LINKS = ("measure_links__measure", "themes", "audiences", "municipalities", "youth_regions", "provinces")


def load_names() -> Mapping[type[Model], dict[str, str]]:
    """The names of all options by code, per kind in their own order; one query."""
    kinds: tuple[tuple[type[Model], str, str], ...] = (
        (Measure, "short_name", "position"),
        (Theme, "name", "position"),
        (Audience, "name", "position"),
        (SizeClass, "name", "lower_bound"),
        (Province, "name", ""),
        (YouthRegion, "name", ""),
    )
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for kind, code, name, position in _unite(
        model._default_manager.order_by().values_list(
            Value(number, IntegerField()),
            Cast("pk", CharField(max_length=60)),
            Cast(name, CharField(max_length=200)),
            Cast(F(position) if position else Value(0), IntegerField()),
        )
        for number, (model, name, position) in enumerate(kinds)
    ):
        found[kind].append((position, name, code))
    return {
        model: {code: name for _, name, code in sorted(found[number])}
        for number, (model, _, _) in enumerate(kinds)
    }


def load_tags(practices: PageQuerySet) -> dict[int, Tags]:
    """Facet values of every case, by key."""
    measures, themes, audiences, municipalities, youth_regions, provinces = _load_links(practices)
    priced = Exists(PracticeFact.objects.filter(page=OuterRef("pk"), topic__in=ABOUT_MONEY))
    plain = practices.order_by().values_list("pk", "status", "evidence", "year", priced)
    places = {
        key: Place(
            municipalities=municipalities[key], youth_regions=youth_regions[key], provinces=provinces[key]
        )
        for key, *_ in plain
    }
    located = locate(places, municipalities=_list_country())
    return {
        key: {
            "maatregel": frozenset(measures[key]),
            "thema": frozenset(themes[key]),
            "doelgroep": frozenset(audiences[key]),
            "stand": frozenset({status}),
            "bewijs": frozenset({evidence}),
            "kosten": frozenset({KNOWN} if is_priced else ()),
            "jaar": frozenset({str(year)}),
            "grootteklasse": located[key].size_classes,
            "provincie": located[key].provinces,
            "regio": located[key].youth_regions,
        }
        for key, status, evidence, year, is_priced in plain
    }


def _load_links(practices: PageQuerySet) -> list[dict[int, set[str]]]:
    """Codes by case, for each of `LINKS`; one query."""
    found: list[dict[int, set[str]]] = [defaultdict(set) for _ in LINKS]
    for number, key, code in _unite(
        practices.order_by()
        .exclude(**{name: None})
        .values_list(Value(number, IntegerField()), "pk", Cast(name, CharField(max_length=60)))
        for number, name in enumerate(LINKS)
    ):
        found[number][key].add(code)
    return found


def _unite(querysets: Iterable["QuerySet[Any, Any]"]) -> Iterable[tuple[Any, ...]]:
    """The rows of all of them, in one query."""
    first, *others = querysets
    rows: Iterable[tuple[Any, ...]] = first.union(*others, all=True)
    return rows


def _list_country() -> list[Municipality]:
    """The municipalities on the newest date we have facts for: a visitor looks for places as they are now."""
    newest = MunicipalityYear.objects.aggregate(year=Max("year"))["year"]
    return [
        Municipality(row.code, row.youth_region_code or "", row.province_code, row.size_class_code)
        for row in (list_municipalities(date(newest, 1, 1)) if newest else ())
    ]
