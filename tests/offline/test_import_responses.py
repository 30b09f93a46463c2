"""The command that takes in a wide file: all rows or none, every problem named, nothing ever overwritten."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.questionnaire.definition import OptionDefinition
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer, AnswerRevision, ResolvedAnswer, Response
from surveys.responses.queries import load_answers, load_deviations
from tests.offline.definitions import EVERY_KIND
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
HEADER = "respondent;municipalities;status"


def run(path, *arguments, wave="proef"):
    output = io.StringIO()
    call_command("import_responses", str(path), "--wave", wave, *arguments, stdout=output)
    return output.getvalue()


def refuse(path, *arguments, wave="proef"):
    """The lines of what the command says on its way out."""
    with pytest.raises(CommandError) as caught:
        run(path, *arguments, wave=wave)
    assert caught.value.returncode == 1
    return str(caught.value).splitlines()


@pytest.fixture
def write_file(tmp_path):
    def write_lines(*lines, name="reacties.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write_lines


@pytest.fixture
def export(tmp_path):
    def write_export(wave, file_format="csv"):
        path = tmp_path / f"{wave}.{file_format}"
        call_command(
            "export_results", "--raw", "--wave", wave, "--format", file_format, "--out", str(path),
            stdout=io.StringIO(),
        )  # fmt: skip
        return path

    return write_export


def load(organisation=MEMBER):
    return {
        code: stored.value
        for code, stored in load_answers(Response.objects.get(organisation=organisation)).items()
    }


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


def test_every_problem_is_named_with_row_and_column_and_nothing_is_taken(write_file):
    make_wave()
    path = write_file(
        f"{HEADER};beperkt;hoe;hoe__toelichting;sinds;fte;fte@{MEMBER};verzonnen;poh;poh",
        f"{MEMBER};;submitted;misschien;school wijk;Toelichting;18;veel;;;nee;",
        f"{MEMBER};;draft;ja;;;;;;;;",
        "GM9999;;draft;ja;;;;;;;;",
        f"{STRANGER};{MEMBER};ingediend;ja;;;;;;;;",
        f"{OTHER_MEMBER};;draft;#weet_niet;anders anders;;#nvt;;1;;;",
        f"{REGION};{MEMBER} {STRANGER};submitted;ja;;;;;;;ja;",
    )
    lines = refuse(path)
    assert lines[0] == "Er is niets ingelezen. Dit klopt er niet:"
    assert lines[1:] == [
        "rij 1, kolom verzonnen: Deze kolom hoort niet bij de vragenlijst.",
        "rij 1, kolom poh: Deze kolom staat er twee keer.",
        "rij 2, kolom beperkt: Het antwoord “misschien” staat niet in de lijst. Kies een antwoord uit de lijst.",
        "rij 2, kolom hoe: Hier staat een toelichting, maar er is geen antwoord gekozen dat daarom vraagt.",
        "rij 2, kolom sinds: “18” is geen jaar. Vul vier cijfers in, bijvoorbeeld 2021.",
        "rij 2, kolom fte: “veel” kunnen wij niet als getal lezen. Schrijf bijvoorbeeld 1234,5 of 1.234,5.",
        "rij 3, kolom respondent: Deze organisatie staat ook op rij 2.",
        "rij 4, kolom respondent: “GM9999” doet niet mee aan deze meting.",
        "rij 5, kolom status: “ingediend” kan hier niet. Schrijf submitted of draft.",
        f"rij 5, kolom municipalities: Deze organisatie kan op de peildatum niet antwoorden voor {MEMBER}.",
        "rij 6, kolom sinds: “niet van toepassing” kan bij deze vraag niet.",
        f"rij 6, kolom fte@{MEMBER}: Alleen een jeugdregio kan per gemeente afwijken.",
        f"rij 7, kolom municipalities: Deze organisatie kan op de peildatum niet antwoorden voor {STRANGER}.",
    ]
    assert not Response.objects.exists()


def test_gaps_of_a_submitted_row_are_problems_and_undo_the_rows_before(write_file):
    make_wave()
    path = write_file(
        f"{HEADER};beperkt;poh;hoe",
        f"{MEMBER};;submitted;nee;nee;",
        f"{OTHER_MEMBER};;submitted;ja;;anders",
        f"{STRANGER};;submitted;;nee;",
    )
    required = "Deze vraag is verplicht. Zonder antwoord kan de reactie niet submitted zijn."
    assert refuse(path)[1:] == [
        "rij 3, kolom hoe__toelichting: Bij dit antwoord hoort een toelichting.",
        f"rij 3, kolom poh: {required}",
        f"rij 4, kolom beperkt: {required}",
    ]
    assert not Response.objects.exists()
    assert not AnswerRevision.objects.exists()


def test_trial_finds_the_same_problems_and_keeps_nothing(write_file):
    make_wave()
    good = write_file(f"{HEADER};beperkt;poh", f"{MEMBER};;submitted;nee;nee", name="goed.csv")
    bad = write_file(f"{HEADER};beperkt;poh", f"{MEMBER};;submitted;nee;", name="fout.csv")
    assert run(good, "--dry-run") == (
        "Het bestand klopt: 1 reacties, waarvan 1 ingediend. Er is niets bewaard.\n"
    )
    assert not Response.objects.exists()
    assert refuse(bad, "--dry-run") == refuse(bad)


def test_response_with_answers_is_never_touched(write_file):
    wave = make_wave()
    make_response(wave, MEMBER, answers={"beperkt": choose("ja")})
    make_response(wave, STRANGER)
    path = write_file(f"{HEADER};beperkt", f"{MEMBER};;draft;nee", f"{STRANGER};;draft;nee")
    assert refuse(path)[1:] == [
        "rij 2, kolom respondent: Er is al een reactie met antwoorden. Inlezen overschrijft niets."
    ]
    assert load() == {"beperkt": choose("ja")}
    assert load(STRANGER) == {}
    run(write_file(f"{HEADER};beperkt", f"{STRANGER};;draft;nee"))
    assert load(STRANGER) == {"beperkt": choose("nee")}


def test_second_import_of_the_same_file_is_refused_whole(write_file):
    make_wave()
    path = write_file(f"{HEADER};beperkt", f"{MEMBER};;draft;nee")
    run(path)
    before = list(AnswerRevision.objects.values_list("pk", flat=True))
    refuse(path)
    assert list(AnswerRevision.objects.values_list("pk", flat=True)) == before


def test_closed_wave_and_unknown_wave_and_missing_file_are_said(write_file, tmp_path):
    wave = make_wave()
    path = write_file(f"{HEADER};beperkt", f"{MEMBER};;draft;nee")
    assert refuse(path, wave="bestaat-niet") == ["Er is geen meting met de code bestaat-niet."]
    assert "niet.csv" in refuse(tmp_path / "niet.csv")[0]
    close_wave(wave)
    assert "Proefmeting is gesloten." in refuse(path)[1]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("naam;antwoord", "a;b"), "rij 1, kolom respondent: Deze kolom ontbreekt."),
        ((HEADER,), "rij 2, kolom respondent: Er staan geen reacties in dit bestand."),
        (("",), "rij 1, kolom respondent: Deze kolom ontbreekt."),
        ((f"{HEADER};beperkt@", f"{MEMBER};;draft;ja"), "kolom beperkt@: Deze kolom hoort niet"),
        ((f"{HEADER};beperkt__toelichting", f"{MEMBER};;draft;x"), "Deze kolom hoort niet"),
        ((HEADER, f"{MEMBER};;draft;te veel"), "rij 1, kolom 4: Deze kolom hoort niet"),
        ((f'{HEADER};"beperkt', f"{MEMBER};;draft;x"), "Dit CSV-bestand klopt niet"),
    ],
)
def test_strange_file_is_explained(write_file, lines, message):
    make_wave()
    assert message in "\n".join(refuse(write_file(*lines)))


def test_file_in_another_encoding_or_format_is_explained(write_file, tmp_path):
    make_wave()
    latin = write_file(f"{HEADER};knelpunten", f"{MEMBER};;draft;reünie", encoding="latin-1")
    assert "CSV UTF-8" in refuse(latin)[0]
    (tmp_path / "stuk.xlsx").write_bytes(b"geen werkmap")
    assert "geen Excel-werkmap" in refuse(tmp_path / "stuk.xlsx")[0]
    (tmp_path / "leeg.xlsx").write_bytes(save_workbook(openpyxl.Workbook()))
    assert "geen blad met op de eerste rij een kolom respondent" in refuse(tmp_path / "leeg.xlsx")[0]


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


def test_newer_kinds_name_their_own_problems(write_file):
    make_wave(EVERY_KIND)
    path = write_file(
        f"{HEADER};prioriteit;hulp.ambulant.clienten;hulp.verblijf.kosten;typering.vorm;bewijs;hulp.verblijf.niets",
        f"{MEMBER};;draft;tijd tijd;x;#nvt;gift;nota.pdf;",
    )
    lines = refuse(path)
    assert lines[1] == "rij 1, kolom hulp.verblijf.niets: Deze kolom hoort niet bij de vragenlijst."
    assert "rij 2, kolom prioriteit: Een antwoord staat twee keer in de volgorde." in lines
    assert any(line.startswith("rij 2, kolom hulp.ambulant.clienten: ") for line in lines)
    assert any(line.startswith("rij 2, kolom typering.vorm: Vorm: Het antwoord “gift”") for line in lines)
    assert "rij 2, kolom bewijs: Een bestand kan niet worden ingelezen. Maak deze cel leeg." in lines


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_what_was_exported_comes_back_the_same(export, file_format):
    wave = make_wave(EVERY_KIND)
    given = AnswerState.GIVEN
    answers = {
        "beperkt": choose("ja"),
        "hoe": choose("wijk", "anders", anders="Thuis; of =elders"),
        "uitleg": write("=1+1\n'citaat' “x”"),
        "fte": count("12.5"),
        "sinds": count(2021),
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
        "hulp": AnswerValue(given, cells=(FilledCell("verblijf", "clienten", number=Decimal(7)),)),
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
