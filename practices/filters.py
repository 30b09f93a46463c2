from collections.abc import Mapping
from functools import cached_property
from typing import Any

import django_filters
from django.db import models
from django.db.models import QuerySet

from practices.facets import Tags, match_facets
from practices.models import PracticePage
from surveys.measures.models import Measure
from surveys.territory.models import Province, SizeClass, YouthRegion


class PracticeFilter(django_filters.FilterSet):
    """The library's address. Values within a facet widen the list, facets and words together narrow it.

    `tags` holds the facet values of every live case by primary key.
    """

    q = django_filters.CharFilter(method="filter_words", label="Zoekwoorden")
    maatregel = django_filters.ModelMultipleChoiceFilter(
        queryset=Measure.objects.all(), method="filter_facet", label="Maatregel"
    )
    grootteklasse = django_filters.ModelMultipleChoiceFilter(
        queryset=SizeClass.objects.all(), method="filter_facet", label="Grootteklasse"
    )
    provincie = django_filters.ModelMultipleChoiceFilter(
        queryset=Province.objects.all(), method="filter_facet", label="Provincie"
    )
    regio = django_filters.ModelMultipleChoiceFilter(
        queryset=YouthRegion.objects.all(), method="filter_facet", label="Jeugdregio"
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []

    FACETS = ("maatregel", "grootteklasse", "provincie", "regio")

    def __init__(self, *args: Any, tags: Mapping[int, Tags], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = tags

    @property
    def selected(self) -> dict[str, list[str]]:
        """Chosen codes per facet; values that do not exist are not among them."""
        self.form.is_valid()
        return {facet: [item.pk for item in self.form.cleaned_data.get(facet, ())] for facet in self.FACETS}

    @property
    def words(self) -> str:
        self.form.is_valid()
        return str(self.form.cleaned_data.get("q", ""))

    @cached_property
    def matching(self) -> set[int]:
        """Keys of the live cases that the words match; all of them when there are no words."""
        if not self.words:
            return set(self.tags)
        return {page.pk for page in PracticePage.objects.live().search(self.words)}

    def filter_words(
        self, queryset: QuerySet[PracticePage], name: str, value: str
    ) -> QuerySet[PracticePage]:
        return queryset.filter(pk__in=self.matching)

    def filter_facet(
        self, queryset: QuerySet[PracticePage], name: str, value: QuerySet[models.Model]
    ) -> QuerySet[PracticePage]:
        keys = match_facets(self.tags, selected={name: [item.pk for item in value]})
        return queryset.filter(pk__in=keys)
