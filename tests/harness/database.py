"""Pytest plugin: the environment of a test run and its database.

`--database=sqlite` (default) or `--database=postgresql`. The environment is ours, so the database in the settings *is*
the test database: every process of pytest-xdist has its own, and PostgreSQL is started once per run.

The database of the tests holds what an installation holds: the migrations and the shipped territory. It is built once;
the other processes copy it, and on SQLite later runs too, until a migration or the territory changes (`--cache-clear`
builds it anew). A test runs in a transaction that is rolled back, so it never sees another test's
rows. A *transactional* test (`django_db(transaction=True)`, for real concurrency) commits, and Django empties all
tables after it, Wagtail's first rows included; therefore the whole database is put back from that copy. No test
depends on the order.
"""

import fcntl
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypedDict

import pytest
from pytest_django import DjangoDbBlocker

from tests.harness.copies import PostgresDatabase, SqliteDatabase, TestDatabase
from tests.harness.postgres import run_postgres


class Run(TypedDict):
    """What the controlling process tells its workers."""

    folder: str
    pristine: str  # path of a file on SQLite, name of a database on PostgreSQL
    postgres_url: str


RUN = pytest.StashKey[Run]()
DATABASE = pytest.StashKey[TestDatabase]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the database to run the tests on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment and load the settings from it, before pytest-django would from someone else's."""
    import django
    from django.conf import settings

    if settings.configured:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests make their own environment.")
    config.stash[RUN] = getattr(config, "workerinput", {}).get("run") or start_run(config)
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    database = config.stash[DATABASE] = find_database(config.stash[RUN], worker=worker)
    folder = Path(config.stash[RUN]["folder"])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database.url,
        "VAR_DIR": str(folder / worker),
        "SECRET_KEY": "only-for-tests",
        "DEMO": "1",
        "DEBUG": "0",
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CACHE_URL": "locmem://",
        "EMAIL_URL": "memory://",
        # Playwright keeps an event loop open in the thread of the tests; there is no async code that could mind.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    django.setup()
    # The workers inherit this environment and have to start from their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def start_run(config: pytest.Config) -> Run:
    """Make the folder all processes share and, when asked for, the PostgreSQL server."""
    cleanup = ExitStack()
    config.add_cleanup(cleanup.close)
    folder = tempfile.mkdtemp(prefix="maatregelenmonitor-tests-")
    cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    if config.getoption("--database") == "postgresql":
        return {
            "folder": folder,
            "pristine": "pristine",
            "postgres_url": cleanup.enter_context(run_postgres()),
        }
    cache = config.cache.mkdir("pristine-database")
    return {
        "folder": folder,
        "pristine": f"{cache}/{hash_sources(config.rootpath)}.sqlite3",
        "postgres_url": "",
    }


def hash_sources(root: Path) -> str:
    """A fingerprint of everything the pristine database is made of."""
    sources = [
        root / "requirements.txt",
        *root.glob("*/migrations/*.py"),
        *root.glob("surveys/*/migrations/*.py"),
    ]
    sources += [path for path in (root / "surveys/territory").rglob("*") if path.suffix in {".py", ".csv"}]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:  # type: ignore[no-untyped-def]  # pytest-xdist's WorkerController
    node.workerinput["run"] = node.config.stash[RUN]


def find_database(run: Run, *, worker: str) -> TestDatabase:
    """The database of one process; `worker` may be any name that is unique in the run."""
    if run["postgres_url"]:
        return PostgresDatabase(run["postgres_url"], name=f"tests_{worker}", pristine=run["pristine"])
    return SqliteDatabase(Path(run["folder"]) / f"{worker}.sqlite3", pristine=Path(run["pristine"]))


@pytest.fixture(scope="session")
def django_db_setup(
    pytestconfig: pytest.Config, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    from django.core.management import call_command
    from django.db import connections

    database = pytestconfig.stash[DATABASE]
    run = pytestconfig.stash[RUN]
    lock_file = (
        Path(run["folder"]) / "lock" if run["postgres_url"] else Path(run["pristine"]).with_suffix(".lock")
    )
    with django_db_blocker.unblock(), lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if database.has_pristine():
            database.restore_pristine()
        else:
            database.create()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_territory", stdout=io.StringIO())
            connections.close_all()
            database.save_pristine()
    yield
    connections.close_all()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    yield
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    if (marker and marker.kwargs.get("transaction")) or fixtures & {"transactional_db", "live_server"}:
        connections.close_all()
        item.config.stash[DATABASE].restore_pristine()
        ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and Wagtail's site roots live in the cache, which no rollback touches."""
    from django.core.cache import cache

    yield
    cache.clear()
