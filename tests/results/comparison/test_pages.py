"""What who sees: the public the groups, a member the own answer, members the answers with names that may be named."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.accounts.models import Membership
from surveys.responses.lifecycle.reopening import reopen_response
from surveys.responses.models import ResponseMunicipality
from surveys.results.comparison.access import meet_visitor
from surveys.results.comparison.lifecycle import make_group
from surveys.results.comparison.queries import find_nameable, list_frame, load_held_answers
from surveys.teamwork.models import SectionAssignment
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    make_person,
    make_wave,
    read,
    sign_in,
)
from tests.results.comparison.worlds import (
    SILENT,
    SPOKEN_FOR,
    THIRD_MEMBER,
    agree,
    publish_compared_wave,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


@pytest.fixture
def wave():
    return publish_compared_wave()


def list_asked(wave) -> list[str]:
    return [each.municipality_id for each in list_frame(wave)]


def list_spoken_for(wave) -> list[str]:
    rows = ResponseMunicipality.objects.filter(response__wave=wave, response__status="submitted")
    return sorted(set(rows.values_list("municipality", flat=True)))


def list_nameable(wave) -> set[str]:
    return find_nameable(wave, frame=list_asked(wave))


def open_page(client, **choice):
    response = client.get(reverse("results:comparison", args=["2026"]), choice)
    assert response.status_code == 200
    return response


def find_question(response, code: str = "beperkt"):
    return next(each for each in response.context["questions"] if each.code == code)


def list_named(response, code: str = "beperkt"):
    return [(group.answers, group.note) for group in find_question(response, code).named]


def make_member(client, *codes: str, name: str = "Noor"):
    person = make_person(name)
    for code in codes:
        Membership.objects.create(person=person, organisation_id=code, role=Membership.Role.READER)
    client.force_login(person)
    return person


def test_the_public_chooses_a_municipality_and_sees_groups_only(client, wave):
    agree(wave, MEMBER, STRANGER)

    response = open_page(client, gemeente=MEMBER)

    question = find_question(response)
    assert question.columns == (
        "Antwoord",
        "Jeugdregio Holland Rijnland",
        "100.000 inwoners of meer",
        "Nederland",
    )
    assert question.rows[0][0] == "Ja"
    assert question.rows[0][3] == "50\N{NO-BREAK SPACE}%"
    assert question.rows[-1][3] == "4"
    assert question.named == ()
    assert question.remarks == ()
    assert len(response.context["factors"].rows) == 11


def test_what_is_withheld_stays_withheld(client, wave):
    """One of Zaanstad's region answered: the breakdown by region does not show."""
    question = find_question(open_page(client, gemeente=STRANGER))

    assert {row[1] for row in question.rows} == {"afgeschermd"}


def test_without_a_municipality_there_is_only_the_choice(client, wave):
    response = open_page(client)

    assert "questions" not in response.context
    assert "Kies een gemeente" in response.content.decode()


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"gemeente": "GM9999"}, "Deze gemeente staat niet in de lijst."),
        ({"gemeente": MEMBER, "onderdeel": "weg"}, "Dit onderdeel staat niet in de lijst."),
    ],
)
def test_a_choice_that_we_do_not_know_is_said_at_its_field(client, wave, choice, message):
    assert message in open_page(client, **choice).content.decode()


def test_a_part_of_the_questionnaire_is_chosen_by_its_address(client, wave):
    response = open_page(client, gemeente=MEMBER, onderdeel="huisarts")

    assert [each.code for each in response.context["questions"]] == ["poh", "verzekeraar"]
    assert [chapter["is_current"] for chapter in response.context["chapters"]] == [False, True]


def test_a_wave_without_public_results_is_not_there(client, wave):
    make_wave(code="geheim")

    assert client.get(reverse("results:comparison", args=["geheim"])).status_code == 404


def test_a_member_begins_with_the_own_municipality_and_the_own_answer(client, wave):
    make_member(client, MEMBER)

    response = open_page(client)

    assert response.context["municipality"].municipality_id == MEMBER
    question = find_question(response)
    assert question.columns[1] == "Uw antwoord"
    assert [row[1] for row in question.rows] == ["Ja", "–", ""]


def test_a_member_sees_no_answer_of_another_municipality(client, wave):
    make_member(client, MEMBER)

    question = find_question(open_page(client, gemeente=OTHER_MEMBER))

    assert "Uw antwoord" not in question.columns
    assert question.remarks == ()


def test_a_kind_of_nothing_is_said_in_words(client, wave):
    make_member(client, THIRD_MEMBER)

    assert find_question(open_page(client)).remarks == ("Uw antwoord is: weet ik niet.",)


def test_a_municipality_reads_what_its_region_said_of_it(client, wave):
    make_member(client, SPOKEN_FOR)

    question = find_question(open_page(client))

    assert [row[1] for row in question.rows] == ["–", "Ja", ""]
    assert question.remarks == ("Uw jeugdregio gaf dit antwoord.",)


def test_a_region_chooses_and_reads_its_own_words_only(client, wave):
    make_member(client, REGION)

    assert open_page(client).context["municipality"] is None
    spoken_for = find_question(open_page(client, gemeente=SPOKEN_FOR))
    assert [row[1] for row in spoken_for.rows] == ["–", "Ja", ""]
    own_response = find_question(open_page(client, gemeente=MEMBER))
    assert [row[1] for row in own_response.rows] == ["–", "–", ""]
    assert own_response.remarks == ("Uw jeugdregio gaf hier geen antwoord dat voor deze gemeente geldt.",)


def test_a_limited_member_sees_own_answers_of_the_given_parts_only(client, wave):
    person = make_member(client, MEMBER)
    membership = person.memberships.get()
    membership.is_limited = True
    membership.save()
    SectionAssignment.objects.create(wave=wave, membership=membership, section="huisarts", assigned_at=NOW)

    assert "Uw antwoord" not in find_question(open_page(client)).columns
    assert "Uw antwoord" in find_question(open_page(client, onderdeel="huisarts"), "poh").columns


def name_group(client, person, *codes: str) -> int:
    return make_group("Buren", municipalities=codes, by=person, at=NOW).pk


def test_only_who_agreed_is_named_and_the_others_are_no_more_than_a_number(client, wave):
    person = make_member(client, SILENT)
    group = name_group(client, person, MEMBER, OTHER_MEMBER, THIRD_MEMBER, STRANGER)
    agree(wave, OTHER_MEMBER, STRANGER)

    response = open_page(client, gemeente=SILENT, groep=group)

    assert list_named(response)[1] == (
        (("Ja", "Hillegom"), ("Nee", "Zaanstad")),
        "2 van de 4 deelden hun antwoord met naam.",
    )
    page = read(client, f"/resultaten/2026/vergelijken/?gemeente={SILENT}&groep={group}")
    assert "Nee: Zaanstad" in page
    assert "Geheim antwoord" not in page


def test_weet_ik_niet_is_named_as_that(client, wave):
    person = make_member(client, SILENT)
    group = name_group(client, person, THIRD_MEMBER, STRANGER)
    agree(wave, THIRD_MEMBER)

    named = list_named(open_page(client, gemeente=SILENT, groep=group))[1]

    assert named == ((("Weet ik niet", "Katwijk"),), "1 van de 2 deelde zijn antwoord met naam.")


def test_every_response_that_speaks_must_agree(wave):
    """Leiden answers itself and its region speaks for it too: as long as one does not agree it is not named."""
    agree(wave, MEMBER, SPOKEN_FOR)
    assert list_nameable(wave) == {MEMBER, SPOKEN_FOR}

    wave.responses.get(organisation=REGION).coverage.filter(municipality=MEMBER).update(may_be_named=False)

    assert list_nameable(wave) == {SPOKEN_FOR}


def test_a_no_counts_wherever_it_was_said_and_at_once(wave):
    agree(wave, MEMBER, OTHER_MEMBER)
    agree(wave, MEMBER, named=False)

    assert list_nameable(wave) == {OTHER_MEMBER}


def test_when_nearly_everybody_took_part_nobody_is_named_as_long_as_one_said_no(wave):
    """With the answers of all others, the one who said no is what is left of the total."""
    agree(wave, MEMBER, OTHER_MEMBER)
    agree(wave, SPOKEN_FOR, named=False)
    took_part = {MEMBER, OTHER_MEMBER, SPOKEN_FOR, *list_spoken_for(wave)}
    silent = [code for code in list_asked(wave) if code not in took_part]

    assert find_nameable(wave, frame=[*took_part, *silent[:3]]) == {MEMBER, OTHER_MEMBER}
    assert find_nameable(wave, frame=[*took_part, *silent[:2]]) == set()


def test_when_everybody_took_part_and_agrees_they_are_named(wave):
    agree(wave, *list_spoken_for(wave))

    assert find_nameable(wave, frame=list_spoken_for(wave)) == set(list_spoken_for(wave))


def test_what_is_no_longer_submitted_is_not_named(wave):
    agree(wave, OTHER_MEMBER)
    wave.status = wave.Status.OPEN
    wave.save()
    reopen_response(wave.responses.get(organisation=OTHER_MEMBER), by=None, reason="Nog een keer", at=NOW)

    assert list_nameable(wave) == set()
    assert load_held_answers(wave, municipalities=[OTHER_MEMBER], questions=["beperkt"]) == {}


def test_who_belongs_to_no_organisation_sees_no_names(client, wave):
    agree(wave, MEMBER, OTHER_MEMBER)
    person = make_member(client)
    group = name_group(client, person, MEMBER, OTHER_MEMBER)

    response = open_page(client, gemeente=SILENT, groep=group)

    assert find_question(response).named == ()


def test_the_group_of_somebody_else_is_not_there(client, wave):
    group = name_group(client, make_person("Ander"), MEMBER, OTHER_MEMBER)
    make_member(client, MEMBER)

    for url in (
        f"/resultaten/2026/vergelijken/?groep={group}",
        f"/resultaten/2026/vergelijken/groepen/{group}/",
        f"/resultaten/2026/vergelijken/groepen/{group}/verwijderen/",
    ):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in (404, 405)


def test_no_cache_keeps_the_page(client, wave):
    assert "no-store" in open_page(client, gemeente=MEMBER)["Cache-Control"]


def test_links_lead_to_cases_of_places_like_this(client, wave):
    links = [link["url"] for link in open_page(client, gemeente=MEMBER).context["practices"]]

    assert links == [
        f"/praktijkvoorbeelden/gemeenten-zoals-de-uwe/?gemeente={MEMBER}",
        "/praktijkvoorbeelden/?grootteklasse=vanaf-100000",
        f"/praktijkvoorbeelden/?regio={REGION}",
    ]
    assert client.get(links[0]).status_code == 200


def test_each_reader_takes_one_query_however_many_municipalities(wave, django_assert_num_queries):
    for codes in ([MEMBER], list_asked(wave)):
        with django_assert_num_queries(1):
            find_nameable(wave, frame=codes)
        with django_assert_num_queries(1):
            load_held_answers(wave, municipalities=codes, questions=["beperkt", "hoe"])


def test_meeting_somebody_takes_one_query(wave, django_assert_num_queries):
    person = make_person("Noor", organisation=MEMBER)

    with django_assert_num_queries(1):
        meet_visitor(person, wave=wave)


def test_the_page_costs_the_same_with_more_who_answer_by_name(client, wave):
    make_member(client, MEMBER)
    open_page(client)
    counts = []
    for codes in ((), (OTHER_MEMBER, STRANGER, SPOKEN_FOR)):
        agree(wave, *codes)
        with CaptureQueriesContext(connection) as queries:
            open_page(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_group_is_made_changed_and_deleted_in_forms(wave):
    client = sign_in("Noor", MEMBER)
    new = f"/resultaten/2026/vergelijken/groepen/nieuw/?gemeente={MEMBER}"

    refused = client.post(new, {"name": "", "municipalities": [MEMBER]})
    assert refused.status_code == 422
    assert [each["id"] for each in refused.context["form"].problems] == ["id_name", "id_municipalities"]

    made = client.post(new, {"name": "Buren", "municipalities": [MEMBER, OTHER_MEMBER]})
    (number,) = re.findall(r"groep=(\d+)", made["Location"])
    assert made["Location"] == f"/resultaten/2026/vergelijken/?gemeente={MEMBER}&groep={number}"
    assert "Uw groep: Buren" in read(client, made["Location"])

    again = client.post(new, {"name": "Buren", "municipalities": [MEMBER, STRANGER]})
    assert (again.status_code, "al een groep met deze naam" in again.content.decode()) == (422, True)

    edit = f"/resultaten/2026/vergelijken/groepen/{number}/"
    page = client.get(edit).content.decode()
    assert re.findall(r'value="(GM\d+)"[^>]* checked', page) == [OTHER_MEMBER, MEMBER]
    client.post(edit, {"name": "Vrienden", "municipalities": [STRANGER, OTHER_MEMBER]})
    assert "Uw groep: Vrienden" in read(client, made["Location"])

    assert client.get(f"{edit}verwijderen/").status_code == 200
    assert client.post(f"{edit}verwijderen/").status_code == 302
    assert client.get(edit).status_code == 404


def test_signing_in_comes_first_for_groups(client, wave):
    response = client.get("/resultaten/2026/vergelijken/groepen/nieuw/")

    assert response["Location"].startswith("/account/login/")
