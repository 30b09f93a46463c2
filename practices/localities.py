"""Where a case counts as local: the regions, provinces and size classes of the municipalities it is about. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Municipality:
    code: str
    name: str
    population: int
    youth_region: str
    province: str
    size_class: str


@dataclass(frozen=True)
class Place:
    """The municipalities, youth regions and provinces a case names; all empty for a case of an organisation."""

    municipalities: Collection[str] = ()
    youth_regions: Collection[str] = ()
    provinces: Collection[str] = ()


@dataclass(frozen=True)
class Locality:
    """Codes of the municipalities a case is about, and of everything these belong to."""

    municipalities: frozenset[str]
    youth_regions: frozenset[str]
    provinces: frozenset[str]
    size_classes: frozenset[str]


def locate(places: Mapping[int, Place], *, municipalities: Iterable[Municipality]) -> dict[int, Locality]:
    """Per case (by key): a region or a province stands for all its municipalities.

    So a regional case is found under the size class of each member: it is about a place like theirs.
    """
    country = list(municipalities)
    located = {}
    for key, place in places.items():
        concerned = [
            municipality
            for municipality in country
            if municipality.code in place.municipalities
            or municipality.youth_region in place.youth_regions
            or municipality.province in place.provinces
        ]
        located[key] = Locality(
            municipalities=frozenset(m.code for m in concerned),
            youth_regions=frozenset(m.youth_region for m in concerned if m.youth_region),
            provinces=frozenset(m.province for m in concerned),
            size_classes=frozenset(m.size_class for m in concerned),
        )
    return located
