"""Pytest plugin: the site as `make run` starts it, web server and Celery worker included, filled with the demo world.

Each process of pytest-xdist has a site of its own, on a copy of the one demo database. The tests of a process share it:
a test leaves the world usable for the next, in any order.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.harness.environment import RUN, find_database
from tests.harness.postgres import find_free_port

START_TRIES = 600
TRY_SECONDS = 0.5
STOP_SECONDS = 40


@dataclass(frozen=True)
class DemoSite:
    url: str  # without a slash at the end
    mail_folder: Path  # where the worker keeps every mail as a file


@pytest.fixture(scope="session")
def demo_site(pytestconfig: pytest.Config, worker_id: str, demo_copy: str) -> Iterator[DemoSite]:
    """Start both processes on a copy of the demo database and stop them afterwards."""
    run = pytestconfig.stash[RUN]
    database = find_database(run, name=f"site_{worker_id}")
    database.restore_copy(demo_copy)
    port = find_free_port()
    folder = Path(run["folder"]) / f"site_{worker_id}"
    site = DemoSite(f"http://localhost:{port}", mail_folder=folder / "mail")
    folder.mkdir()
    log = folder / "site.log"
    environment = os.environ | {
        "DATABASE_URL": database.url,
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "SITE_URL": site.url,
        "EMAIL_URL": "",
        "LINK_CHECKS": "0",
        # In memory each process of the web server would have its own, and colleagues would not see each other.
        "CACHE_URL": f"file://{folder}/cache",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_site"],
            cwd=pytestconfig.rootpath,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(site, process=process, log=log)
        yield site
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def wait_until_ready(site: DemoSite, *, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_TRIES):
        try:
            with urlopen(f"{site.url}/gezondheid/ready", timeout=TRY_SECONDS):
                return
        except (URLError, TimeoutError):
            pass
        try:
            process.wait(TRY_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    pytest.fail(f"The demo site did not start:\n{log.read_text()[-4000:]}", pytrace=False)
