"""Pytest plugin: Chromium through pytest-playwright; tests/journeys points it at the demo site.

`page` has JavaScript; `browser_context` runs its test twice, with and without. Every journey fails on a violation of
the Content-Security-Policy, on an error in a script, and the browser cannot reach any other host.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
TIMEOUT_MILLISECONDS = 15_000
expect.set_options(timeout=TIMEOUT_MILLISECONDS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's own Chromium; Playwright's is not downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(
            "Install Chromium (make test does so on Debian: apt-get install chromium).", pytrace=False
        )
    return browser_type_launch_args | {"executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., BrowserContext]]:
    """Make a context whose pages may not break a policy or throw an error."""
    problems: list[str] = []

    def watch(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                problems.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return context

    yield watch
    assert not problems, problems


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def browser_context(
    request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]
) -> BrowserContext:
    return new_context(java_script_enabled=request.param)
