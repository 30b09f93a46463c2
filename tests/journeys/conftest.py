from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import BrowserContext

from tests.harness.demo_site import DemoSite


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], demo_site: DemoSite
) -> Callable[..., BrowserContext]:
    """`page.goto("/…")` leads to the demo site.

    Not by `base_url`: pytest-playwright keeps that for the whole process, other tests with a browser included.
    """
    return partial(new_context, base_url=demo_site.url)
