"""Pytest plugin: the environment of a test run, made before Django reads its settings from it.

`--database=sqlite` (default) or `--database=postgresql`. The environment is ours, so the database in the settings *is*
the test database: every process of pytest-xdist has its own, and PostgreSQL is started once per run.
"""

import hashlib
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TypedDict

import pytest

from tests.harness.copies import PostgresDatabase, SqliteDatabase, TestDatabase
from tests.harness.postgres import run_postgres


class Run(TypedDict):
    """What the controlling process tells its workers."""

    folder: str
    postgres_url: str  # empty on SQLite
    pristine: str
    demo: str


RUN = pytest.StashKey[Run]()
DATABASE = pytest.StashKey[TestDatabase]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="the database to run the tests on",
    )
    parser.addoption(
        "--site-settings",
        default="config.settings",
        help="the settings of the site; tests/bench adds what it measures against",
    )
    parser.addoption(
        "--autovacuum",
        action="store_true",
        help="let PostgreSQL look after its tables as on a server, for what is measured",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Set the environment and load the settings from it, before pytest-django would from someone else's."""
    import django
    from django.conf import settings

    if settings.configured:
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests make their own environment.")
    run = config.stash[RUN] = getattr(config, "workerinput", {}).get("run") or start_run(config)
    worker = getattr(config, "workerinput", {}).get("workerid", "main")
    database = config.stash[DATABASE] = find_database(run, name=f"tests_{worker}")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": config.getoption("--site-settings"),
        "DATABASE_URL": database.url,
        "VAR_DIR": f"{run['folder']}/{worker}",
        "SECRET_KEY": "only-for-tests",
        "DEMO": "1",
        "DEBUG": "0",
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CACHE_URL": "locmem://",
        "EMAIL_URL": "memory://",
        "BEHIND_PROXY": "0",
        # Playwright keeps an event loop open in the thread of the tests; there is no async code that could mind.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    django.setup()
    # The workers inherit this environment and have to start from their own.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:  # type: ignore[no-untyped-def]  # pytest-xdist's WorkerController
    node.workerinput["run"] = node.config.stash[RUN]


def start_run(config: pytest.Config) -> Run:
    """Make the folder all processes share and, when asked for, the PostgreSQL server."""
    cleanup = ExitStack()
    config.add_cleanup(cleanup.close)
    folder = tempfile.mkdtemp(prefix="maatregelenmonitor-tests-")
    cleanup.callback(shutil.rmtree, folder, ignore_errors=True)
    if config.getoption("--database") == "postgresql":
        url = cleanup.enter_context(run_postgres(autovacuum=config.getoption("--autovacuum")))
        return {"folder": folder, "postgres_url": url, "pristine": "pristine", "demo": "demo"}
    assert config.cache
    cache = config.cache.mkdir("pristine-database")
    return {
        "folder": folder,
        "postgres_url": "",
        "pristine": f"{cache}/{config.getoption('--site-settings')}-{hash_sources(config.rootpath)}.sqlite3",
        "demo": f"{folder}/demo.sqlite3",
    }


def find_database(run: Run, *, name: str) -> TestDatabase:
    if run["postgres_url"]:
        return PostgresDatabase(run["postgres_url"], name)
    return SqliteDatabase(Path(run["folder"]) / f"{name}.sqlite3")


def hash_sources(root: Path) -> str:
    """A fingerprint of everything the pristine database is made of."""
    sources = [
        root / "requirements.txt",
        root / "config/settings.py",
        root / "surveys/accounts/lifecycle.py",
        root / "tests/harness/database.py",
        *root.glob("*/migrations/*.py"),
        *root.glob("surveys/*/migrations/*.py"),
    ]
    sources += [path for path in (root / "surveys/territory").rglob("*") if path.suffix in {".py", ".csv"}]
    digest = hashlib.sha256()
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
