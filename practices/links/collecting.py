"""Everything that live pages lead to, wherever in the page it stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, get_page_models

from practices.links.addresses import complete
from practices.links.reading import Target, name_target, read_field
from practices.links.verdicts import Status, Verdict

MAXIMUM_LENGTH = 2000


@dataclass
class Collected:
    """What was found, with the page and the part of it where it stands. A fault is known without asking anybody."""

    places: dict[str, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))
    faults: dict[str, Verdict] = field(default_factory=dict)


def collect_links() -> Collected:
    found = Collected()
    targets: dict[Target, set[tuple[int, str]]] = defaultdict(set)
    for place, link in _list_links():
        if not isinstance(link, str):
            targets[link].add(place)
        elif (url := complete(link, site=settings.SITE_URL)) and len(url) <= MAXIMUM_LENGTH:
            found.places[url].add(place)
    for (model, key), problem in _find_faults(targets):
        address = f"{model._meta.verbose_name} {key}"
        found.places[address] = targets[model, key]
        found.faults[address] = Verdict(Status.GONE, problem)
    return found


def _list_links() -> Iterator[tuple[tuple[int, str], str | Target]]:
    for page in Page.objects.live().specific().iterator(chunk_size=100):
        for each in page._meta.concrete_fields:
            for link in read_field(each, getattr(page, each.attname)):
                yield (page.pk, str(each.verbose_name)), link
    for model, parent, chosen in sorted(_list_choices(), key=str):
        rows = model._default_manager.filter(**{f"{parent}__live": True, f"{chosen.name}__isnull": False})
        for page_key, key in rows.values_list(parent, chosen.name):
            part = str(model._meta.verbose_name_plural)
            yield (page_key, part), name_target(chosen.related_model, key)


def _list_choices() -> set[tuple[type[Model], str, Any]]:
    """Where a row of a page has a page chosen: the model of the row, its key to its own page, the key to the other."""
    return {
        (relation.related_model, relation.field.name, key)
        for model in get_page_models()
        for relation in get_all_child_relations(model)
        for key in relation.related_model._meta.concrete_fields
        if isinstance(key, ForeignKey)
        and not isinstance(key, ParentalKey)
        and issubclass(key.related_model, Page)
    }


def _find_faults(targets: Iterable[Target]) -> Iterator[tuple[Target, str]]:
    keys: dict[type[Model], set[int]] = defaultdict(set)
    for model, key in targets:
        keys[model].add(key)
    for model, wanted in keys.items():
        there = model._default_manager.in_bulk(wanted)
        for key in sorted(wanted):
            if problem := _judge(there.get(key)):
                yield (model, key), problem


def _judge(row: Any) -> str:
    if row is None:
        return "Wat hier was gekozen, is verwijderd."
    if isinstance(row, Page):
        return "" if row.live else f"De pagina ‘{row.title}’ staat niet op de site."
    return "" if row.file.storage.exists(row.file.name) else f"Het bestand van ‘{row.title}’ is er niet meer."
