"""What the library knows of every case before it fetches a page: what it is filtered, ordered and found by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerField, TextField, Value
from django.db.models.functions import Cast
from wagtail.query import PageQuerySet

from practices.facets import Tags
from practices.localities import Locality, Municipality, Place, locate
from practices.terms import FactTopic

KNOWN = "bekend"
ABOUT_MONEY = (FactTopic.COSTS, FactTopic.SAVINGS)

# Where each part stands in the database, seen from a case.
PARTS = {
    "maatregel": "measure_links__measure",
    "thema": "themes",
    "doelgroep": "audiences",
    "stand": "status",
    "bewijs": "evidence",
    "kosten": "facts__topic",
    "jaar": "year",
    "municipalities": "municipalities",
    "youth_regions": "youth_regions",
    "provinces": "provinces",
    "title": "title",
    "review_by": "review_by",
}
TEXTS = ("title", "summary", "intro", "reason")


@dataclass(frozen=True)
class Entry:
    """`texts` are those of `TEXTS`, or none when nobody searches in words."""

    title: str
    year: int
    review_by: date | None
    place: Place
    tags: Tags
    texts: tuple[str, ...] = ()

    def is_past_review(self, *, on: date) -> bool:
        return self.review_by is not None and self.review_by < on


def load_entries(
    practices: PageQuerySet, *, country: Iterable[Municipality], with_texts: bool = False
) -> dict[int, Entry]:
    """By key; one query, however many cases."""
    found = _load_parts(practices, [*PARTS, *(TEXTS if with_texts else ())])
    places = {
        key: Place(parts["municipalities"], parts["youth_regions"], parts["provinces"])
        for key, parts in found.items()
    }
    located = locate(places, municipalities=country)
    return {
        key: Entry(
            title=_take(parts["title"]),
            year=int(_take(parts["jaar"])),
            review_by=date.fromisoformat(day) if (day := _take(parts["review_by"])) else None,
            place=places[key],
            tags=_tag(parts, located[key]),
            texts=tuple(_take(parts[name]) for name in TEXTS) if with_texts else (),
        )
        for key, parts in found.items()
    }


def list_tags(entries: Mapping[int, Entry]) -> dict[int, Tags]:
    return {key: entry.tags for key, entry in entries.items()}


def _tag(parts: Mapping[str, Collection[str]], locality: Locality) -> Tags:
    named = ("maatregel", "thema", "doelgroep", "stand", "bewijs", "jaar")
    is_priced = any(topic in ABOUT_MONEY for topic in parts["kosten"])
    return {
        **{name: frozenset(parts[name]) for name in named},
        "kosten": frozenset({KNOWN} if is_priced else ()),
        "grootteklasse": locality.size_classes,
        "provincie": locality.provinces,
        "regio": locality.youth_regions,
        "plaats": locality.municipalities,
    }


def _load_parts(practices: PageQuerySet, names: Iterable[str]) -> dict[int, dict[str, set[str]]]:
    wanted = list(dict.fromkeys(names))
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    first, *others = [
        _select_part(practices, number, PARTS.get(name, name)) for number, name in enumerate(wanted)
    ]
    for number, key, value in first.union(*others, all=True):
        found[key][wanted[number]].add(value)
    return found


def _select_part(practices: PageQuerySet, number: int, path: str) -> PageQuerySet:
    return (
        practices.order_by()
        .exclude(**{path: None})
        .values_list(Value(number, IntegerField()), "pk", Cast(path, TextField()))
    )


def _take(values: Collection[str]) -> str:
    """The one value, "" where there is none."""
    return next(iter(values), "")
