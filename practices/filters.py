from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.utils.timezone import localdate
from modelsearch.query import And, Or, PlainText
from wagtail.query import PageQuerySet

from practices.facets import Tags, match_facets
from practices.models.vocabularies import SynonymGroup
from practices.search_words import split_query, split_words
from practices.synonyms import widen

if TYPE_CHECKING:
    from practices.models import PracticePage

SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Facet:
    """A filter under its name in the address; `options` maps codes to labels, in the order to show."""

    name: str
    title: str
    options: Mapping[str, str]


class KnownValuesField(forms.MultipleChoiceField):
    """Leaves out what does not exist, so that an old or mistyped link still narrows by the rest."""

    def clean(self, value: Any) -> list[str]:
        return [item for item in dict.fromkeys(self.to_python(value)) if self.valid_value(item)]


class FacetFilter(django_filters.MultipleChoiceFilter):
    field_class = KnownValuesField


class PracticeFilter(django_filters.FilterSet):
    """The library's address. Values within a facet widen the list, facets and words together narrow it."""

    q = django_filters.CharFilter(method="filter_words")

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        queryset: PageQuerySet,
        facets: Sequence[Facet],
        tags: Mapping[int, Tags],
    ) -> None:
        """`tags` holds the facet values of every page in `queryset` by primary key."""
        super().__init__(data, queryset=queryset)
        self.tags = tags
        for facet in facets:
            choice = FacetFilter(
                field_name=facet.name, method="filter_facet", choices=list(facet.options.items())
            )
            choice.parent, choice.model = self, queryset.model
            self.filters[facet.name] = choice
        self.form.is_valid()
        self.selected: dict[str, list[str]] = {
            facet.name: self.form.cleaned_data.get(facet.name, []) for facet in facets
        }

    @property
    def words(self) -> str:
        """What was typed, or "" when there is no word in it to search for."""
        typed = str(self.form.cleaned_data.get("q", ""))
        return typed if split_query(typed) else ""

    @cached_property
    def ranking(self) -> list[int]:
        """Keys of the pages that the words match, the best first; without words all keys, in no order."""
        return rank_matches(self.queryset, split_query(self.words)) if self.words else list(self.tags)

    def filter_words(self, queryset: PageQuerySet, name: str, value: str) -> PageQuerySet:
        return queryset.filter(pk__in=self.ranking)

    def filter_facet(self, queryset: PageQuerySet, name: str, value: list[str]) -> PageQuerySet:
        return queryset.filter(pk__in=match_facets(self.tags, selected={name: value}))

    def list_found(self) -> "list[PracticePage]":
        """The pages that remain: by relevance when there are words, else in the order of the queryset.

        A case that nobody looked at for too long stays, below the others.
        """
        today = localdate()
        found = list(self.qs)
        if self.words:
            places = {key: place for place, key in enumerate(self.ranking)}
            found.sort(key=lambda page: places[page.pk])
        return sorted(found, key=lambda page: page.is_past_review(on=today))


def rank_matches(pages: PageQuerySet, words: Sequence[str]) -> list[int]:
    """Keys of the pages that hold every word or what means the same: by relevance, then beginnings of longer words."""
    pages = pages.prefetch_related(None)
    groups = [
        [tuple(split_words(line)) for line in group.splitlines() if split_words(line)]
        for group in SynonymGroup.objects.values_list("words", flat=True)
    ]
    wanted = [Or([PlainText(" ".join(phrase)) for phrase in phrases]) for phrases in widen(words, groups)]
    whole = pages.search(And(wanted))
    short = [word for word in words if len(word) < SHORTEST_BEGINNING]
    # In a completing search the last word of each part is the one that may go on.
    parts = [PlainText(" ".join([*short, word])) for word in words if word not in short]
    beginnings = pages.autocomplete(And(parts), order_by_relevance=False) if parts else ()
    return list(dict.fromkeys(page.pk for page in (*whole, *beginnings)))
