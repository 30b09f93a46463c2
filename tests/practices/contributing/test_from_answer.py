"""A practice told in the survey as the beginning of a case, for who may see that answer."""

from dataclasses import replace

import pytest

from practices.models import Contribution
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer
from tests.practices.contributing.worlds import CONTRIBUTOR, READER, SHARING, browse, make_library
from tests.responses.factories import (
    MEMBER,
    STRANGER,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    read,
    write,
)
from tests.teamwork.factories import make_limited

pytestmark = pytest.mark.django_db
LINK = f"{SHARING}uit-antwoord/proef/{MEMBER}/toegang_praktijk/"
RECEIPT = f"/invullen/proef/{MEMBER}/ontvangst/"
OFFER = "Deel uw voorbeeld bij “Onderdeel toegang”"


@pytest.fixture
def wave():
    make_library()
    definition = make_definition(
        ("toegang", (make_question("toegang_praktijk"), make_question("knelpunten"))),
        ("huisarts", (make_question("poh_praktijk"),)),
    )
    first, *rest = definition.sections
    return make_wave(replace(definition, sections=(replace(first, measure="reikwijdte"), *rest)))


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def told(wave, gerda):
    response = make_response(
        wave,
        MEMBER,
        answers={"toegang_praktijk": write("Een team in elke school."), "knelpunten": write("Geld")},
        by=gerda,
    )
    submit_response(response, by=gerda)
    return response


def test_the_receipt_offers_it_for_what_was_told_only(told, gerda):
    words = read(browse(gerda), RECEIPT)
    assert OFFER in words
    assert "Onderdeel huisarts”" not in words


def test_the_answer_begins_a_case_with_its_measure_and_place(told, gerda):
    client = browse(gerda)
    assert "Een team in elke school." in read(client, LINK)
    assert not Contribution.objects.exists()
    answer = client.post(LINK)
    contribution = Contribution.objects.get()
    assert answer.url == f"{SHARING}{contribution.pk}/schrijven/"
    assert (contribution.intro, contribution.origin.question.code) == (
        "Een team in elke school.",
        "toegang_praktijk",
    )
    assert [each.pk for each in contribution.measures.all()] == ["reikwijdte"]
    assert (contribution.organisation_id, [each.pk for each in contribution.municipalities.all()]) == (
        MEMBER,
        [MEMBER],
    )


def test_a_second_time_leads_to_the_same_case(told, gerda):
    client = browse(gerda)
    first = client.post(LINK).url
    assert client.post(LINK).url == first
    assert "Ga naar het voorbeeld dat er al is" in read(client, LINK)
    assert Contribution.objects.count() == 1
    Answer.objects.get(question__code="toegang_praktijk").delete()
    assert Contribution.objects.get().origin is None


@pytest.mark.parametrize("question", ["poh_praktijk", "knelpunten", "bestaat_niet"])
def test_only_what_was_told_to_a_question_that_asks_for_it(question, told, gerda):
    client = browse(gerda)
    link = LINK.replace("toegang_praktijk", question)
    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)


def test_readers_strangers_and_who_does_not_see_the_section_cannot(told, gerda, wave, client):
    reader = browse(make_person("Lea", organisation=MEMBER, role=READER))
    stranger = browse(make_person("Otto", organisation=STRANGER))
    elsewhere = browse(make_limited("Omar", "huisarts", wave=wave, by=gerda))
    here = browse(make_limited("Hans", "toegang", wave=wave, by=gerda, role=CONTRIBUTOR))
    for visitor, status in ((reader, 403), (stranger, 404), (elsewhere, 404)):
        assert (visitor.get(LINK).status_code, visitor.post(LINK).status_code) == (status, status)
    for visitor in (reader, elsewhere):
        assert OFFER not in read(visitor, RECEIPT)
    assert OFFER in read(here, RECEIPT)
    assert "/account/login/" in client.get(LINK).url
    assert not Contribution.objects.exists()


def test_a_colleague_who_does_not_see_the_answer_does_not_see_the_case_that_began_with_it(told, gerda, wave):
    browse(gerda).post(LINK)
    own = f"{SHARING}{Contribution.objects.get().pk}/"
    elsewhere = browse(make_limited("Omar", "huisarts", wave=wave, by=gerda))
    here = browse(make_limited("Hans", "toegang", wave=wave, by=gerda, role=CONTRIBUTOR))

    for path in (own, f"{own}schrijven/", f"{own}nakijken/", f"{own}weggooien/"):
        assert elsewhere.get(path).status_code == 404
    for path in (f"{own}bewaren/", f"{own}inzenden/", f"{own}weggooien/", f"{own}schrijven/"):
        assert elsewhere.post(path).status_code == 404
    assert own not in elsewhere.get(SHARING).content.decode()
    assert here.get(own).status_code == 200
    assert own in here.get(SHARING).content.decode()


def test_a_colleague_with_some_sections_sees_the_cases_that_began_with_no_answer(told, gerda, wave):
    client = browse(gerda)
    client.post(f"{SHARING}nieuw/", {"organisation": MEMBER})
    own = f"{SHARING}{Contribution.objects.get().pk}/"
    elsewhere = browse(make_limited("Omar", "huisarts", wave=wave, by=gerda))
    assert elsewhere.get(own).status_code == 200
    assert own in elsewhere.get(SHARING).content.decode()
