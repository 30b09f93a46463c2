import csv
from dataclasses import replace
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command

from surveys.coding.lifecycle.releasing import release_counts
from surveys.coding.lifecycle.rounds import begin_settling
from surveys.downloads.exports import name_download, write_export
from surveys.questionnaire.caveats import caveat_sources
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.merging import AnswerChange
from surveys.results.counting import count_answers
from surveys.results.table import RESULT_COLUMNS
from tests.coding.factories import assign, code, make_round, write_texts
from tests.downloads.factories import make_submitted_wave
from tests.responses.factories import (
    COMPLETE,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_person,
    make_response,
    write,
)
from tests.responses.regions import deviate


@pytest.fixture
def wave(db):
    return make_submitted_wave()


@pytest.fixture
def export(wave, tmp_path):
    def write_and_read(file_format="csv", *, content="results", breakdowns=(), unit="municipality"):
        path, progress = tmp_path / f"uit.{file_format}", []
        write_export(
            wave,
            content=content,
            breakdowns=breakdowns,
            unit=unit,
            file_format=file_format,
            path=path,
            report_progress=progress.append,
        )
        assert progress[-1] == 1
        if file_format == "csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file, delimiter=";"))
        return openpyxl.load_workbook(path)

    return write_and_read


def read_explanation(book):
    return [tuple(cell.value for cell in row) for row in book["Toelichting"].iter_rows(max_col=2)]


def test_the_file_holds_the_rows_of_the_one_table(wave, export):
    table = count_answers(wave, unit="inhabitants", dimensions=["size_class"])

    rows = export(breakdowns=["size_class"], unit="inhabitants")

    assert [list(row.values()) for row in rows] == [
        ["" if (cell := getattr(row, name)) is None else str(cell) for name in RESULT_COLUMNS]
        for row in table.rows
    ]


def test_caveats_of_higher_layers_are_in_the_file(export, monkeypatch):
    monkeypatch.setattr(
        "surveys.questionnaire.caveats.caveat_sources", [*caveat_sources, lambda _wave: ["Verzonnen."]]
    )

    assert ("Let op", "Verzonnen.") in read_explanation(export("xlsx"))
    assert ("Let op", "Verzonnen.") in read_explanation(export("xlsx", content="responses"))


def test_a_file_with_small_groups_says_so(wave, export):
    warning = "Op de openbare site tonen we die niet."

    def list_warnings():
        return [text for _, text in read_explanation(export("xlsx")) if text and warning in text]

    assert len(list_warnings()) == 1
    wave.minimum_public_base = 1
    wave.save()

    assert list_warnings() == []


def test_responses_are_one_row_each_in_the_wide_format(wave, export):
    answers = {
        "beperkt": choose("ja"),
        "hoe": choose("anders", "school", anders="=thuis; bij 's-Hertogenbosch"),
        "knelpunten": write('Regel "één"\nregel twee'),
        "poh": choose("overig"),
        "fte": count("2.5"),
        "kosten": count("1000"),
    }
    make_response(wave, REGION, answers=answers, covers=[OTHER_MEMBER, MEMBER])
    make_response(wave, STRANGER, answers={"beperkt": DONT_KNOW})

    rows = {row["respondent"]: row for row in export(content="responses")}

    assert list(rows) == sorted([MEMBER, STRANGER, REGION])
    assert list(rows[REGION]) == [
        *("respondent", "municipalities", "status"),
        *("beperkt", "hoe", "uitleg", "knelpunten", "poh", "verzekeraar", "sinds", "fte", "kosten"),
        "hoe__toelichting",
    ]
    assert rows[REGION] == {
        "respondent": REGION,
        "municipalities": f"{OTHER_MEMBER} {MEMBER}",
        "status": "draft",
        "beperkt": "ja",
        "hoe": "school anders",
        "uitleg": "",
        "knelpunten": 'Regel "één"\nregel twee',
        "poh": "overig",
        "verzekeraar": "",
        "sinds": "",
        "fte": "2.5",
        "kosten": "1000",
        "hoe__toelichting": "'=thuis; bij 's-Hertogenbosch",
    }
    assert rows[STRANGER]["beperkt"] == "#weet_niet"
    assert (rows[MEMBER]["status"], rows[MEMBER]["municipalities"]) == ("submitted", MEMBER)


def test_caveats_stand_beside_the_answers_of_who_added_them(wave, export):
    make_response(
        wave,
        STRANGER,
        answers=COMPLETE | {"beperkt": replace(choose("nee"), caveat="Per 1 juli; niet eerder")},
    )
    region = make_response(wave, REGION, answers={"poh": choose("ja")}, covers=[MEMBER, OTHER_MEMBER])
    deviate(region, MEMBER, {"poh": replace(choose("nee"), caveat="Alleen in het dorp")})

    rows = {row["respondent"]: row for row in export(content="responses")}

    assert list(rows[REGION])[-3:] == [
        "hoe__toelichting",
        "beperkt__kanttekening",
        f"poh__kanttekening@{MEMBER}",
    ]
    assert {code: list(row.values())[-2:] for code, row in rows.items()} == {
        MEMBER: ["", ""],
        STRANGER: ["Per 1 juli; niet eerder", ""],
        REGION: ["", "Alleen in het dorp"],
    }


def test_what_researchers_corrected_stands_beside_the_answer_with_what_it_was(wave, export):
    response = submit_response(make_response(wave, STRANGER, answers=COMPLETE), by=None, at=NOW)
    otto = make_person("Otto")
    for base, (amount, reason) in enumerate([(1200, "Stond in de mail."), (1300, "Toch niet; gebeld.")]):
        change = AnswerChange("kosten", count(amount), base)
        correct_answer(response, change=change, reason=reason, by=otto, at=NOW)

    rows = {row["respondent"]: row for row in export(content="responses")}

    assert rows[STRANGER]["kosten"] == "1300"
    latest, first = rows[STRANGER]["kosten__correctie"].splitlines()
    assert latest.startswith("Gewijzigd door Otto, namens de onderzoekers, op ")
    assert latest.endswith("Er stond: € 1.200. Reden: Toch niet; gebeld.")
    assert "Er stond: Niet ingevuld. Reden: Stond in de mail. Het werd: € 1.200." in first
    assert rows[MEMBER]["kosten__correctie"] == ""
    assert list(rows[MEMBER])[-1] == "kosten__correctie"


def test_an_answer_that_the_routing_hides_is_not_in_the_file(wave, export):
    response = make_response(wave, STRANGER, answers={"poh": choose("ja"), "sinds": count(2020)})
    assert {row["respondent"]: row for row in export(content="responses")}[STRANGER]["sinds"] == "2020"

    answer(response, {"sinds": replace(count(2020), caveat="Ongeveer")})
    assert "sinds__kanttekening" in export(content="responses")[0]

    answer(response, {"poh": choose("nee")})

    assert "sinds__kanttekening" not in export(content="responses")[0]
    assert {row["respondent"]: row for row in export(content="responses")}[STRANGER]["sinds"] == ""


def test_numbers_and_formulas_in_a_spreadsheet_of_responses(wave, export):
    make_response(wave, STRANGER, answers={**COMPLETE, "kosten": count("12.5"), "knelpunten": write("=1+1")})

    sheet = export("xlsx", content="responses")["Reacties"]

    header = [cell.value for cell in sheet[1]]
    cells = dict(zip(header, sheet[2], strict=True))
    assert cells["respondent"].value == STRANGER
    assert (cells["kosten"].value, cells["kosten"].data_type) == (12.5, "n")
    assert (cells["knelpunten"].value, cells["knelpunten"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("organisations", [[], [STRANGER, REGION]])
def test_the_file_of_responses_takes_a_fixed_number_of_queries(
    wave, export, organisations, django_assert_num_queries
):
    for organisation in organisations:
        make_response(wave, organisation, answers=COMPLETE)
    export(content="responses")

    with django_assert_num_queries(9):
        export(content="responses")


def test_many_responses_are_read_in_parts(wave, export, monkeypatch):
    for organisation in (STRANGER, REGION, OTHER_MEMBER):
        make_response(wave, organisation, answers=COMPLETE)
    whole = export(content="responses")

    monkeypatch.setattr("surveys.downloads.queries.ROWS_AT_A_TIME", 3)

    assert export(content="responses") == whole
    assert len(whole) == 4


@pytest.mark.parametrize(
    ("content", "breakdowns", "unit", "expected"),
    [
        ("results", [], "response", "maatregelenmonitor_proef_resultaten_reacties.ods"),
        (
            "results",
            ["size_class"],
            "municipality",
            "maatregelenmonitor_proef_resultaten_grootteklasse_gemeenten.ods",
        ),
        (
            "results",
            ["respondent_type", "province"],
            "inhabitants",
            "maatregelenmonitor_proef_resultaten_soort-respondent_provincie_inwoners.ods",
        ),
        ("responses", [], "", "maatregelenmonitor_proef_reacties.ods"),
    ],
)
def test_the_name_says_what_is_in_the_file(wave, content, breakdowns, unit, expected):
    assert (
        name_download(wave, content=content, breakdowns=breakdowns, unit=unit, file_format="ods") == expected
    )


def test_the_file_counts_themes_and_its_codebook_explains_them(wave, export):
    texts = write_texts(wave, "Te weinig geld", "Lang wachten")
    coding_round = make_round(wave)
    for name in ("Anna", "Bert"):
        assignment = assign(coding_round, name)
        code(assignment, texts[0], "geld")
        code(assignment, texts[1], "wachten", "geld")
    release_counts(begin_settling(coding_round, by=None), by=None)

    rows = [row for row in export(unit="response") if row["question"] == "knelpunten"]
    assert [(row["option"], row["option_text"], row["n"], row["base"]) for row in rows] == [
        ("#ingevuld", "Ingevuld", "2", "2"),
        ("geld", "Geld", "2", "2"),
        ("wachten", "Wachten", "1", "2"),
        ("personeel", "Personeel", "0", "2"),
        ("#niet_ingevuld", "Niet ingevuld", "1", ""),
    ]

    book = export("xlsx", unit="response")
    [line] = [row for row in book["Codeboek"].iter_rows(values_only=True) if row[0] == "knelpunten"]
    assert line[4] == "tekst, ingedeeld in thema's (codeboek versie 1)"
    assert line[5].split("\n")[0] == "geld = Geld: Gaat over geld. Voorbeeld: Iets met geld."
    assert "twee onderzoekers" in dict(read_explanation(book))["Basis"]
    assert "Te weinig geld" not in repr([list(sheet.values) for sheet in book])


def test_export_results_writes_the_themes_too(wave, tmp_path):
    texts = write_texts(wave, "Te weinig geld")
    coding_round = make_round(wave)
    for name in ("Anna", "Bert"):
        code(assign(coding_round, name), texts[0], "geld")
    release_counts(begin_settling(coding_round, by=None), by=None)
    path = tmp_path / "uit.csv"

    call_command("export_results", wave=wave.code, format="csv", out=path, unit="response", stdout=StringIO())

    assert ";knelpunten;Vraag knelpunten?;geld;Geld;response;;;;;1;1;1.0;" in path.read_text(
        encoding="utf-8-sig"
    )
