"""How much a page of the library asks: of the database when nothing is remembered, and of the line of a reader."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.cache import cache

from practices.models import PracticePage
from tests.practices.content import CASES, MEASURES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

STATIC = Path(__file__).parents[2] / "static"
CASE = "/praktijkvoorbeelden/weegtafel-zaanstad/"
MOST_BYTES = 60_000

# With this case only, and with all; at most fifteen.
COLD = {
    "/": (10, 10),
    "/maatregelen/reikwijdte/": (14, 14),
    CASE: (14, 15),
}


@pytest.mark.parametrize("path", COLD)
@pytest.mark.parametrize("is_alone", [True, False])
def test_a_page_asks_the_database_at_most_fifteen_times(path, is_alone, client, django_assert_num_queries):
    assert max(number for numbers in COLD.values() for number in numbers) <= 15
    if is_alone:
        PracticePage.objects.exclude(slug="weegtafel-zaanstad").update(live=False)
    client.get(path)  # the definition of the questionnaire is remembered by the process
    cache.clear()
    with django_assert_num_queries(COLD[path][0 if is_alone else 1]):
        assert client.get(path).status_code == 200


def weigh(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def list_static(html: str) -> set[Path]:
    """The style sheets and scripts that a page loads, with everything that these load in turn."""
    waiting = [
        STATIC / address for address in re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html)
    ]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            imports = re.findall(r'(?:@import|from|import) "([^"]+)"', path.read_text(encoding="utf-8"))
            waiting += [path.parent / each for each in imports]
    return found


def test_what_a_page_loads_is_found():
    found = {
        path.name
        for path in list_static('<link href="/static/css/site.css"><script src="/static/js/site.js">')
    }
    assert {"tokens.css", "practice.css", "print.css", "autosubmit.js"} <= found


@pytest.mark.parametrize(
    "paths",
    [
        [f"/praktijkvoorbeelden/{slug}/" for slug in CASES],
        [f"/maatregelen/{measure}/" for measure in MEASURES],
        [
            *(
                "/praktijkvoorbeelden/",
                "/praktijkvoorbeelden/?maatregel=reikwijdte&q=jeugd",
                "/",
                "/begrippen/",
            ),
            f"/praktijkvoorbeelden/vergelijken/?{'&'.join(f'voorbeeld={slug}' for slug in list(CASES)[:3])}",
        ],
    ],
    ids=["cases", "measures", "others"],
)
def test_a_page_weighs_at_most_sixty_kilobytes_with_style_sheets_and_scripts(paths, client):
    html = {path: client.get(path).content for path in paths}
    shared = {path: weigh(path.read_bytes()) for each in html.values() for path in list_static(each.decode())}
    weights = {
        path: weigh(content) + sum(shared[each] for each in list_static(content.decode()))
        for path, content in html.items()
    }
    assert len(weights) == len(paths)
    assert {path: weight for path, weight in weights.items() if weight > MOST_BYTES} == {}
    assert min(weights.values()) > weigh((STATIC / "css" / "tokens.css").read_bytes())
