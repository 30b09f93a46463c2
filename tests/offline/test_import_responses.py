"""The command that takes in a wide file: rows become responses, and what was exported comes back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.questionnaire.definition import OptionDefinition
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer, AnswerRevision, ResolvedAnswer, Response
from surveys.responses.queries import load_answers, load_deviations
from tests.offline.definitions import EVERY_KIND
from tests.offline.reading_in import HEADER, load, refuse, run
from tests.offline.workbooks import save_workbook
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_definition,
    make_question,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db


def test_rows_become_responses_with_their_answers(write_file):
    make_wave()
    path = write_file(
        f"{HEADER};beperkt;hoe;hoe__toelichting;uitleg;poh;sinds;fte;kosten",
        f'{MEMBER};;submitted;ja;school anders;Thuis;"Regel 1\nRegel 2; met ""citaat""";nee;;1.5;',
        f"{STRANGER};{STRANGER};draft;#weet_niet;;;;ja;2019;;1234.56",
    )
    assert run(path) == "Ingelezen: 2 reacties, waarvan 1 ingediend.\n"
    assert load() == {
        "beperkt": choose("ja"),
        "hoe": choose("school", "anders", anders="Thuis"),
        "uitleg": write('Regel 1\nRegel 2; met "citaat"'),
        "poh": choose("nee"),
        "fte": count("1.5"),
    }
    assert load(STRANGER) == {
        "beperkt": DONT_KNOW,
        "poh": choose("ja"),
        "sinds": count(2019),
        "kosten": count("1234.56"),
    }
    submitted = Response.objects.get(organisation=MEMBER)
    assert submitted.status == Response.Status.SUBMITTED
    assert submitted.receipt_code
    assert ResolvedAnswer.objects.filter(municipality=MEMBER).exists()
    assert Response.objects.get(organisation=STRANGER).status == Response.Status.DRAFT
    assert set(AnswerRevision.objects.values_list("origin", flat=True)) == {"import"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ","])
def test_csv_is_read_however_it_was_saved(write_file, encoding, separator):
    make_wave()
    path = write_file(
        separator.join(["respondent", "municipalities", "status", "knelpunten"]),
        separator.join([MEMBER, "", "draft", '"Eén reünie, of; twee"']),
        "",
        encoding=encoding,
    )
    run(path)
    assert load() == {"knelpunten": write("Eén reünie, of; twee")}


def test_guard_against_formulas_is_taken_off_again(write_file):
    make_wave()
    run(write_file(f"{HEADER};knelpunten", f"{MEMBER};;draft;'=1+1", f"{STRANGER};;draft;'s-Hertogenbosch"))
    assert load() == {"knelpunten": write("=1+1")}
    assert load(STRANGER) == {"knelpunten": write("'s-Hertogenbosch")}


def test_region_answers_for_all_its_members_or_for_those_named(write_file):
    make_wave()
    path = write_file(
        f"{HEADER};beperkt;beperkt@{MEMBER};poh",
        f"{REGION};{MEMBER} {OTHER_MEMBER};submitted;ja;nee;nee",
    )
    run(path)
    response = Response.objects.get()
    assert set(response.coverage.values_list("municipality", flat=True)) == {MEMBER, OTHER_MEMBER}
    deviations = load_deviations(response)
    assert {key: stored.value for key, stored in deviations.items()} == {("beperkt", MEMBER): choose("nee")}
    resolved = ResolvedAnswer.objects.filter(question__code="beperkt")
    assert dict(resolved.values_list("municipality", "provenance")) == {
        MEMBER: "overridden",
        OTHER_MEMBER: "inherited",
    }


def test_region_without_municipalities_answers_for_every_member(write_file):
    wave = make_wave()
    run(write_file(f"{HEADER};beperkt", f"{REGION};;draft;ja"))
    members = set(wave.frame.filter(youth_region=REGION).values_list("municipality", flat=True))
    assert len(members) > 3
    assert set(Response.objects.get().coverage.values_list("municipality", flat=True)) == members


def test_xlsx_with_numbers_dates_and_a_formula(tmp_path):
    make_wave(EVERY_KIND)
    workbook = openpyxl.Workbook()
    workbook.active.title = "Uitleg"
    sheet = workbook.create_sheet("Reacties")
    sheet.append(["respondent", "municipalities", "status", "fte", "start", "kosten", "uitleg"])
    sheet.append([MEMBER, None, "draft", 1.5, date(2024, 2, 29), 1234.5, "Tekst"])
    path = tmp_path / "reacties.xlsx"
    path.write_bytes(save_workbook(workbook))
    run(path)
    assert load() == {
        "fte": count("1.5"),
        "start": AnswerValue(AnswerState.GIVEN, day=date(2024, 2, 29)),
        "kosten": count("1234.5"),
        "uitleg": write("Tekst"),
    }
    sheet.append([STRANGER, None, "draft", "=1+1", "31-2-2024", None, None])
    path.write_bytes(save_workbook(workbook))
    assert refuse(path)[1:] == [
        "rij 2, kolom respondent: Er is al een reactie met antwoorden. Inlezen overschrijft niets.",
        "rij 3, kolom fte: Hier staat een formule.",
        "rij 3, kolom start: “31-2-2024” is geen dag op de kalender.",
    ]


def test_newer_kinds_are_read_from_their_own_columns(write_file):
    make_wave(EVERY_KIND)
    run(
        write_file(
            f"{HEADER};prioriteit;hulp.ambulant.clienten;hulp.verblijf.kosten;hulp.verblijf.hoe;typering.vorm",
            f"{MEMBER};;draft;tijd rust;0;12.5;inkoop;subsidie",
        )
    )
    given = AnswerState.GIVEN
    assert load() == {
        "prioriteit": AnswerValue(given, (ChosenOption("tijd"), ChosenOption("rust"))),
        "hulp": AnswerValue(
            given,
            cells=(
                FilledCell("ambulant", "clienten", number=Decimal(0)),
                FilledCell("verblijf", "kosten", number=Decimal("12.50")),
                FilledCell("verblijf", "hoe", option="inkoop"),
            ),
        ),
        "typering": AnswerValue(given, cells=(FilledCell("vorm", option="subsidie"),)),
    }


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_exported_comes_back_the_same(export, file_format):
    wave = make_wave(EVERY_KIND)
    given = AnswerState.GIVEN
    answers = {
        "beperkt": choose("ja"),
        "hoe": choose("wijk", "anders", anders="Thuis; of =elders"),
        "uitleg": write("=1+1\n'citaat' “x”"),
        "fte": count("12.5"),
        "sinds": replace(count(2021), caveat="=sinds; \nde zomer"),
        "kosten": count("1234567.89"),
        "aandeel": count(0),
        "start": AnswerValue(given, day=date(2024, 2, 29)),
        "prioriteit": AnswerValue(given, (ChosenOption("tijd"), ChosenOption("rust"))),
        "hulp": AnswerValue(
            given,
            cells=(
                FilledCell("ambulant", "clienten", number=Decimal(0)),
                FilledCell("verblijf", "hoe", option="inkoop"),
            ),
        ),
        "typering": AnswerValue(
            given, cells=(FilledCell("vorm", option="inkoop"), FilledCell("schaal", option="lokaal"))
        ),
    }
    make_response(wave, STRANGER, answers=answers | {"fte": DONT_KNOW})
    submit_response(Response.objects.get(), by=None)
    region = make_response(wave, REGION, answers=answers, covers=[MEMBER, OTHER_MEMBER])
    deviating = {
        "beperkt": choose("anders", anders="Zelf"),
        "fte": DONT_KNOW,
        "hulp": AnswerValue(
            given,
            cells=(FilledCell("verblijf", "clienten", number=Decimal(7)),),
            caveat="Zonder logeren",
        ),
    }
    save_answers(
        region,
        changes=[AnswerChange(code, value, 0, municipality=MEMBER) for code, value in deviating.items()],
        by=None,
    )
    make_response(wave, MEMBER, answers={"beperkt": choose("nee")})
    exported = export("proef", file_format)
    other = make_wave(EVERY_KIND, code="ander")
    run(exported, wave="ander")
    assert Response.objects.filter(wave=other).count() == 3
    taken = Response.objects.get(wave=other, organisation=REGION)
    assert load_answers(taken)["sinds"].value == answers["sinds"]
    assert load_deviations(taken)["hulp", MEMBER].value == deviating["hulp"]
    again = export("ander", file_format)
    assert read_rows(again, file_format) == read_rows(exported, file_format)


def read_rows(path, file_format):
    if file_format == "csv":
        return path.read_text(encoding="utf-8-sig").splitlines()
    sheet = openpyxl.load_workbook(path)["Reacties"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_explanations_of_several_options_are_told_apart_or_refused(write_file):
    question = make_question("waar", "multiple", options=("anders",))
    options = (*question.options, OptionDefinition("elders", "Elders", asks_text=True))
    make_wave(make_definition(("een", (replace(question, options=options),))))
    run(write_file(f"{HEADER};waar;waar__toelichting", f'{MEMBER};;draft;anders elders;"Een\nTwee"'))
    assert load() == {"waar": choose("anders", "elders", anders="Een", elders="Twee")}
    path = write_file(f"{HEADER};waar;waar__toelichting", f"{STRANGER};;draft;anders elders;Een")
    assert "Het is niet duidelijk bij welk antwoord" in refuse(path)[1]


def test_queries_per_row_do_not_grow(write_file, django_assert_max_num_queries):
    make_wave()
    lines = [f"{code};;submitted;nee;nee" for code in (MEMBER, OTHER_MEMBER, STRANGER)]
    run(write_file(f"{HEADER};beperkt;poh", lines[0]))
    with django_assert_max_num_queries(110):
        run(write_file(f"{HEADER};beperkt;poh", *lines[1:]))
    assert Answer.objects.count() == 6
