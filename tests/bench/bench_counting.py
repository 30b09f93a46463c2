"""How long counting takes, next to the least the database could do; see docs/benchmark.md. Run by `make bench`."""

from collections.abc import Callable
from time import perf_counter

import pytest
from django.db import connection
from django.db.models import Count

from surveys.questionnaire.models import Wave
from surveys.responses.models import ResolvedAnswer
from surveys.results.counting import count_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

ROUNDS = 7
BREAKDOWNS = {
    "all questions": (),
    "by size class": ("size_class",),
    "by youth region": ("youth_region",),
    "by youth region and size class": ("youth_region", "size_class"),
}


def measure(work: Callable[[], object]) -> float:
    """The best of several rounds, in milliseconds: what else the machine does only ever adds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_counting(name, capsys):
    wave = Wave.objects.select_related("version").get(code="2022")
    dimensions = BREAKDOWNS[name]
    columns = [f"municipality__frame_rows__{dimension}_id" for dimension in dimensions]
    floor = (
        ResolvedAnswer.objects.filter(wave=wave, municipality__frame_rows__wave=wave)
        .order_by()
        .values_list("question", "answer__chosen__option", *columns)
        .annotate(Count("pk"))
    )
    table = count_answers(wave, unit="municipality", dimensions=dimensions)
    counted = measure(lambda: count_answers(wave, unit="municipality", dimensions=dimensions))
    bare = measure(lambda: list(floor.all()))
    assert table.rows
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{connection.vendor:10} {name:31} {len(table.rows):6} rows  "
            f"table {counted:7.1f} ms   bare GROUP BY {bare:7.1f} ms",
            end="",
        )
