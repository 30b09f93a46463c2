"""Printed beside counted, in the demo world."""

from dataclasses import replace

import pytest

from practices import accountability
from practices.accountability import ComparedNumber, compare_with_print
from practices.models import AccountabilityPage
from surveys.demo.printed import read_printed_report
from surveys.questionnaire.models import Wave

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def print_instead(monkeypatch):
    """Make the report say something else than it does."""

    def put(report):
        monkeypatch.setattr(accountability, "read_printed_report", lambda: report)

    return put


def test_every_printed_percentage_comes_out():
    comparison = compare_with_print()
    assert (
        comparison.summary
        == "Alle 19 percentages die het rapport bij de gesloten vragen noemt, komen hier uit."
    )
    assert [row.verdict for row in comparison.questions] == ["gelijk"] * 8
    assert [row.base for row in comparison.questions] == [50, 51, 51, 50, 51, 51, 51, 49]
    assert comparison.question_rows[0] == (
        "De gemeente/regio heeft maatregelen genomen om de reikwijdte te beperken",
        f"Ja 64{NBSP}%, Nee 36{NBSP}%",
        f"Ja 64{NBSP}%, Nee 36{NBSP}%",
        "50 reacties",
        "gelijk",
    )


def test_the_response_says_what_is_equal_and_where_the_rest_is_explained():
    rows = {
        label: (printed, shown, verdict)
        for label, printed, shown, verdict in compare_with_print().number_rows
    }
    assert rows["Begonnen reacties"] == ("74", "74", "gelijk")
    assert rows["Volledige reacties van een jeugdregio"] == ("18", "18", "gelijk")
    assert rows["Gemeenten waar de reacties over gaan"] == (
        f"187 van 353 (53{NBSP}%)",
        f"187 van 345 (54{NBSP}%)",
        "wijkt af, zie ‘Aantal gemeenten in Nederland’",
    )
    assert rows["Gemeenten minder dan 50.000 inwoners"] == (
        f"139 van 264 (53{NBSP}%)",
        f"139 van 255 (55{NBSP}%)",
        "wijkt af, zie ‘Deelname per grootteklasse’",
    )
    assert rows["Aandeel van alle inwoners"] == (f"55{NBSP}%", f"55{NBSP}%", "gelijk")


def test_every_explanation_that_is_referred_to_stands_on_the_page():
    explained = {difference.value["topic"] for difference in AccountabilityPage.objects.get().differences}
    named = {row.topic for row in compare_with_print().numbers} - {""}
    assert len(named) == 3
    assert named <= explained


def test_a_percentage_that_does_not_come_out_is_said_to_differ(print_instead):
    report = read_printed_report()
    first, *rest = report.questions
    print_instead(replace(report, questions=(replace(first, percent={"ja": 63, "nee": 36}), *rest)))
    comparison = compare_with_print()
    assert (
        comparison.summary
        == "Van de 19 percentages die het rapport bij de gesloten vragen noemt, komen er hier 18 uit."
    )
    assert comparison.question_rows[0][1:] == (
        f"Ja 63{NBSP}%, Nee 36{NBSP}%",
        f"Ja 64{NBSP}%, Nee 36{NBSP}%",
        "50 reacties",
        "wijkt af",
    )


def test_a_question_that_the_wave_did_not_ask_is_no_error(print_instead, client):
    report = read_printed_report()
    first, *rest = report.questions
    print_instead(replace(report, questions=(replace(first, code="iets_anders"), *rest)))
    assert compare_with_print().question_rows[0][2:] == ("niet gevraagd", "0 reacties", "wijkt af")
    assert client.get("/verantwoording/").status_code == 200


def test_there_is_nothing_to_compare_before_the_results_are_public():
    Wave.objects.filter(code="2022").update(results_published_at=None)
    assert compare_with_print() is None


def test_a_difference_without_explanation_is_still_a_difference():
    assert ComparedNumber("x", "1", "2").verdict == "wijkt af"
