"""Whatever a screen of the administration loads is there: styles, scripts, images, and what those load in turn."""

import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders

from surveys.accounts.models import Person
from tests.contracts.administration_matrix import ADMINISTRATION
from tests.contracts.examples import PEOPLE, make_examples

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo_database"),
    pytest.mark.any_database,
]

LOADED = (
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("source", "src"),
    ("use", "href"),
    ("image", "href"),
)
# What Wagtail's own scripts fetch: its icons, and the picture beside somebody's name.
NAMED_IN_SCRIPTS = re.compile(rf"""["']((?:{settings.STATIC_URL}|/beheer/sprite/)[^"'\s]+)["']""")
NOT_LOADED = ("canonical", "alternate", "next", "prev")
# What a file loads in turn: `url(…)` and `@import "…"`, and the modules that a module imports.
LOADS = {
    ".css": re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)"""),
    ".js": re.compile(r"""^\s*(?:import|export)\b[^"';]*["'](\.{1,2}/[^"']+)["']""", re.MULTILINE),
}


def list_loaded(html: str, *, page: str) -> set[str]:
    """The addresses on this site that a browser fetches to show the page."""
    found = set(NAMED_IN_SCRIPTS.findall(html))
    document = BeautifulSoup(html, "html.parser")
    for name, attribute in LOADED:
        for tag in document.find_all(name):
            if tag.get(attribute) and not set(tag.get("rel", ())) & set(NOT_LOADED):
                found.add(urldefrag(urljoin(page, tag[attribute])).url)
    return {url for url in found if not urlsplit(url).scheme}


def list_missing_files(url: str, *, seen: set[str]) -> list[str]:
    """The static file at this address when it is not there, or what it loads that is not."""
    if url in seen:
        return []
    seen.add(url)
    found = finders.find(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    if found is None:
        return [url]
    path = Path(found)
    if path.suffix not in LOADS:
        return []
    inner = {match[1] for match in LOADS[path.suffix].finditer(path.read_text(encoding="utf-8"))}
    return [
        f"{url}: {missing}"
        for each in sorted(inner)
        if not urlsplit(each).scheme and not each.startswith("#")
        for missing in list_missing_files(urldefrag(urljoin(url, each)).url, seen=seen)
    ]


def test_everything_that_a_screen_loads_is_there(client):
    values = make_examples()
    client.force_login(Person.objects.get(email=PEOPLE["researcher"]))
    loaded: dict[str, str] = {}
    for row in ADMINISTRATION:
        page = row.path.format(**values)
        if row.researcher != 200:
            continue
        answer = client.get(page)
        if answer.streaming:
            answer.getvalue()  # reads the file to its end, which closes it
        elif answer["Content-Type"].startswith("text/html"):
            loaded |= dict.fromkeys(list_loaded(answer.text, page=page), page)
    static = {url for url in loaded if url.startswith(settings.STATIC_URL)}
    seen: set[str] = set()
    missing = [
        f"{loaded[url]}: {lost}" for url in sorted(static) for lost in list_missing_files(url, seen=seen)
    ]
    others = sorted(loaded.keys() - static)
    missing += [f"{loaded[url]}: {url}" for url in others if client.get(url).status_code != 200]
    assert missing == []
    assert len(seen) > len(static) > 20
