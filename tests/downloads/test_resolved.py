"""The file with the answer that holds per municipality, and where it comes from."""

import csv

import pyreadstat
import pytest

from surveys.downloads.exports import name_download, write_export
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.on_behalf import SeenAnswer
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    STRANGER,
    choose,
    make_response,
    make_wave,
    write,
)
from tests.responses.regions import deviate, make_region_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    """Leiden answers itself and leaves one question to its region; the region deviates once for Hillegom."""
    wave = make_wave()
    region = make_region_response(
        wave,
        answers={
            "beperkt": choose("ja"),
            "hoe": choose("wijk", "school"),
            "poh": choose("nee"),
            "uitleg": write("Samen."),
        },
    )
    deviate(region, OTHER_MEMBER, {"uitleg": write("Anders.")})
    submit_response(region, by=None, at=NOW)
    answers = {"beperkt": choose("ja"), "poh": choose("nee"), "hoe": choose("anders", anders="Thuis")}
    submit_response(make_response(wave, MEMBER, answers=answers), by=None, at=NOW)
    return wave


@pytest.fixture
def export(wave, tmp_path):
    def write_file(file_format):
        path = tmp_path / f"uit.{file_format}"
        write_export(
            wave,
            content="resolved",
            breakdowns=(),
            unit="",
            file_format=file_format,
            path=path,
            report_progress=lambda _: None,
        )
        return path

    return write_file


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["municipality"]: row for row in csv.DictReader(file, delimiter=";")}


def pick(row, *questions):
    return {question: (row[question], row[f"{question}__herkomst"]) for question in questions}


def test_every_municipality_of_the_frame_has_a_row_with_where_each_answer_comes_from(wave, export):
    rows = read_csv(export("csv"))

    assert list(rows) == sorted(wave.frame.values_list("municipality", flat=True))
    assert pick(rows[MEMBER], "beperkt", "hoe", "uitleg") == {
        "beperkt": ("ja", "own"),
        "hoe": ("anders", "own"),
        "uitleg": ("Samen.", "inherited"),
    }
    assert rows[MEMBER]["hoe__toelichting"] == "Thuis"
    assert pick(rows[OTHER_MEMBER], "beperkt", "hoe", "uitleg", "kosten") == {
        "beperkt": ("ja", "inherited"),
        "hoe": ("school wijk", "inherited"),
        "uitleg": ("Anders.", "overridden"),
        "kosten": ("", "none"),
    }
    assert pick(rows[STRANGER], "beperkt") == {"beperkt": ("", "none")}
    facts = wave.frame.select_related("province").get(municipality=MEMBER)
    assert (rows[MEMBER]["name"], rows[MEMBER]["province"]) == (facts.name, facts.province.name)
    assert rows[MEMBER]["inhabitants"] == str(facts.population)


def test_what_is_disputed_says_so_and_has_no_answer(wave, export):
    region = wave.responses.get(organisation__kind="youth_region")
    dispute_answer(
        region,
        municipality=OTHER_MEMBER,
        question="poh",
        seen=SeenAnswer(1),
        reason="Klopt niet.",
        by=None,
        at=NOW,
    )

    rows = read_csv(export("csv"))

    assert pick(rows[OTHER_MEMBER], "poh") == {"poh": ("", "disputed")}
    assert pick(rows[MEMBER], "poh") == {"poh": ("nee", "own")}


def test_the_filled_cells_are_what_is_counted(wave, export):
    submit_response(make_response(wave, STRANGER, answers=COMPLETE), by=None, at=NOW)

    rows = read_csv(export("csv"))

    assert sorted(row["poh"] for row in rows.values() if row["poh"]) == ["nee", "nee", "nee"]


def test_spss_has_an_option_per_column_and_the_provenance_as_labels(export):
    values, about = pyreadstat.read_sav(export("sav"), output_format="dict")

    place = values["municipality"].index(OTHER_MEMBER)
    assert [values[name][place] for name in ("hoe.school", "hoe.wijk", "hoe.anders")] == [1, 1, 0]
    assert about.variable_value_labels["uitleg__herkomst"][values["uitleg__herkomst"][place]] == (
        "afwijking bij de jeugdregio"
    )
    assert "Vertrouwelijk: Dit bestand" in " ".join(about.notes)


def test_rows_are_read_in_parts(export, monkeypatch):
    whole = read_csv(export("csv"))
    monkeypatch.setattr("surveys.downloads.queries.ROWS_AT_A_TIME", 100)
    assert read_csv(export("csv")) == whole


def test_its_name_says_what_is_in_the_file(wave):
    name = name_download(wave, content="resolved", breakdowns=(), unit="", file_format="sav")
    assert name == "maatregelenmonitor_proef_antwoorden-per-gemeente.sav"
