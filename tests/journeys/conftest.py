import pytest

from tests.harness.demo_site import DemoSite


@pytest.fixture(scope="session")
def base_url(demo_site: DemoSite) -> str:
    """Where `page.goto("/…")` leads. Here and not in the harness: pytest-playwright registers its own after that."""
    return demo_site.url
