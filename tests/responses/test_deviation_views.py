"""The page on which a region records that an answer is different for some of its municipalities."""

import re

import pytest

from surveys.accounts.models import Membership
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer, ConflictingAnswer
from surveys.responses.queries import load_answers, load_deviations
from surveys.teamwork.models import SectionAssignment
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_wave,
    sign_in,
)
from tests.responses.regions import deviate, make_region_response, see

pytestmark = pytest.mark.django_db


def locate(question, organisation=REGION):
    return f"/invullen/proef/{organisation}/afwijkingen/{question}/"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    return make_region_response(wave)


@pytest.fixture
def rita(wave):
    return sign_in("Rita", REGION)


def save(client, value, *municipalities, question="poh", seen=(), **fields):
    data = {"action": "save", "gemeente": municipalities, f"r-{question}": "0", f"q-{question}": value}
    return client.post(locate(question), data | {"seen": list(seen)} | fields)


def list_deviations(region, question="poh"):
    return {
        code: sorted(answer.value.option_codes)
        for (asked, code), answer in load_deviations(region).items()
        if asked == question and answer.value != BLANK
    }


def test_a_deviation_for_some_municipalities_leaves_the_general_answer_alone(region, rita):
    assert save(rita, "overig", MEMBER, OTHER_MEMBER).status_code == 302
    assert list_deviations(region) == {MEMBER: ["overig"], OTHER_MEMBER: ["overig"]}
    assert load_answers(region)["poh"].value == choose("nee")
    page = rita.get(locate("poh")).content.decode()
    assert page.count('<article class="statement"') == 2
    assert "door Rita" in page


def test_the_form_starts_with_the_deviation_that_is_changed(region, rita):
    deviate(region, MEMBER, {"poh": choose("overig")})
    page = rita.get(locate("poh"), {"gemeente": MEMBER}).content.decode()
    assert f'name="seen" value="{MEMBER}-1"' in page
    assert re.search(r'value="overig"[^>]* checked', page)
    assert save(rita, "ja", MEMBER, seen=[f"{MEMBER}-1"]).status_code == 302
    assert list_deviations(region) == {MEMBER: ["ja"]}
    assert Answer.objects.get(municipality=MEMBER).revision == 2


def test_removing_leaves_the_history(region, rita):
    deviate(region, MEMBER, {"poh": choose("overig")})
    data = {"action": "remove", "gemeente": MEMBER, "seen": f"{MEMBER}-1"}
    assert rita.post(locate("poh"), data).status_code == 302
    assert list_deviations(region) == {}
    assert Answer.objects.get(municipality=MEMBER).revisions.count() == 2
    assert "Er zijn geen afwijkingen." in rita.get(locate("poh")).content.decode()


@pytest.mark.parametrize(
    ("value", "municipalities", "message"),
    [
        ("ja", (), "Kies voor welke gemeenten dit antwoord geldt."),
        ("", (MEMBER,), "Vul in wat er voor deze gemeenten anders is."),
        ("bestaat_niet", (MEMBER,), "Vraag"),
    ],
)
def test_a_form_with_a_mistake_comes_back_as_it_was(region, rita, value, municipalities, message):
    response = save(rita, value, *municipalities)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert page.count("checked") == len(municipalities) + (value == "ja")
    assert not list_deviations(region)


def test_two_colleagues_who_deviate_at_once_choose(region, rita):
    deviate(region, MEMBER, {"poh": choose("overig")})
    response = save(rita, "ja", MEMBER, seen=[f"{MEMBER}-0"])
    page = response.content.decode()
    assert response.status_code == 409
    assert "Er zijn twee antwoorden." in page
    assert list_deviations(region) == {MEMBER: ["overig"]}
    conflict = ConflictingAnswer.objects.get()
    assert f'value="take poh {conflict.pk} 1"' in page
    choice = {"action": f"take poh {conflict.pk} 1"}
    assert rita.post(locate("hoe"), choice).status_code == 404
    assert rita.post(locate("poh"), choice).status_code == 302
    assert list_deviations(region) == {MEMBER: ["ja"]}


@pytest.mark.parametrize("seen", ["", f"{MEMBER}-²", f"{MEMBER}-7", "x", "\x00"])
def test_a_mark_of_no_revision_never_overwrites(region, rita, seen):
    deviate(region, MEMBER, {"poh": choose("overig")})
    assert save(rita, "ja", MEMBER, seen=[seen]).status_code == 409
    assert list_deviations(region) == {MEMBER: ["overig"]}
    assert ConflictingAnswer.objects.get().value["options"] == [{"code": "ja"}]


def test_the_same_form_twice_is_saved_once(region, rita):
    for _ in range(2):
        assert save(rita, "overig", MEMBER, key="een-sleutel").status_code == 302
    assert Answer.objects.get(municipality=MEMBER).revision == 1
    assert not ConflictingAnswer.objects.exists()


@pytest.mark.parametrize("municipality", [STRANGER, "GM0537", "GM9999", "\x00"])
def test_a_municipality_that_the_region_does_not_speak_for_does_not_exist(region, rita, municipality):
    assert save(rita, "ja", MEMBER, municipality).status_code == 404
    assert not list_deviations(region)


@pytest.mark.parametrize(
    "fields", [{"action": "wissen"}, {"action": "take"}, {}, {"action": "save", "gemeente": MEMBER}]
)
def test_a_form_that_this_page_does_not_have_does_nothing(region, rita, fields):
    assert rita.post(locate("poh"), fields).status_code == 404
    assert not list_deviations(region)


def test_a_follow_up_question_of_a_deviation_is_pointed_out(region, rita):
    save(rita, "overig", MEMBER)
    page = rita.get(locate("poh")).content.decode()
    follow_up = f"{locate('verzekeraar')}?gemeente={MEMBER}"
    assert follow_up in page
    assert "Hillegom" in page
    save(rita, "ja", MEMBER, question="verzekeraar")
    assert follow_up not in rita.get(locate("poh")).content.decode()


def test_what_a_municipality_disputes_is_read_here_and_at_the_start(region, rita):
    dispute_answer(
        region,
        municipality=MEMBER,
        question="poh",
        seen=see(region, "poh")["poh"],
        reason="Wij hebben er drie.",
        by=None,
        at=NOW,
    )
    assert "Wij hebben er drie." in rita.get(locate("poh")).content.decode()
    start = rita.get(f"/invullen/proef/{REGION}/").content.decode()
    assert "Wij hebben er drie." in start
    assert locate("poh") in start
    assert "Gemeenten waarvoor u antwoordt" in start


def test_only_a_region_deviates_and_only_from_what_is_asked(region, rita):
    assert sign_in("Lies", MEMBER).get(locate("poh", MEMBER)).status_code == 404
    assert sign_in("Zaan", STRANGER).get(locate("poh")).status_code == 404
    assert rita.get(locate("bestaat_niet")).status_code == 404


def test_without_municipalities_there_is_nothing_to_deviate_for(wave, rita):
    page = rita.get(locate("poh")).content.decode()
    assert "Kies eerst de gemeenten" in page
    assert save(rita, "ja", MEMBER).status_code == 404


def test_a_municipality_no_longer_ticked_keeps_its_deviation_out_of_sight(region, rita):
    deviate(region, MEMBER, {"poh": choose("overig")})
    save_coverage(region, municipality_codes=[OTHER_MEMBER], by=None, at=NOW)
    assert "Overig" not in rita.get(locate("poh")).content.decode().split('id="nieuw"')[0]
    assert list_deviations(region) == {MEMBER: ["overig"]}


def test_a_reader_reads(region):
    reader = sign_in("Rik", REGION, role=Membership.Role.READER)
    page = reader.get(locate("poh")).content.decode()
    assert "Leg de afwijking vast" not in page
    assert save(reader, "ja", MEMBER).status_code == 403


def test_a_limited_member_deviates_only_in_their_sections(wave, region, rita):
    membership = Membership.objects.get(organisation=REGION)
    membership.role, membership.is_limited = Membership.Role.CONTRIBUTOR, True
    membership.save()
    SectionAssignment.objects.create(wave=wave, membership=membership, section="toegang", assigned_at=NOW)
    assert rita.get(locate("poh")).status_code == 404
    assert save(rita, "ja", MEMBER).status_code == 404
    assert save(rita, "nee", MEMBER, question="beperkt").status_code == 302


@pytest.mark.parametrize("end", ["submitted", "closed"])
def test_when_it_can_no_longer_be_saved_the_words_stay(wave, region, rita, end):
    if end == "submitted":
        submit_response(region, by=None, at=NOW)
    else:
        close_wave(wave)
    response = save(rita, "overig", MEMBER)
    page = response.content.decode()
    assert response.status_code == 409
    assert page.count("checked") == 2
    assert not list_deviations(region)


def test_a_form_from_before_signing_in_again_saves_nothing_and_keeps_the_words(region):
    client = sign_in("Rita", REGION)
    client.handler.enforce_csrf_checks = True
    response = save(client, "overig", MEMBER)
    assert response.status_code == 403
    assert response.content.decode().count("checked") == 2
    assert not list_deviations(region)


@pytest.mark.parametrize("deviations", [0, 2])
def test_the_page_asks_a_fixed_number_of_queries(region, rita, django_assert_num_queries, deviations):
    for code in (MEMBER, OTHER_MEMBER)[:deviations]:
        deviate(region, code, {"poh": choose("overig")})
    rita.get(locate("poh"))
    with django_assert_num_queries(15):
        rita.get(locate("poh"))
