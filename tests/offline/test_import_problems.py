"""A wide file in which something is wrong: every problem is named, nothing is taken, nothing ever overwritten."""

import openpyxl
import pytest

from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.models import AnswerRevision, Response
from tests.offline.definitions import EVERY_KIND
from tests.offline.reading_in import HEADER, load, refuse, run
from tests.offline.workbooks import save_workbook
from tests.responses.factories import (
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db


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


def test_a_caveat_is_named_by_its_own_column_and_may_stand_alone(write_file):
    make_wave(EVERY_KIND)
    path = write_file(
        f"{HEADER};fte__kanttekening;hulp__kanttekening;hulp.ambulant__kanttekening;niets__kanttekening",
        f"{MEMBER};;draft;{'x' * 501};Volgt nog;;",
    )
    *strange, too_long = refuse(path)[1:]
    assert strange == [
        "rij 1, kolom hulp.ambulant__kanttekening: Deze kolom hoort niet bij de vragenlijst.",
        "rij 1, kolom niets__kanttekening: Deze kolom hoort niet bij de vragenlijst.",
    ]
    assert too_long.startswith("rij 2, kolom fte__kanttekening: Uw kanttekening is 501 tekens lang.")
    run(write_file(f"{HEADER};fte__kanttekening;hulp__kanttekening", f"{MEMBER};;draft;Volgt;Volgt nog"))
    assert load() == {
        "fte": AnswerValue(AnswerState.BLANK, caveat="Volgt"),
        "hulp": AnswerValue(AnswerState.BLANK, caveat="Volgt nog"),
    }


def test_what_researchers_corrected_is_passed_over(write_file):
    make_wave(EVERY_KIND)
    header, row = f"{HEADER};fte;fte__correctie", f"{MEMBER};;draft;3;Gewijzigd door Otto"
    strange = refuse(write_file(f"{header};niets__correctie", f"{row};"))[1:]
    assert strange == ["rij 1, kolom niets__correctie: Deze kolom hoort niet bij de vragenlijst."]
    run(write_file(header, row))
    assert load() == {"fte": count(3)}


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
