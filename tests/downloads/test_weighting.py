"""Weighted results are asked for on purpose, and say so in the form, in the name and in the file."""

import csv

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from surveys.downloads.exports import name_download
from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.lifecycle.submission import submit_response
from tests.responses.factories import NOW, choose, make_response, make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def wave():
    """Six municipalities of each size class: the small ones say yes, all others no."""
    wave = make_wave(code="2026")
    frame = FrameMunicipality.objects.filter(wave=wave).order_by("size_class__lower_bound", "municipality")
    by_class: dict[str, list[str]] = {}
    for municipality, size_class in frame.values_list("municipality", "size_class"):
        by_class.setdefault(size_class, []).append(municipality)
    for codes, answer in zip(by_class.values(), ("ja", "nee", "nee"), strict=True):
        for code in codes[:6]:
            response = make_response(
                wave, code, answers={"beperkt": choose(answer), "poh": choose("nee")}, at=NOW
            )
            submit_response(response, by=None, at=NOW)
    return wave


def export(path, *arguments):
    call_command("export_results", "--wave", "2026", "--out", str(path), *arguments)


def read_share(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        (row,) = [row for row in rows if (row["question"], row["option"]) == ("beperkt", "ja")]
    return float(row["share"]), row["n"], row["base"]


def test_a_weighted_share_is_that_of_the_country_and_the_numbers_are_those_that_were_counted(wave, tmp_path):
    export(tmp_path / "gewoon.csv", "--format", "csv")
    export(tmp_path / "gewogen.csv", "--format", "csv", "--weighted")

    small = FrameMunicipality.objects.filter(wave=wave, size_class__lower_bound=0).count()
    everybody = FrameMunicipality.objects.filter(wave=wave).count()
    share, *counted = read_share(tmp_path / "gewogen.csv")
    assert read_share(tmp_path / "gewoon.csv") == (pytest.approx(1 / 3), *counted)
    assert share == pytest.approx(small / everybody)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Niet gewogen: ieder antwoord telt even zwaar."),
        (["--weighted"], "De aandelen zijn gewogen naar grootteklasse"),
    ],
)
def test_the_file_says_whether_it_is_weighted(wave, tmp_path, arguments, expected):
    path = tmp_path / "uit.xlsx"
    export(path, "--format", "xlsx", *arguments)

    rows = openpyxl.load_workbook(path)["Toelichting"].iter_rows(max_col=2, values_only=True)
    assert dict(rows)["Weging"].startswith(expected)


@pytest.mark.parametrize("arguments", [["--raw"], ["--unit", "response"]])
def test_what_has_no_weights_is_refused(wave, tmp_path, arguments):
    with pytest.raises(CommandError, match=r"--(weighted|raw) gaat niet samen"):
        export(tmp_path / "uit.csv", "--format", "csv", "--weighted", *arguments)

    assert list(tmp_path.iterdir()) == []


def test_the_name_says_it(wave):
    name = name_download(
        wave, content="results", breakdowns=[], unit="municipality", is_weighted=True, file_format="csv"
    )

    assert name == "maatregelenmonitor_2026_resultaten_gemeenten_gewogen.csv"
