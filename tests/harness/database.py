"""Pytest plugin: what is in the test database, and that no test can spoil it for another.

It holds what an installation holds: the migrations, the shipped territory and its organisations. This *pristine*
database is built once; the other processes copy it, and on SQLite later runs too, until a migration or the territory
changes (`--cache-clear` builds it anew). A test runs in a transaction that is rolled back, so it never sees another
test's rows. A *transactional* test (`django_db(transaction=True)`, for real concurrency) commits, and Django empties
all tables after it, Wagtail's first rows included; therefore the whole database is put back from the copy. No test
depends on the order.

A module that reads the demo world says so for all its tests, with
`pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]`: during that module the database holds
all of `prepare_site`, pages and demo world included. That copy is built once per run.
"""

import fcntl
import io
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests.harness.environment import DATABASE, RUN

CURRENT_COPY = pytest.StashKey[str]()
# What a test asks for, itself or through another fixture, when it opens the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-what-differs",
        action="store_true",
        help="leave out the tests that say the same on every database, because they open none or look at pages only",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--only-what-differs"):
        return
    left_out = [item for item in items if not can_differ(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if can_differ(item)]


def can_differ(item: pytest.Item) -> bool:
    """Whether another database could change what the test finds."""
    if item.get_closest_marker("any_database"):
        return False
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not asked.isdisjoint(DATABASE_FIXTURES)


@pytest.fixture(scope="session")
def django_db_setup(
    pytestconfig: pytest.Config, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """In the place of pytest-django's: the settings already name a database of our own."""
    from django.core.management import call_command
    from django.db import connections

    def build() -> None:
        pytestconfig.stash[DATABASE].create()
        call_command("migrate", interactive=False, verbosity=0)
        number_apart()
        call_command("load_territory", stdout=io.StringIO())
        call_command("load_organisations", stdout=io.StringIO())

    with django_db_blocker.unblock():
        fill_database(pytestconfig, copy=pytestconfig.stash[RUN]["pristine"], build=build)
    yield
    connections.close_all()


@pytest.fixture(scope="session")
def demo_copy(pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of the copy with the demo world; the test database itself is left as it was."""
    run = pytestconfig.stash[RUN]
    before = pytestconfig.stash[CURRENT_COPY]
    with django_db_blocker.unblock():
        try:
            restore_database(pytestconfig, copy=run["pristine"])
            fill_database(pytestconfig, copy=run["demo"], build=prepare_site)
        finally:
            # Also without a demo world: the tests that come next must not find half of one.
            restore_database(pytestconfig, copy=before)
    return run["demo"]


@pytest.fixture(scope="module")
def demo_database(pytestconfig: pytest.Config, demo_copy: str) -> Iterator[None]:
    """The demo world, for all tests of a module; every test still has its own transaction."""
    restore_database(pytestconfig, copy=demo_copy)
    yield
    restore_database(pytestconfig, copy=pytestconfig.stash[RUN]["pristine"])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    yield
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    if (marker and marker.kwargs.get("transaction")) or fixtures & {"transactional_db", "live_server"}:
        restore_database(item.config, copy=item.config.stash[CURRENT_COPY])


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits, Wagtail's site roots and remembered questionnaires outlive a rollback; keys are used again."""
    from django.core.cache import cache

    from surveys.questionnaire import queries

    yield
    cache.clear()
    queries._load_definition_once.cache_clear()
    queries._load_codes_once.cache_clear()


def number_apart() -> None:
    """Let every table number its rows from another thousand on: a key never fits another table by chance.

    Nor does a page that writes one with a point for the thousands go unnoticed.
    """
    from django.apps import apps
    from django.db import connection
    from django.db.models import AutoField

    tables = [
        (model._meta.db_table, model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
        if isinstance(model._meta.pk, AutoField) and model._meta.managed and not model._meta.proxy
    ]
    with connection.cursor() as cursor:
        for place, (table, column) in enumerate(sorted(set(tables)), start=1):
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, place * 1000]
                )
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, place * 1000]
                )


def fill_database(config: pytest.Config, *, copy: str, build: Callable[[], None]) -> None:
    """Put the copy in the test database; the first process that needs it builds and saves it, the others wait."""
    from django.db import connections

    with lock_copy(config, copy=copy):
        if not config.stash[DATABASE].has_copy(copy):
            build()
            connections.close_all()
            config.stash[DATABASE].save_copy(copy)
    restore_database(config, copy=copy)


def prepare_site() -> None:
    """In a process of its own, so with the real password hashes: the demo site starts from this copy too."""
    from django.db import connection

    command = [sys.executable, "manage.py", "prepare_site"]
    finished = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert finished.returncode == 0, finished.stdout
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def restore_database(config: pytest.Config, *, copy: str) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connections

    connections.close_all()
    config.stash[DATABASE].restore_copy(copy)
    config.stash[CURRENT_COPY] = copy
    ContentType.objects.clear_cache()
    cache.clear()


@contextmanager
def lock_copy(config: pytest.Config, *, copy: str) -> Iterator[None]:
    path = Path(config.stash[RUN]["folder"]) / copy
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
