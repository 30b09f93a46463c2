import pytest
from django.db import connection

from tests.bench.bench_counting import KINDS, OPTIONS
from tests.responses.factories import make_definition, make_question, make_wave


@pytest.fixture
def show(capsys):
    def show(line: str) -> None:
        with capsys.disabled():
            print(f"\n{connection.vendor:10} {line}", end="")  # noqa: T201

    return show


@pytest.fixture
def wave():
    """Twenty questions that are asked of everybody."""
    questions = tuple(
        make_question(f"vraag-{number}", kind, options=OPTIONS if kind in {"single", "multiple"} else ())
        for number, kind in enumerate(KINDS)
    )
    return make_wave(make_definition(("een", questions)))
