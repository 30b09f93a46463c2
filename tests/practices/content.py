"""The shipped content as it stands in its files, for tests that compare the site with it."""

import tomllib
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from practices.figure_writing import write_figure
from practices.loading import DATA
from practices.terms import Qualifier
from surveys.measures.catalogue import CATALOGUE

Entry = dict[str, Any]


def read_folder(name: str) -> dict[str, Entry]:
    """By the name of the file; on the site a percentage sign stays on the line of its number."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8").replace(" %", "\N{NO-BREAK SPACE}%"))
        for path in sorted((DATA / name).glob("*.toml"))
    }


CASES, SOURCES = read_folder("cases"), read_folder("sources")

# Names by code, in the order to show.
TERMS: Entry = tomllib.loads((DATA / "terms.toml").read_text(encoding="utf-8"))
THEMES = {term["code"]: term["name"] for term in TERMS["themes"]}
AUDIENCES = {term["code"]: term["name"] for term in TERMS["audiences"]}
MEASURES = {
    measure["slug"]: measure["name"]
    for measure in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["measures"]
}


def list_titles(holds: Callable[[Entry], bool]) -> list[str]:
    """Titles of the cases for which it holds, in the order of the library: the newest first, then the alphabet."""
    found = sorted((-case["year"], case["title"]) for case in CASES.values() if holds(case))
    return [title for _, title in found]


def links_to(case: Entry, measures: Collection[str]) -> bool:
    return any(link["measure"] in measures for link in case.get("measures", []))


def write_fact(fact: Entry) -> str:
    """The figure of a fact as its page writes it."""
    low, high = (Decimal(str(fact[name])) if name in fact else None for name in ("low", "high"))
    qualifier = Qualifier(fact["qualifier"]).label if fact["qualifier"] else ""
    return write_figure(low=low, high=high, qualifier=qualifier, unit=fact["unit"], wording=fact["wording"])


def normalise(text: str) -> str:
    """Text as a reader sees it: one space between words, straight or not so straight."""
    return " ".join(text.split())
