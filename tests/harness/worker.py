"""A real Celery worker with the real broker of files, as `run_site` starts it, on the database of the test.

Only for tests with `django_db(transaction=True)`: the worker sees what is committed.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = "celery --app config --quiet worker --pool solo --loglevel info"
TRIES = 1200
TRY_SECONDS = 0.1


class Worker:
    def __init__(self, folder: Path, *, name: str) -> None:
        """`folder` holds what the workers of one test share: the broker's messages and the mails."""
        self.log = folder / f"{name}.log"
        environment = os.environ | {"VAR_DIR": str(folder), "EMAIL_URL": ""}
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *COMMAND.split(), "--hostname", f"{name}@localhost"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Fails the test when the worker stops first, or after two minutes."""
        for _ in range(TRIES):
            if condition():
                return
            try:
                self.process.wait(TRY_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        pytest.fail(f"The worker did not get there:\n{self.log.read_text()[-4000:]}", pytrace=False)

    def kill(self) -> None:
        """At once, wherever it is: nothing in it can tidy up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def run_worker(folder: Path, *, name: str) -> Iterator[Worker]:
    worker = Worker(folder, name=name)
    try:
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.kill()
