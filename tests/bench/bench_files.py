"""What a file with the answers of 50,000 responses to twenty questions costs, next to the least that does it.

Every file is written in a process of its own, so that its memory is its own; see docs/benchmark.md. With 10,000
responses as well it shows that memory does not grow with them.
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

FEW_RESPONSES, RESPONSES = 10_000, 50_000
ROUNDS = 2
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
CHOOSE_ALL = """
    INSERT INTO responses_answeroption (answer_id, option_id, text, rank)
    SELECT a.id, o.id, '', 0 FROM responses_answer a
    JOIN questionnaire_question q ON q.id = a.question_id
    JOIN questionnaire_option o ON o.question_id = q.id
    WHERE (q.kind = 'single' AND o.position % 4 = a.response_id % 4)
        OR (q.kind = 'multiple' AND (o.position + a.response_id) % 2 = 0)
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
        for statement in (ANSWER_ALL, CHOOSE_ALL, "ANALYZE"):
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


@pytest.mark.parametrize("responses", [FEW_RESPONSES, RESPONSES])
def test_files(tmp_path, capsys, responses):
    wave = make_big_wave(responses)
    assert Answer.objects.count() == responses * len(KINDS)
    for file_format in ("csv", "xlsx", "ods", "sav", "parquet"):
        rounds = [
            {
                kind: write(kind, file_format, wave=wave, path=str(tmp_path / f"{kind}.{file_format}"))
                for kind in ("ours", "bare")
            }
            for _ in range(ROUNDS)
        ]
        best = {
            kind: min((each[kind] for each in rounds), key=lambda one: one["seconds"]) for kind in rounds[0]
        }
        ours, bare = best["ours"], best["bare"]
        with capsys.disabled():
            print(  # noqa: T201
                f"\n{connection.vendor:10} {responses:6,} × {len(KINDS)} as {file_format:7} "
                f"{ours['seconds']:6.2f} s  +{ours['megabytes']:.0f} MB   bare {bare['seconds']:6.2f} s  "
                f"+{bare['megabytes']:.0f} MB   ratio {ours['seconds'] / bare['seconds']:.2f}",
                end="",
            )
