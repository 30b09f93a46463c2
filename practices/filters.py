"""The library's address: what a visitor asks for, read from it and written into it again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from practices.search_words import split_query

WORDS, SORT, HOME, VIEW = "q", "sorteer", "gemeente", "weergave"


class Sort(StrEnum):
    RELEVANCE = "relevantie"
    NEWEST = "nieuw"
    NEAREST = "nabij"


class View(StrEnum):
    LIST = "lijst"
    MAP = "kaart"


@dataclass(frozen=True)
class Facet:
    """A filter under its name in the address; `options` maps codes to labels, in the order to show.

    Of a facet that `shows_selected` only, the panel does not list what was not chosen.
    """

    name: str
    title: str
    options: Mapping[str, str]
    shows_selected: bool = False


@dataclass(frozen=True)
class Choice:
    """What a visitor asks for. `words` is as typed, or "" when there is no word in it to search for.

    `home` is the code of the municipality to be near to, or "".
    """

    words: str
    selected: Mapping[str, Sequence[str]]
    sort: Sort
    home: str
    view: View

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address, without what holds anyway."""
        pairs = [(WORDS, self.words)] if self.words else []
        pairs += [(name, value) for name, values in self.selected.items() for value in values]
        if self.sort is Sort.NEAREST:
            pairs += [(SORT, self.sort), *([(HOME, self.home)] if self.home else [])]
        elif self.sort is not usual_sort(self.words):
            pairs.append((SORT, self.sort))
        if self.view is not View.LIST:
            pairs.append((VIEW, self.view))
        return pairs

    @property
    def url(self) -> str:
        return f"?{urlencode(self.pairs)}"

    def with_words(self, words: str) -> "Choice":
        """Relevance goes with the words; another order stays."""
        sort = usual_sort(words) if self.sort in (usual_sort(self.words), Sort.RELEVANCE) else self.sort
        return replace(self, words=words, sort=sort)

    def without(self, facet: str, value: str) -> "Choice":
        left = [each for each in self.selected[facet] if each != value]
        return replace(self, selected={**self.selected, facet: left})


def usual_sort(words: str) -> Sort:
    return Sort.RELEVANCE if words else Sort.NEWEST


class KnownValuesField(forms.MultipleChoiceField):
    """Leaves out what does not exist, so that an old or mistyped link still narrows by the rest."""

    def clean(self, value: Any) -> list[str]:
        return [item for item in dict.fromkeys(self.to_python(value)) if self.valid_value(item)]


class KnownValueField(forms.ChoiceField):
    """Takes what does not exist for nothing chosen."""

    def clean(self, value: Any) -> str:
        return item if self.valid_value(item := self.to_python(value)) else ""


class LibraryForm(forms.Form):
    """Values within a facet widen the list, facets and words together narrow it."""

    def __init__(self, data: QueryDict, *, facets: Iterable[Facet], homes: Iterable[str]) -> None:
        super().__init__(data)
        self.fields = {
            WORDS: forms.CharField(required=False),
            SORT: KnownValueField(choices=[(each, each) for each in Sort]),
            HOME: KnownValueField(choices=[(each, each) for each in homes]),
            VIEW: KnownValueField(choices=[(each, each) for each in View]),
            **{facet.name: KnownValuesField(choices=list(facet.options.items())) for facet in facets},
        }
        self.full_clean()


def read_choice(
    parameters: QueryDict, *, facets: Sequence[Facet], homes: Iterable[str], own: str = ""
) -> Choice:
    """`parameters` may hold anything; `homes` are the codes of all municipalities, `own` is that of the visitor, or "".

    By relevance is only possible with words.
    """
    given = LibraryForm(parameters, facets=facets, homes=homes).cleaned_data
    typed = str(given.get(WORDS, ""))
    words = typed if split_query(typed) else ""
    sort = Sort(given[SORT]) if given[SORT] else usual_sort(words)
    return Choice(
        words=words,
        selected={facet.name: given[facet.name] for facet in facets},
        sort=usual_sort(words) if sort is Sort.RELEVANCE else sort,
        home=given[HOME] or own,
        view=View(given[VIEW] or View.LIST),
    )


def has_unknown_values(parameters: QueryDict, *, facets: Iterable[Facet], homes: Iterable[str]) -> bool:
    known = {
        **{facet.name: {*facet.options} for facet in facets},
        SORT: {"", *Sort},
        HOME: {"", *homes},
        VIEW: {"", *View},
    }
    return any(value not in values for name, values in known.items() for value in parameters.getlist(name))
