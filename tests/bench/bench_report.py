"""How long the report of 2022 takes, from the database and back, next to an empty document; see docs/benchmark.md."""

import json
import subprocess
import sys

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("demo_database")]

ROUNDS = 5


def make(kind: str) -> dict[str, float]:
    code = f"from tests.bench.report_making import *; make_document({kind!r}, '2022')"
    done = subprocess.run(
        [sys.executable, "-m", "django", "shell", "--settings=tests.bench.settings", "--command", code],
        check=True,
        capture_output=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def test_report_of_2022(capsys):
    rounds = [{kind: make(kind) for kind in ("report", "empty")} for _ in range(ROUNDS)]
    best = {kind: min((each[kind] for each in rounds), key=lambda one: one["seconds"]) for kind in rounds[0]}
    with capsys.disabled():
        for kind, measured in best.items():
            print(  # noqa: T201
                f"\n{connection.vendor:10} {kind:6} {measured['seconds']:5.2f} s, processor {measured['busy']:5.2f} s, "
                f"{measured['bytes'] / 1000:.0f} kB",
                end="",
            )
