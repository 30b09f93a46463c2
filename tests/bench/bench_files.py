"""What a file with the answers of 50,000 responses to twenty questions costs, next to the least that does it.

Every file is written in a process of its own, so that its memory is its own; see docs/benchmark.md. Ours is written of
10,000 and of 500,000 responses as well: memory does not grow with them.
"""

import json
import subprocess
import sys

import pytest
from django.db import connection
from django.utils import timezone

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer, Response
from surveys.territory.models import Municipality
from tests.responses.factories import make_definition, make_question, make_wave

pytestmark = pytest.mark.django_db(transaction=True)

FEW_RESPONSES, RESPONSES, MANY_RESPONSES = 10_000, 50_000, 500_000
ROUNDS = 2
FORMATS = ("csv", "xlsx", "ods", "sav", "parquet")
BATCH = 10_000
KINDS = ["single"] * 8 + ["multiple"] * 3 + ["number"] * 4 + ["text"] * 5
OPTIONS = ("ja", "nee", "deels", "onbekend")
ANSWER_ALL = """
    INSERT INTO responses_answer
        (response_id, question_id, revision, state, text, number, caveat, is_routed, saved_at)
    SELECT r.id, q.id, 1, 'given', CASE WHEN q.kind = 'text' THEN 'Wij doen dit sinds 2021.' ELSE '' END,
        CASE WHEN q.kind = 'number' THEN r.id % 1000 END, '', true, r.started_at
    FROM responses_response r JOIN questionnaire_question q ON q.version_id = r.version_id
"""
COVER_ALL = """
    INSERT INTO responses_responsemunicipality (response_id, municipality_id, may_be_named)
    SELECT id, organisation_id, true FROM responses_response
"""
# Of every question one answer in forty is a kind of nothing.
KINDS_OF_NOTHING = """
    UPDATE responses_answer SET state = 'dont_know', text = '', number = NULL
    WHERE (response_id + question_id) % 40 = 0
"""
CHOOSE_ALL = """
    INSERT INTO responses_answeroption (answer_id, option_id, text, rank)
    SELECT a.id, o.id, '', 0 FROM responses_answer a
    JOIN questionnaire_question q ON q.id = a.question_id
    JOIN questionnaire_option o ON o.question_id = q.id
    WHERE a.state = 'given' AND (
        (q.kind = 'single' AND o.position % 4 = a.response_id % 4)
        OR (q.kind = 'multiple' AND (o.position + a.response_id) % 2 = 0)
    )
"""


def make_big_wave(responses: int) -> Wave:
    questions = tuple(
        make_question(f"vraag-{number}", kind, options=OPTIONS if kind in {"single", "multiple"} else ())
        for number, kind in enumerate(KINDS)
    )
    wave = make_wave(make_definition(("een", questions)))
    now = timezone.now()
    for start in range(0, responses, BATCH):
        codes = [f"B{number:05x}" for number in range(start, min(start + BATCH, responses))]
        Municipality.objects.bulk_create(Municipality(code=code, name=code) for code in codes)
        Organisation.objects.bulk_create(
            Organisation(code=code, name=code, kind="municipality", municipality_id=code) for code in codes
        )
        Response.objects.bulk_create(
            Response(
                wave=wave, version=wave.version, organisation_id=code, status="submitted", started_at=now
            )
            for code in codes
        )
    with connection.cursor() as cursor:
        for statement in (COVER_ALL, ANSWER_ALL, KINDS_OF_NOTHING, CHOOSE_ALL, "ANALYZE"):
            cursor.execute(statement)
    return wave


def write(kind: str, file_format: str, *, wave: Wave, path: str) -> dict[str, float]:
    call = f"write_file({kind!r}, {file_format!r}, {wave.code!r}, Path({path!r}))"
    code = f"from tests.bench.file_writing import *; {call}"
    done = subprocess.run(
        [sys.executable, "-m", "django", "shell", "--settings=tests.bench.settings", "--command", code],
        check=True,
        capture_output=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def test_files(tmp_path, capsys):
    wave = make_big_wave(RESPONSES)
    assert Answer.objects.count() == RESPONSES * len(KINDS)
    for file_format in FORMATS:
        paths = {kind: tmp_path / f"{kind}.{file_format}" for kind in ("ours", "bare")}
        rounds = [
            {kind: write(kind, file_format, wave=wave, path=str(path)) for kind, path in paths.items()}
            for _ in range(ROUNDS)
        ]
        ours, bare = (
            {name: min(each[kind][name] for each in rounds) for name in rounds[0][kind]}
            for kind in ("ours", "bare")
        )
        if file_format == "csv":
            _, ours_rows = paths["ours"].read_bytes().split(b"\r\n", 1)
            assert ours_rows == paths["bare"].read_bytes()
        with capsys.disabled():
            print(  # noqa: T201
                f"\n{connection.vendor:10} {RESPONSES:6,} × {len(KINDS)} as {file_format:7} "
                f"{ours['seconds']:6.2f} s  +{ours['megabytes']:.0f} MB   bare {bare['seconds']:6.2f} s  "
                f"+{bare['megabytes']:.0f} MB   ratio {ours['seconds'] / bare['seconds']:.2f}, "
                f"of processor time here {ours['processor'] / bare['processor']:.2f}",
                end="",
            )


@pytest.mark.parametrize("responses", [FEW_RESPONSES, MANY_RESPONSES])
def test_memory(tmp_path, capsys, responses):
    wave = make_big_wave(responses)
    assert Answer.objects.count() == responses * len(KINDS)
    for file_format in FORMATS:
        ours = write("ours", file_format, wave=wave, path=str(tmp_path / f"ours.{file_format}"))
        with capsys.disabled():
            print(  # noqa: T201
                f"\n{connection.vendor:10} {responses:7,} × {len(KINDS)} as {file_format:7} "
                f"{ours['seconds']:6.2f} s  +{ours['megabytes']:.0f} MB",
                end="",
            )
