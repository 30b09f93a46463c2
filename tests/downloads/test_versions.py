"""The file with all answers, of a wave that asked two versions."""

import csv

import pytest

from surveys.downloads.exports import write_export
from surveys.questionnaire.lifecycle import publish_definition
from surveys.responses.lifecycle.versions import ask_newer_version
from tests.responses.factories import MEMBER, STRANGER, choose, make_response, make_wave
from tests.responses.test_versions import ANSWERS, make_next

pytestmark = pytest.mark.django_db


def test_answers_to_an_older_version_stand_under_their_code_where_they_mean_the_same(tmp_path):
    wave = make_wave()
    make_response(wave, STRANGER, answers=ANSWERS)
    ask_newer_version(wave, version=publish_definition(make_next()))
    wave.refresh_from_db()
    make_response(wave, MEMBER, answers={"beperkt": choose("nee"), "poh": choose("ja")})
    path = tmp_path / "antwoorden.csv"
    write_export(
        wave,
        content="responses",
        breakdowns=(),
        unit="response",
        file_format="csv",
        path=path,
        report_progress=lambda _: None,
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["respondent"]: row for row in csv.DictReader(file, delimiter=";")}
    old, new = rows[STRANGER], rows[MEMBER]
    assert (old["beperkt"], old["uitleg"], old["fte"]) == ("ja", "Zo doen wij dat.", "12")
    assert (new["beperkt"], new["poh"]) == ("nee", "ja")
    # In the version of the wave these mean something else, or are not asked any more.
    assert (old["poh"], old["verzekeraar"]) == ("", "")
    assert "kosten" not in old
