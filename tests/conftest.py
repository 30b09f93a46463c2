"""Fixtures for every test.

The work is in tests/harness: `database` (environment, SQLite or PostgreSQL, isolation), `demo_site` (the real site with
its worker, for journeys) and `browser` (Chromium, with and without JavaScript).

    pytest tests/territory                         on SQLite
    pytest --database=postgresql -n 2              on PostgreSQL, two at a time
"""

import pytest

pytest_plugins = ["tests.harness.database"]


@pytest.fixture
def territory(db: None) -> None:
    """The shipped CBS facts. They are there in every test with a database; ask for them by name where they matter."""
