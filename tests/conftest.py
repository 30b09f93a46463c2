"""Fixtures for every test; each module in tests/harness explains its own.

    pytest tests/territory                         on SQLite
    pytest tests/territory --database=postgresql   on a PostgreSQL that is started for the run
    make test                                      everything on both, in random order, two at a time

`territory`: the shipped CBS facts. `demo_database`: the demo world, for a whole module. `demo_site`, `page` and
`browser_context`: the running site in a real browser.
"""

import pytest
from hypothesis import HealthCheck, settings

# A busy machine does not make a property untrue.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

pytest_plugins = [
    "tests.harness.environment",
    "tests.harness.database",
    "tests.harness.demo_site",
    "tests.harness.browser",
]


@pytest.fixture
def territory(db: None) -> None:
    """The shipped CBS facts. They are there in every test with a database; ask for them by name where they matter."""


@pytest.fixture(scope="session")
def base_url() -> None:
    """In the place of pytest-playwright's own, which warns. What a page is opened on differs per folder of tests."""
