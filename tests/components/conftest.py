"""A page with one component on it, in a real browser, without a site behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

STATIC = Path(__file__).parents[2] / "static"
# Nothing listens here: the browser gets its answers from `show`.
ADDRESS = "http://localhost:1"
LAYOUT = """<!doctype html><html lang="nl"><title>Onderdeel</title>
<link rel="stylesheet" href="/static/css/site.css">
<script type="module" src="/static/js/site.js"></script><main>{}</main></html>"""


@pytest.fixture
def show(page: Page) -> Callable[[str], Page]:
    """Open a page with this HTML in its main element; styles and scripts are the site's own."""

    def fulfil(route: Route, *, body: str) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(body=LAYOUT.format(body), content_type="text/html; charset=utf-8")

    def open_page(body: str) -> Page:
        page.route("**/*", lambda route: fulfil(route, body=body))
        page.goto(f"{ADDRESS}/")
        return page

    return open_page
