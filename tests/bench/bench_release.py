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


def scan(path: str, *, question: str, responses: int, outcomes: list[str], number: str) -> object:
    """What the table says of one question: per state and per outcome the responses in each group, and its numbers."""
    units = polars.scan_parquet(path).slice(0, responses)
    state = QuestionColumns(question).state
    found = [units.group_by(column, *CROSSING).len() for column in [state, *outcomes]]
    if number:
        value = polars.col(number).cast(polars.Float64)
        quartiles = [value.quantile(each, "linear").alias(str(each)) for each in (0.25, 0.5, 0.75)]
        found.append(
            units.group_by(CROSSING).agg(
                value.sum().alias("sum"), value.mean().alias("mean"), value.count().alias("n"), *quartiles
            )
        )
    return polars.collect_all(found)


def test_a_table_from_a_release_next_to_polars(show, tmp_path):
    wave = ask_twenty_questions()
    add_responses(wave, first=1, last=FEW_RESPONSES)
    path = tmp_path / "release.parquet"
    codes = [f"vraag-{number}" for number in range(len(KINDS))]
    path.write_bytes(freeze_wave(wave, questions=codes, units=["response"]))
    frozen = FrozenWave(Snapshot(path.read_bytes()))
    options = [each.code for each in frozen.definition.questions[codes[8]].options]
    for name, code, outcomes, number in (
        ("one choice", codes[0], [QuestionColumns(codes[0]).option], ""),
        ("more choices", codes[8], [QuestionColumns(codes[8]).chose(option) for option in options], ""),
        ("a number", codes[11], [], QuestionColumns(codes[11]).number("")),
    ):
        count = partial(frozen.count, unit="response", dimensions=CROSSING, questions=[code])
        scanning = partial(
            scan,
            str(path),
            question=code,
            responses=frozen.document["responses"],
            outcomes=outcomes,
            number=number,
        )
        table = count()
        assert table.rows
        counted, scanned = measure(count, rounds=ROUNDS), measure(scanning, rounds=ROUNDS)
        show(
            f"{FEW_RESPONSES} responses, a question with {name}, {len(table.rows)} rows: table {counted:.1f} ms, "
            f"Polars {scanned:.1f} ms, ratio {counted / scanned:.2f}"
        )
