"""Correcting an answer on the screen, and what the organisation sees of it. Comparing what was submitted with now."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry

from surveys.fieldwork.review_views import CorrectionListView
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, AttachedFile, FilledCell
from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
)
from surveys.responses.lifecycle.clarifications import ask_clarification
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.merging import AnswerChange
from surveys.responses.models import Correction, Response
from surveys.responses.queries import load_answers, load_deviations
from tests.fieldwork.reviews import make_reviewer, make_submitted
from tests.responses.factories import (
    MEMBER,
    NOW,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_definition,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)
from tests.responses.regions import deviate, make_region_response

pytestmark = pytest.mark.django_db

RESPONSE = f"/beheer/respons/proef/{MEMBER}/"
KOSTEN = f"{RESPONSE}corrigeren/kosten/"
COMPARE = f"{RESPONSE}vergelijken/"
CORRECTIONS = "/beheer/respons/proef/correcties/"
REASON = "Het bedrag was in duizenden."


@pytest.fixture
def submitted():
    return make_submitted(kosten=count(1200))


@pytest.fixture
def otto(client, submitted):
    person = make_reviewer()
    client.force_login(person)
    return person


def send(client, url=KOSTEN, **fields):
    body = {"q-kosten": "1.200.000", "r-kosten": "1", "reason": REASON} | fields
    return client.post(url, {name.replace("__", "-"): value for name, value in body.items()})


def correct(client):
    assert send(client).status_code == 302


# --- The screen ---


def test_the_screen_shows_what_stands_there_in_the_field_it_was_given_in(client, otto, submitted):
    page = client.get(KOSTEN).content.decode()

    assert "Nu staat er € 1.200" in read(client, KOSTEN)
    assert re.search(r'name="q-kosten"[^>]*value="1.200"', page)
    assert 'name="r-kosten" value="1"' in page
    assert registry.get_logs_for_instance(submitted).filter(action="fieldwork.read", user=otto).count() == 2


def test_the_corrected_answer_stands_with_the_original_the_reason_and_the_name(client, otto, submitted):
    done = send(client)

    assert done.url == f"{RESPONSE}#antwoord-kosten"
    assert load_answers(submitted)["kosten"].value == count(1_200_000)
    for url in (RESPONSE, KOSTEN):
        text = read(client, url)
        assert "€ 1.200.000" in text
        assert "Gewijzigd door Otto, namens de onderzoekers" in text
        assert "Er stond: € 1.200. Reden: Het bedrag was in duizenden." in text
    assert "Antwoord gecorrigeerd door de onderzoekers" in read(client, RESPONSE)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": " "}, "Schrijf op waarom u dit antwoord wijzigt."),
        ({"q-kosten": "veel"}, "veel"),
        ({"q-kosten": "1.200"}, "Er is niets gewijzigd."),
        ({"r-kosten": "0"}, "intussen veranderd"),
        ({"reason": "x" * 501}, "500"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(client, otto, submitted, fields, message):
    page = send(client, **fields).content.decode()

    assert message in page
    assert fields.get("q-kosten", "1.200.000") in page
    assert fields.get("reason", REASON) in page
    assert not Correction.objects.exists()


def test_a_form_without_the_question_is_no_correction(client, otto, submitted):
    page = client.post(KOSTEN, {"reason": REASON}).content.decode()

    assert "Uw wijziging kwam niet aan." in page
    assert load_answers(submitted)["kosten"].value == count(1200)


def test_a_draft_is_not_corrected(client, otto, submitted):
    reopen_response(submitted, by=None, reason="Aanvullen")

    assert "Corrigeren kan alleen bij een reactie die is ingediend" in read(client, KOSTEN)
    assert "corrigeren/" not in client.get(RESPONSE).content.decode()
    assert "Corrigeren kan alleen" in send(client).content.decode()
    assert not Correction.objects.exists()


def test_a_correction_that_leaves_a_gap_says_so(client, otto, submitted):
    url = f"{RESPONSE}corrigeren/poh/"
    done = client.post(url, {"q-poh": "ja", "r-poh": "1", "reason": REASON}, follow=True)

    assert "niet meer compleet: Vraag verzekeraar?" in done.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        f"{RESPONSE}corrigeren/weg/",
        f"{KOSTEN}{MEMBER}/",
        f"/beheer/respons/proef/{STRANGER}/corrigeren/kosten/",
        f"{COMPARE}?eerst=2",
        f"{COMPARE}?eerst=x",
        f"{COMPARE}?dan=%00",
        f"{COMPARE}?dan=²",
    ],
)
def test_what_does_not_exist_is_a_404(client, otto, url):
    assert client.get(url).status_code == 404


def test_what_a_region_says_of_one_municipality_is_corrected_there(client, otto, submitted):
    region = make_region_response(submitted.wave)
    deviate(region, MEMBER, {"kosten": count(7)})
    submit_response(region, by=None, at=NOW)
    url = reverse("fieldwork:correct_deviation", args=["proef", REGION, "kosten", MEMBER])
    assert url in client.get(reverse("fieldwork:response", args=["proef", REGION])).content.decode()
    assert "Nu staat er € 7" in read(client, url)

    assert send(client, url).status_code == 302

    assert load_deviations(region)["kosten", MEMBER].value == count(1_200_000)
    assert "kosten" not in load_answers(region)
    shown = read(client, reverse("fieldwork:response", args=["proef", REGION]))
    assert "Anders voor Leiden: € 1.200.000" in shown
    assert "Gewijzigd voor Leiden door Otto" in shown


LINES = (LineDefinition("een", "Een"), LineDefinition("twee", "Twee"))
OPTIONS = (OptionDefinition("ja", "Ja"), OptionDefinition("nee", "Nee"))
EVERY_KIND = {
    "single": (make_question("vraag", "single", options=("ja", "nee")), {"q-vraag": "ja"}, choose("ja")),
    "multiple": (
        make_question("vraag", "multiple", options=("ja", "nee")),
        {"q-vraag": ["ja", "nee"]},
        choose("ja", "nee"),
    ),
    "year": (make_question("vraag", "year"), {"q-vraag": "2020"}, count(2020)),
    "text": (make_question("vraag"), {"q-vraag": "Tekst"}, write("Tekst")),
    "missing": (
        make_question("vraag", missing=("dont_know",)),
        {"q-vraag-missing": "dont_know"},
        AnswerValue(AnswerState.DONT_KNOW),
    ),
    "ranking": (
        make_question("vraag", "ranking", options=("ja", "nee")),
        {"q-vraag-nee.": "1", "q-vraag-ja.": "2"},
        choose("nee", "ja"),
    ),
    "matrix": (
        make_question("vraag", "matrix", rows=LINES, columns=(ColumnDefinition("geld", "Geld", "euro"),)),
        {"q-vraag-een.geld": "5"},
        AnswerValue(AnswerState.GIVEN, cells=(FilledCell("een", "geld", number=Decimal(5)),)),
    ),
    "typology": (
        make_question(
            "vraag",
            "typology",
            dimensions=(
                DimensionDefinition("soort", "Soort", OPTIONS),
                DimensionDefinition("maat", "Maat", OPTIONS),
            ),
        ),
        {"q-vraag-soort.": "nee"},
        AnswerValue(AnswerState.GIVEN, cells=(FilledCell("soort", option="nee"),)),
    ),
    "date": (make_question("vraag", "date"), {"q-vraag": "1-2-2026"}, None),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_question_can_be_corrected(client, kind):
    question, body, value = EVERY_KIND[kind]
    wave = make_wave(make_definition(("een", (question, make_question("slot")))))
    response = submit_response(make_response(wave, MEMBER, answers={"slot": write("Ja")}), by=None, at=NOW)
    client.force_login(make_reviewer())
    url = f"{RESPONSE}corrigeren/vraag/"
    page = client.get(url).content.decode()
    assert all(f'name="{name}"' in page for name in body)

    done = client.post(url, body | {"r-vraag": "0", "reason": REASON})

    assert done.status_code == 302
    stored = load_answers(response)["vraag"].value
    assert stored.state != AnswerState.BLANK
    assert value is None or stored == value


def test_a_file_can_only_be_taken_away(client):
    wave = make_wave(
        make_definition(
            (
                "een",
                (make_question("plan", "file", accepts=("pdf",), maximum_megabytes=1), make_question("slot")),
            )
        )
    )
    response = make_response(wave, MEMBER, answers={"slot": write("Ja")})
    file = response.evidence.create(
        question=wave.version.questions.get(code="plan"),
        name="plan.pdf",
        content_type="application/pdf",
        size=3,
        checksum="0" * 64,
        uploaded_at=NOW,
    )
    attached = AttachedFile(file.pk, file.name, file.size, file.checksum)
    answer(response, {"plan": AnswerValue(AnswerState.GIVEN, file=attached)})
    submit_response(response, by=None, at=NOW)
    client.force_login(make_reviewer())
    url = f"{RESPONSE}corrigeren/plan/"
    page = client.get(url).content.decode()
    assert 'type="file"' not in page
    kept = {"q-plan-file": str(file.pk), "r-plan": "1", "reason": "Er staan namen in."}
    assert "Er is niets gewijzigd" in client.post(url, kept).content.decode()

    assert client.post(url, kept | {"q-plan-remove": "1"}).status_code == 302

    assert load_answers(response)["plan"].value.file is None


def test_every_correction_of_the_wave_is_on_one_list(client, otto, submitted):
    assert "Er zijn geen correcties." in read(client, CORRECTIONS)
    correct(client)

    text = read(client, CORRECTIONS)

    assert "Gemeente Leiden Vraag kosten? Er stond € 1.200 Het werd € 1.200.000" in text
    assert "Het bedrag was in duizenden. Otto," in text
    lines = registry.get_logs_for_instance(submitted.wave).filter(action="fieldwork.read", user=otto)
    assert [MEMBER] in [line.data["organisations"] for line in lines]
    assert "met deze keuze" in read(client, f"{CORRECTIONS}?organisatie=Zaanstad")


def test_the_list_has_pages(client, otto, submitted, monkeypatch):
    monkeypatch.setattr(CorrectionListView, "rows_per_page", 2)
    for revision in (1, 2, 3):
        send(client, **{"q-kosten": str(revision), "r-kosten": str(revision)})
    first, second = (client.get(CORRECTIONS, {"p": page}).content.decode() for page in (1, 2))
    assert (first.count("Er stond"), second.count("Er stond")) == (2, 1)
    assert "?p=2" in first


@pytest.mark.parametrize("number", [1, 3])
def test_the_screens_take_a_fixed_number_of_queries(client, otto, submitted, number):
    for revision in range(1, number + 1):
        send(client, **{"q-kosten": str(revision), "r-kosten": str(revision)})
        ask_clarification(submitted, question="kosten", text="Zeker?", by=otto)
    for code in (STRANGER, "GM0014", "GM0034")[:number]:
        other = make_submitted(submitted.wave, code, kosten=count(5))
        correct_answer(other, change=AnswerChange("kosten", count(6), 1), reason=REASON, by=otto)
    counted = {}
    for url in (RESPONSE, CORRECTIONS, COMPARE, KOSTEN):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted[url] = len(queries)
    assert counted == {RESPONSE: 35, CORRECTIONS: 12, COMPARE: 18, KOSTEN: 13}


# --- What the organisation sees ---


def test_the_organisation_sees_it_with_the_receipt_and_beside_the_answer(client, otto, submitted):
    gerda = sign_in("Gerda", MEMBER)
    receipt = f"/invullen/proef/{MEMBER}/ontvangst/"
    assert "Gewijzigd door de onderzoekers" not in read(gerda, receipt)

    correct(client)

    text = read(gerda, receipt)
    assert "Gewijzigd door de onderzoekers" in text
    assert "Er stond € 1.200 Het werd € 1.200.000 Reden Het bedrag was in duizenden." in text
    assert "Gewijzigd door Otto" in text
    for page in ("huisarts", "controleren"):
        assert "Gewijzigd door Otto, namens de onderzoekers" in read(
            gerda, f"/invullen/proef/{MEMBER}/{page}/"
        )


def test_the_organisation_sees_it_in_the_field_when_it_may_change_the_answer_again(client, otto, submitted):
    correct(client)
    reopen_response(Response.objects.get(pk=submitted.pk), by=None, reason="Aanvullen")
    gerda = sign_in("Gerda", MEMBER)
    url = f"/invullen/proef/{MEMBER}/huisarts/"

    assert "Gewijzigd door Otto, namens de onderzoekers" in read(gerda, url)
    assert 'value="1.200.000"' in gerda.get(url).content.decode()


# --- Comparing ---


def test_what_was_submitted_is_compared_with_now(client, otto, submitted):
    assert "Er is geen verschil." in read(client, COMPARE)

    correct(client)

    text = read(client, COMPARE)
    assert "Er is 1 verschil." in text
    assert re.search(
        r"Vraag kosten\? Gewijzigd Inzending 1, 2 maart 2026 € 1.200 De antwoorden van nu € 1.200.000", text
    )
    lines = registry.get_logs_for_instance(submitted).filter(action="fieldwork.read", user=otto)
    assert lines.count() == 2


def test_two_submissions_are_compared(client, otto, submitted):
    reopen_response(submitted, by=None, reason="Aanvullen")
    answer(submitted, {"kosten": count(5), "knelpunten": write("Geen.")})
    submit_response(submitted, by=None)

    text = read(client, f"{COMPARE}?eerst=1&dan=2")

    assert "Er zijn 2 verschillen." in text
    assert re.search(
        r"Vraag knelpunten\? Ingevuld Inzending 1, .{,20} Niet ingevuld Inzending 2, .{,20} Geen\.", text
    )
    assert "Er is geen verschil." in read(client, f"{COMPARE}?eerst=2&dan=nu")
    assert f"{COMPARE}?eerst=1&amp;dan=nu" in client.get(RESPONSE).content.decode()


def test_a_response_that_was_never_submitted_has_nothing_to_compare(client, otto, submitted):
    make_response(submitted.wave, STRANGER)
    assert client.get(f"/beheer/respons/proef/{STRANGER}/vergelijken/").status_code == 404
