"""How long counting takes, next to the least the database could do; see docs/benchmark.md. Run by `make bench`."""

from collections.abc import Callable
from time import perf_counter

import pytest
from django.db import connection
from django.db.models import Count

from surveys.questionnaire.models import Wave
from surveys.responses.models import ResolvedAnswer, Response
from surveys.results.counting import count_answers
from tests.responses.factories import make_definition, make_question, make_wave

pytestmark = pytest.mark.django_db

ROUNDS = 7
FEW_RESPONSES, MANY_RESPONSES = 50_000, 500_000
CROSSING = ("youth_region", "size_class")
KINDS = ["single"] * 8 + ["multiple"] * 3 + ["number"] * 4 + ["text"] * 5
OPTIONS = ("ja", "nee", "deels", "onbekend")

# Every response is of an organisation of its own, in the groups of a municipality of the frame. Rows are stored in the
# order in which a site gets them, response by response: what lies together is read together.
ADD_RESPONSES = (
    """
    INSERT INTO territory_municipality (code, name)
    WITH RECURSIVE n(i) AS (SELECT %(first)s UNION ALL SELECT i + 1 FROM n WHERE i < %(last)s)
    SELECT CAST(100000 + i AS varchar(6)), 'Gemeente' FROM n
    """,
    """
    INSERT INTO accounts_organisation (code, name, kind, municipality_id)
    SELECT code, name, 'municipality', code FROM territory_municipality
    WHERE code BETWEEN CAST(100000 + %(first)s AS varchar(6)) AND CAST(100000 + %(last)s AS varchar(6))
    """,
    """
    INSERT INTO responses_response (
        wave_id, version_id, organisation_id, status, started_at, submitted_at, receipt_code, exclusion_reason,
        withdrawal_reason, reopening_reason, size_class_id, province_id, youth_region_id
    )
    WITH RECURSIVE n(i) AS (SELECT %(first)s UNION ALL SELECT i + 1 FROM n WHERE i < %(last)s),
    place AS (
        SELECT row_number() OVER (ORDER BY id) - 1 AS place, wave_id, size_class_id, province_id, youth_region_id
        FROM questionnaire_framemunicipality WHERE wave_id = %(wave)s
    )
    SELECT
        wave.id, wave.version_id, CAST(100000 + i AS varchar(6)), 'submitted', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,
        '', '', '', '', place.size_class_id, place.province_id, place.youth_region_id
    FROM n
    JOIN place ON place.place = i %% (SELECT count(*) FROM place)
    JOIN questionnaire_wave wave ON wave.id = place.wave_id
    ORDER BY i
    """,
    """
    INSERT INTO responses_answer (
        response_id, question_id, revision, state, text, number, caveat, is_routed, saved_at
    )
    SELECT
        r.id, q.id, 1, 'given', CASE q.kind WHEN 'text' THEN 'Tekst' ELSE '' END,
        CASE q.kind WHEN 'number' THEN (r.id * 7919 + q.id * 31) %% 1000 END, '', true, r.started_at
    FROM responses_response r JOIN questionnaire_question q ON q.version_id = r.version_id
    WHERE r.organisation_id BETWEEN CAST(100000 + %(first)s AS varchar(6)) AND CAST(100000 + %(last)s AS varchar(6))
    ORDER BY r.id, q.id
    """,
    """
    INSERT INTO responses_answeroption (answer_id, option_id, text, rank)
    SELECT a.id, o.id, '', 0
    FROM responses_answer a
    JOIN responses_response r ON r.id = a.response_id
    JOIN questionnaire_question q ON q.id = a.question_id
    JOIN questionnaire_option o ON o.question_id = q.id AND CASE q.kind
        WHEN 'single' THEN (r.id / 7 + q.id) %% 4 = o.position %% 4
        ELSE (r.id / 5 + q.id + o.position) %% 2 = 0
    END
    WHERE r.organisation_id BETWEEN CAST(100000 + %(first)s AS varchar(6)) AND CAST(100000 + %(last)s AS varchar(6))
    ORDER BY a.id, o.id
    """,
)
ONE_GROUP_BY = """
    SELECT a.question_id, a.state, chosen.option_id, r.size_class_id, r.youth_region_id, count(*)
    FROM responses_answer a
    JOIN responses_response r ON r.id = a.response_id
    LEFT JOIN responses_answeroption chosen ON chosen.answer_id = a.id
    WHERE r.wave_id = %s AND r.status = 'submitted' AND a.is_routed AND a.municipality_id IS NULL
    GROUP BY a.question_id, a.state, chosen.option_id, r.size_class_id, r.youth_region_id
"""
BREAKDOWNS = {
    "all questions": (),
    "by size class": ("size_class",),
    "by youth region": ("youth_region",),
    "by youth region and size class": ("youth_region", "size_class"),
}


def measure(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The best of several rounds, in milliseconds: what else the machine does only ever adds."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


@pytest.mark.usefixtures("demo_database")
@pytest.mark.parametrize("name", BREAKDOWNS)
def test_counting(name, show):
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
    show(f"{name:31} {len(table.rows):6} rows  table {counted:7.1f} ms   bare GROUP BY {bare:7.1f} ms")


def ask_twenty_questions() -> Wave:
    """A wave in which everybody is asked everything."""
    questions = tuple(
        make_question(f"vraag-{number}", kind, options=OPTIONS if kind in {"single", "multiple"} else ())
        for number, kind in enumerate(KINDS)
    )
    return make_wave(make_definition(("een", questions)))


def add_responses(wave: Wave, *, first: int, last: int) -> None:
    """Submitted responses with an answer to every question, made inside the database."""
    with connection.cursor() as cursor:
        for statement in ADD_RESPONSES:
            cursor.execute(statement, {"first": first, "last": last, "wave": wave.pk})
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # what autovacuum does by itself once the rows are committed
    assert Response.objects.filter(wave=wave).count() == last


def group_by(wave: Wave) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ONE_GROUP_BY, [wave.pk])
        return cursor.fetchall()


def measure_counting(wave: Wave, *, rounds: int) -> tuple[float, float]:
    """Milliseconds of all questions by size class and region, and of one GROUP BY; they take turns."""
    counted, bare = [], []
    for _ in range(rounds):
        counted.append(measure(lambda: count_answers(wave, unit="response", dimensions=CROSSING), rounds=1))
        bare.append(measure(lambda: group_by(wave), rounds=1))
    return min(counted), min(bare)


def test_responses_next_to_one_group_by(show):
    wave = ask_twenty_questions()
    add_responses(wave, first=1, last=FEW_RESPONSES)
    counted, bare = measure_counting(wave, rounds=5)
    show(
        f"{FEW_RESPONSES} responses of {len(KINDS)} questions: table {counted:.0f} ms, "
        f"one GROUP BY {bare:.0f} ms, ratio {counted / bare:.2f}"
    )


def test_growth_with_the_responses(show):
    wave = ask_twenty_questions()
    add_responses(wave, first=1, last=FEW_RESPONSES)
    few, few_bare = measure_counting(wave, rounds=3)
    add_responses(wave, first=FEW_RESPONSES + 1, last=MANY_RESPONSES)
    many, many_bare = measure_counting(wave, rounds=2)
    show(
        f"{MANY_RESPONSES} : {FEW_RESPONSES} responses: table {many:.0f} : {few:.0f} ms, ratio {many / few:.2f}; "
        f"one GROUP BY {many_bare:.0f} : {few_bare:.0f} ms, ratio {many_bare / few_bare:.2f}"
    )
