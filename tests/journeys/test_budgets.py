"""What a page of the library costs in a real browser: requests, bytes, and nothing that moves while it loads."""

import gzip

import pytest
from playwright.sync_api import Page, Response

pytestmark = pytest.mark.any_database

PAGES = [
    "/",
    "/praktijkvoorbeelden/",
    "/praktijkvoorbeelden/haagse-doorbraaklab/",
    "/maatregelen/reikwijdte/",
]
WIDTHS = [360, 1440]
COUNTED = {"document", "stylesheet", "script"}
MOST_BYTES = 60_000
# One page, a style sheet per component, the modules and the icon; no pictures, no fonts.
MOST_REQUESTS = 110
SUM_SHIFTS = """
    window.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_loads(path: str, width: int, page: Page) -> None:
    page.add_init_script(SUM_SHIFTS)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path, wait_until="networkidle")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") < 0.01


def test_what_moves_is_noticed(page: Page) -> None:
    page.add_init_script(SUM_SHIFTS)
    page.goto("/", wait_until="networkidle")
    page.evaluate("document.querySelector('h1').before(document.querySelector('footer'))")
    page.wait_for_function("window.shifts > 0.01")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_its_budget(path: str, page: Page) -> None:
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    page.goto(path, wait_until="networkidle")
    hosts = {response.url.split("/")[2] for response in responses}
    weights = {
        response.url: len(gzip.compress(response.body(), 6))
        for response in responses
        if response.request.resource_type in COUNTED
    }
    assert len(hosts) == 1
    assert {response.status for response in responses} == {200}
    assert {"document", "stylesheet", "script"} <= {response.request.resource_type for response in responses}
    assert len(responses) <= MOST_REQUESTS
    assert sum(weights.values()) <= MOST_BYTES
    assert not {"image", "font"} & {
        response.request.resource_type for response in responses if "favicon" not in response.url
    }
