"""Several people, windows or workers at the very same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

SECONDS = 60


def run_together(
    *jobs: Callable[[], object], refusals: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[object]:
    """What each job returned, or the refusal that it met, in the same order; any other error is raised.

    Each has a thread and a connection of its own, and they begin together.
    """
    barrier = Barrier(len(jobs), timeout=SECONDS)

    def run(job: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return job()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [each.result(SECONDS) for each in [pool.submit(run, job) for job in jobs]]
