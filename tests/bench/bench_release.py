"""A table of two breakdowns from a frozen release, next to Polars on the same file; see docs/benchmark.md."""

from functools import partial

import polars
import pytest

from surveys.results.release.columns import QuestionColumns
from surveys.results.release.counting import FrozenWave
from surveys.results.release.freezing import freeze_wave
from surveys.results.release.snapshot import Snapshot
from tests.bench.bench_counting import (
    CROSSING,
    FEW_RESPONSES,
    KINDS,
    add_responses,
    ask_twenty_questions,
    measure,
)

pytestmark = pytest.mark.django_db

ROUNDS = 15


def scan(path: str, *, question: str, responses: int, outcomes: list[str]) -> list[polars.DataFrame]:
    """Per state and per outcome of one question the responses in each group of the two breakdowns."""
    units = polars.scan_parquet(path).slice(0, responses)
    columns = [QuestionColumns(question).state, *outcomes]
    return polars.collect_all([units.group_by(column, *CROSSING).len() for column in columns])


def test_a_table_from_a_release_next_to_polars(show, tmp_path):
    wave = ask_twenty_questions()
    add_responses(wave, first=1, last=FEW_RESPONSES)
    path = tmp_path / "release.parquet"
    codes = [f"vraag-{number}" for number in range(len(KINDS))]
    path.write_bytes(freeze_wave(wave, questions=codes, units=["response"]))
    frozen = FrozenWave(Snapshot(path.read_bytes()))
    options = [each.code for each in frozen.definition.questions[codes[8]].options]
    for name, code, outcomes in (
        ("one choice", codes[0], [QuestionColumns(codes[0]).option]),
        ("more choices", codes[8], [QuestionColumns(codes[8]).chose(option) for option in options]),
        ("number", codes[11], []),
    ):
        count = partial(frozen.count, unit="response", dimensions=CROSSING, questions=[code])
        scanning = partial(
            scan, str(path), question=code, responses=frozen.document["responses"], outcomes=outcomes
        )
        table = count()
        assert table.rows
        counted, scanned = measure(count, rounds=ROUNDS), measure(scanning, rounds=ROUNDS)
        show(
            f"{FEW_RESPONSES} responses, a question with {name}, {len(table.rows)} rows: table {counted:.1f} ms, "
            f"Polars {scanned:.1f} ms, ratio {counted / scanned:.2f}"
        )
