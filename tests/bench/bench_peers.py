"""The same twenty questions in the two survey products that Django projects use; see docs/benchmark.md.

Wagtail's form builder is part of a library that is here anyway. django-survey-and-report is installed in an environment
of its own, for this bench alone, and keeps its answers in SQLite, whatever database ours are in.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import django
import pytest
from django.test import Client

from surveys.accounts.models import Person
from tests.bench.bench_files import KINDS, make_big_wave, write
from tests.bench.bench_saving import (
    RESPONSES,
    fill_in_peer,
    make_our_form,
    make_peer_page,
)

pytestmark = pytest.mark.django_db(transaction=True)

HELD = 2_000
SURVEY_AND_REPORT = "django-survey-and-report==1.5.0"
SCRIPT = Path(__file__).with_name("survey_and_report.py")


@pytest.fixture(scope="module")
def survey_and_report(tmp_path_factory) -> dict[str, float]:
    """Seconds for storing RESPONSES responses through its own form, and for the CSV of HELD."""
    folder = tmp_path_factory.mktemp("survey-and-report")
    python = folder / "venv" / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", str(folder / "venv")],
        [str(python), "-m", "pip", "install", "--quiet", SURVEY_AND_REPORT, f"Django=={django.__version__}"],
    ):
        subprocess.run(command, check=True, capture_output=True)
    done = subprocess.run(
        [str(python), str(SCRIPT), str(folder / "survey.sqlite3"), str(RESPONSES), str(HELD)],
        check=True,
        capture_output=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def test_a_response_stored_next_to_survey_and_report(show, survey_and_report):
    prepare = make_our_form()
    sending = [prepare(number) for number in range(RESPONSES)]
    begin = perf_counter()
    for send in sending:
        send()
    ours, theirs = perf_counter() - begin, survey_and_report["storing"]
    show(
        f"whole responses: ours {RESPONSES / ours:.0f} per second, {SURVEY_AND_REPORT} (SQLite) "
        f"{RESPONSES / theirs:.0f}, ratio {theirs / ours:.1f}"
    )


def test_the_csv_next_to_both(show, tmp_path, survey_and_report):
    wave = make_big_wave(HELD)
    ours = write("ours", "csv", wave=wave, path=str(tmp_path / "ours.csv"))["seconds"]
    builder, theirs = time_form_builder(), survey_and_report["writing"]
    show(
        f"CSV of {HELD:,} × {len(KINDS)}: ours {ours:.2f} s, "
        f"form builder {builder:.2f} s (ratio {builder / ours:.1f}), "
        f"{SURVEY_AND_REPORT} (SQLite) {theirs:.2f} s (ratio {theirs / ours:.0f})"
    )


def time_form_builder() -> float:
    """Seconds for the CSV that its own screen gives an administrator."""
    page, client = make_peer_page(), Client()
    model = page.get_submission_class()
    first = store(page)
    model.objects.bulk_create(model(page=page, form_data=first.form_data) for _ in range(HELD - 1))
    client.force_login(Person.objects.create_superuser("beheerder@voorbeeld.example"))
    begin = perf_counter()
    response = client.get(f"/beheer/forms/submissions/{page.pk}/", {"export": "csv"})
    lines = b"".join(response).count(b"\n")
    spent = perf_counter() - begin
    assert lines == HELD + 1
    return spent


def store(page):
    Client().post(page.url, fill_in_peer(), content_type="application/x-www-form-urlencoded")
    return page.get_submission_class().objects.get()
