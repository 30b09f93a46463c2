"""Somebody with one section sees that section only, on every page of the survey."""

from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest

from surveys.accounts.models import Membership
from surveys.responses.access import access_survey
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Answer
from surveys.teamwork.lifecycle.members import change_role
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    choose,
    make_person,
    make_response,
    make_wave,
    read,
    write,
)
from tests.teamwork.factories import CONTRIBUTOR, READER, START, get_member, make_limited, open_browser

SECRET = "Alleen voor wie toegang ziet"


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


@pytest.fixture
def cor(wave, gerda):
    """Sees the second section only."""
    return make_limited("Cor", "huisarts", wave=wave, by=gerda)


@pytest.fixture
def response(wave, gerda):
    answers = COMPLETE | {"beperkt": choose("ja"), "knelpunten": write(SECRET)}
    return make_response(wave, MEMBER, answers=answers, by=gerda)


def test_another_section_does_not_exist(cor, response):
    browser = open_browser(cor)
    assert browser.get(f"{START}huisarts/").status_code == 200
    assert browser.get(f"{START}toegang/").status_code == 404


def test_nothing_is_saved_in_another_section(cor, response):
    before = list(Answer.objects.order_by("pk").values_list("question__code", "revision"))
    sent = open_browser(cor).post(f"{START}toegang/", {"r-knelpunten": "1", "q-knelpunten": "Nieuw"})
    assert sent.status_code == 404
    assert list(Answer.objects.order_by("pk").values_list("question__code", "revision")) == before


@pytest.mark.parametrize("page", ["", "controleren/", "huisarts/"])
def test_no_page_shows_anything_of_another_section(cor, gerda, response, page):
    assert "Onderdeel toegang" in read(open_browser(gerda), START)
    text = read(open_browser(cor), f"{START}{page}")
    assert "Onderdeel huisarts" in text
    assert "Onderdeel toegang" not in text
    assert SECRET not in text
    assert "Vraag beperkt" not in text


def test_the_receipt_shows_only_the_own_section(cor, gerda, response):
    submit_response(make_response(response.wave, MEMBER, answers={"verzekeraar": choose("ja")}), by=gerda)
    assert SECRET in read(open_browser(gerda), f"{START}ontvangst/")
    text = read(open_browser(cor), f"{START}ontvangst/")
    assert "Vraag poh" in text
    assert SECRET not in text


def test_the_overview_counts_the_own_sections_only(cor, gerda, wave):
    make_response(wave, MEMBER, answers={"beperkt": choose("nee"), "knelpunten": write("x")}, by=gerda)
    assert "1 van 2 onderdelen klaar. Opgeslagen" in read(open_browser(gerda), "/invullen/")
    text = read(open_browser(cor), "/invullen/")
    assert "0 van 1 onderdelen klaar." in text
    assert "Opgeslagen" not in text


def test_the_section_counts_within_what_one_sees(cor, response):
    text = read(open_browser(cor), f"{START}huisarts/")
    assert "Onderdeel 1 van 1" in text


def test_routing_follows_answers_that_one_cannot_see(cor, response):
    # "fte" is asked after "ja" at a question of the other section.
    assert "Vraag fte?" in read(open_browser(cor), f"{START}controleren/")


def test_what_is_missing_elsewhere_is_not_named(cor, gerda, wave):
    make_response(wave, MEMBER, answers={"poh": choose("nee")}, by=gerda)
    assert "Vraag beperkt" in read(open_browser(gerda), f"{START}controleren/")
    text = read(open_browser(cor), f"{START}controleren/")
    assert "Vraag beperkt" not in text
    assert "Er ontbreekt" not in text


def test_somebody_without_sections_reads_what_to_do(wave, gerda, cor, response):
    Membership.objects.get(person=cor).assignments.all().delete()
    browser = open_browser(cor)
    assert "U heeft nu geen onderdelen" in read(browser, START)
    assert browser.get(f"{START}huisarts/").status_code == 404


def test_a_limited_member_cannot_choose_municipalities(wave):
    rens = make_person("Rens", organisation=REGION)
    ria = make_limited("Ria", "huisarts", wave=wave, by=rens, organisation=REGION)
    response = make_response(wave, REGION, covers=[MEMBER])
    page = f"/invullen/proef/{REGION}/gemeenten/"
    browser = open_browser(ria)
    assert "<form" not in browser.get(page).content.decode().partition("<main")[2]
    assert browser.post(page, {"gemeente": [OTHER_MEMBER], "seen": MEMBER}).status_code == 403
    assert list(response.coverage.values_list("municipality", flat=True)) == [MEMBER]
    assert "Voor welke gemeenten" not in read(browser, f"/invullen/proef/{REGION}/")


# --- The door itself ---


def test_the_visible_definition_is_what_a_file_may_hold(wave, gerda, cor):
    mine = access_survey(cor, wave_code="proef", organisation_code=MEMBER)
    assert [section.code for section in mine.visible_definition.sections] == ["huisarts"]
    assert [section.code for section in mine.definition.sections] == ["toegang", "huisarts"]
    assert mine.may_see("huisarts")
    assert not mine.may_see("toegang")
    whole = access_survey(gerda, wave_code="proef", organisation_code=MEMBER)
    assert whole.visible_definition == whole.definition
    assert whole.sections is None


def test_a_coordinator_is_never_limited(wave, gerda):
    Membership.objects.filter(person=gerda).update(is_limited=True)
    assert access_survey(gerda, wave_code="proef", organisation_code=MEMBER).sections is None


def test_sections_of_another_wave_do_not_count(wave, gerda, cor):
    make_wave(code="later")
    assert access_survey(cor, wave_code="later", organisation_code=MEMBER).sections == frozenset()


@pytest.mark.parametrize(
    ("role", "may_submit", "expected"),
    [(CONTRIBUTOR, True, True), (CONTRIBUTOR, False, False), (READER, True, False)],
)
def test_who_may_submit_besides_the_coordinator(wave, role, may_submit, expected):
    person = make_person("Cor", organisation=MEMBER, role=role)
    Membership.objects.filter(person=person).update(may_submit=may_submit)
    assert access_survey(person, wave_code="proef", organisation_code=MEMBER).may_submit == expected


def test_who_got_the_right_submits_on_the_page(wave, gerda):
    cor = make_person("Cor", organisation=MEMBER, role=CONTRIBUTOR)
    make_response(wave, MEMBER, answers=COMPLETE)
    browser = open_browser(cor)
    assert browser.post(f"{START}controleren/").status_code == 403
    change_role(get_member(cor), role=CONTRIBUTOR, may_submit=True, by=gerda)
    assert browser.post(f"{START}controleren/").url == f"{START}ontvangst/"


def test_who_sees_a_part_never_submits(wave, cor):
    Membership.objects.filter(person=cor).update(may_submit=True)
    make_response(wave, MEMBER, answers=COMPLETE)
    assert open_browser(cor).post(f"{START}controleren/").status_code == 403


# --- Everything else that shows questions or answers ---


@pytest.mark.parametrize(
    "page",
    [
        "werkmap/",
        "openbaarheid/",
        "vragen-terug/",
        "heropenen/",
        "intrekken/",
        "namens/",
        "nieuwe-versie/",
    ],
)
def test_no_other_page_or_file_shows_another_section(cor, gerda, response, page):
    submit_response(make_response(response.wave, MEMBER, answers={"verzekeraar": choose("ja")}), by=gerda)
    answer = open_browser(cor).get(f"{START}{page}")
    content = answer.getvalue()
    if answer.status_code == 200:
        if is_zipfile(BytesIO(content)):
            with ZipFile(BytesIO(content)) as parts:
                content = b"".join(parts.read(name) for name in parts.namelist())
        for secret in (SECRET, "Onderdeel toegang", "Vraag knelpunten"):
            assert secret.encode() not in content
    else:
        assert answer.status_code in (302, 403, 404)
