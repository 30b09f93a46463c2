from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.utils.timezone import localdate
from wagtail.query import PageQuerySet

from practices.facets import Tags, match_facets
from practices.search_words import split_query
from practices.searching import Search, search_cases

if TYPE_CHECKING:
    from practices.models import PracticePage


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
    def search(self) -> Search | None:
        """What the words find; None without words."""
        return search_cases(self.queryset, split_query(self.words)) if self.words else None

    @cached_property
    def ranking(self) -> Sequence[int]:
        """Keys of the pages that the words find, the best first; without words all keys, in no order."""
        return list(self.tags) if self.search is None else self.search.keys

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
