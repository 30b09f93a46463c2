"""The pages on which a case is written, sent in and agreed with."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from practices.contributing.lifecycle.submitting import submit_contribution
from practices.contributing.merging import take_print
from practices.contributing.stages import Stage
from practices.contributing.views import sharing
from practices.models import Contribution, PracticePage
from surveys.accounts.models import Membership
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    HILLEGOM,
    LEIDEN,
    READER,
    REGION,
    SHARING,
    ZAANSTAD,
    begin,
    browse,
    find_stage,
    make_editor,
    make_form,
    make_library,
    make_person,
    write_words,
)
from tests.responses.factories import read

pytestmark = pytest.mark.django_db
DATA = "application/ld+json"  # read by search engines, never run
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture(autouse=True)
def library():
    make_library()


@pytest.fixture
def gerda():
    return make_person("Gerda", organisation=ZAANSTAD)


@pytest.fixture
def cor():
    return make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)


def link(contribution, page=""):
    return f"{SHARING}{contribution.pk}/{page}"


def approve(contribution, editor):
    step = PracticePage.objects.get(contribution=contribution).current_workflow_task_state
    step.task.specific.on_action(step, editor, "approve")
    contribution.refresh_from_db()


class Markup(HTMLParser):
    """Every element of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def find_markup(html):
    """What none of our own templates has: scripts in the page, handlers, pictures and bold from elsewhere."""
    parser = Markup()
    parser.feed(html)
    return {
        (tag, str(attributes))
        for tag, attributes in parser.found
        if tag in ("b", "img")
        or (tag == "script" and "src" not in attributes and attributes.get("type") != DATA)
        or any(name.startswith("on") for name in attributes)
        or not (attributes.get("href") or "/").startswith(("/", "#", "?", "http", "mailto:"))
    }


def test_everybody_reads_what_is_taken_and_signs_in_from_there(client):
    words = read(client, SHARING)
    assert "Wat wij niet opnemen" in words
    page = client.get(SHARING).content.decode()
    assert "/account/login/?next=/praktijkvoorbeelden/delen/nieuw/" in page
    assert "/account/login/" in client.get(f"{SHARING}nieuw/").url


def test_a_member_begins_and_writes(gerda):
    client = browse(gerda)
    assert "Begin een voorbeeld" in read(client, SHARING)
    started = client.post(f"{SHARING}nieuw/", {"organisation": ZAANSTAD})
    contribution = Contribution.objects.get()
    assert started.url == link(contribution, "schrijven/")
    assert [each.pk for each in contribution.municipalities.all()] == [ZAANSTAD]
    answer = client.post(started.url, {**make_form(contribution, title="Een titel"), "action": "save"})
    assert (answer.status_code, answer.url) == (302, started.url)
    contribution.refresh_from_db()
    assert contribution.title == "Een titel"
    assert "Een titel" in read(client, SHARING)
    assert "Nog nodig om in te zenden: samenvatting" in read(client, started.url)


def test_the_list_asks_no_more_for_more_cases_and_comes_in_pages(
    gerda, django_assert_num_queries, monkeypatch
):
    client = browse(gerda)
    for number in (1, 2):
        for _ in range(number):
            submit_contribution(begin(gerda), by=gerda)
        # Session, person and the person's rights (2); whether they see all of it; the number of cases, the cases and
        # the steps of their workflow; whether to offer to begin, and whether this is a demo.
        with django_assert_num_queries(10):
            page = client.get(SHARING)
    assert page.content.decode().count("task-list__item") == 3
    monkeypatch.setattr(sharing, "PAGE_SIZE", 2)
    assert "Pagina 1 van 2" in read(client, SHARING)
    assert "Pagina 2 van 2" in read(client, f"{SHARING}?page=2")


@pytest.mark.parametrize("sent", [{}, {"organisation": LEIDEN}, {"organisation": "x\x00"}])
def test_nobody_begins_for_another_organisation(sent, gerda):
    assert browse(gerda).post(f"{SHARING}nieuw/", sent).status_code == 422
    assert not Contribution.objects.exists()


def test_who_only_reads_or_belongs_nowhere_cannot_begin():
    for name, role in (("Lea", READER), ("Niemand", "")):
        person = make_person(name, organisation=ZAANSTAD if role else "", role=role or READER)
        client = browse(person)
        assert "U kunt nog geen voorbeeld schrijven" in read(client, f"{SHARING}nieuw/")
        assert client.post(f"{SHARING}nieuw/", {"organisation": ZAANSTAD}).status_code == 422


def test_a_reader_sees_it_and_cannot_change_it(gerda):
    contribution = begin(gerda)
    client = browse(make_person("Lea", organisation=ZAANSTAD, role=READER))
    assert "De hulpverlener hoort bij het team van de school." in read(client, link(contribution))
    assert client.get(link(contribution, "schrijven/")).url == link(contribution)
    answer = client.post(link(contribution, "schrijven/"), make_form(contribution, title="Van Lea"))
    assert answer.status_code == 403
    assert "Van Lea" in answer.content.decode()
    for page in ("inzenden/", "wijzigen/", "nakijken/"):
        assert client.post(link(contribution, page), {"action": "klopt"}).status_code == 403
    assert find_stage(contribution) == Stage.DRAFT


def test_another_organisation_does_not_know_it(gerda):
    contribution = begin(gerda)
    client = browse(make_person("Lotte", organisation=LEIDEN))
    for page in ("", "schrijven/", "bewaren/", "nakijken/", "toestemming/"):
        assert client.get(link(contribution, page)).status_code == 404, page
    for page in ("schrijven/", "bewaren/", "inzenden/", "wijzigen/", "nakijken/", "toestemming/"):
        assert client.post(link(contribution, page), {}).status_code == 404, page


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "x" * 256, "Dit is te lang: er passen 255 tekens."),
        ("title", "x\x00", "Null"),
        ("year", "vroeger", "Vul een jaartal in"),
        ("year", "1200", "1990"),
        ("contact_email", "geen adres", "e-mailadres"),
        ("link_url", "javascript:alert(1)", "Vul een webadres in"),
        ("contact_url", "data:text/html,x", "Vul een webadres in"),
        ("status", "anders", "anders"),
        ("themes", ["bestaat-niet"], "niet (meer) in de lijst"),
        ("municipalities", ["GM9999"], "niet (meer) in de lijst"),
    ],
)
def test_a_mistake_is_said_and_kept_and_the_rest_is_saved(name, value, message, gerda):
    contribution = begin(gerda)
    client = browse(gerda)
    form = make_form(contribution, lessons="Begin klein", **{name: value})
    answer = client.post(link(contribution, "schrijven/"), {**form, "action": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message.lower() in page.lower()
    contribution.refresh_from_db()
    assert contribution.lessons == "Begin klein"
    if isinstance(value, str) and name != "status" and "\x00" not in value:
        assert value in page
    sent = client.post(link(contribution, "bewaren/"), form).json()
    assert message.lower() in sent["parts"][name]["error"].lower()


def test_colleagues_who_change_different_parts_both_have_their_way(gerda, cor):
    contribution = begin(gerda)
    form = make_form(contribution, title="Van Cor")
    write_words(contribution, by=gerda, summary="Van Gerda")
    answer = browse(cor).post(link(contribution, "schrijven/"), {**form, "action": "save"})
    assert answer.status_code == 302
    contribution.refresh_from_db()
    assert (contribution.title, contribution.summary) == ("Van Cor", "Van Gerda")


@pytest.mark.parametrize(("button", "kept"), [("houd", "Van Cor"), ("neem", "Van Gerda")])
def test_of_two_texts_a_person_chooses(button, kept, gerda, cor):
    contribution = begin(gerda)
    form = make_form(contribution, title="Van Cor", lessons="Ook van Cor")
    write_words(contribution, by=gerda, title="Van Gerda")
    client = browse(cor)
    for _ in range(2):
        answer = client.post(link(contribution, "schrijven/"), {**form, "action": "save"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert 'value="Van Cor"' in page
        assert "Van Gerda" in page
        contribution.refresh_from_db()
        assert (contribution.title, contribution.lessons) == ("Van Gerda", "Ook van Cor")
    action = re.search(rf'name="action" value="({button}:title:\w+)"', page)[1]
    # As the page now sends it: the lessons start from what was saved, the title from where Cor began.
    begun = dict(re.findall(r'name="(begun-\w+)" value="(\w+)"', page))
    assert begun["begun-lessons"] == take_print("Ook van Cor")
    answer = client.post(link(contribution, "schrijven/"), {**form, **begun, "action": action})
    assert answer.status_code == 302
    contribution.refresh_from_db()
    assert contribution.title == kept


def test_keeping_means_keeping_over_what_was_seen_only(gerda, cor):
    contribution = begin(gerda)
    form = make_form(contribution, title="Van Cor")
    write_words(contribution, by=gerda, title="Van Gerda")
    seen = take_print("Van Gerda")
    write_words(contribution, by=gerda, title="Alweer van Gerda")
    answer = browse(cor).post(link(contribution, "schrijven/"), {**form, "action": f"houd:title:{seen}"})
    assert answer.status_code == 409
    assert "Alweer van Gerda" in answer.content.decode()


@pytest.mark.parametrize(
    "action", ["houd:bestaat-niet:x", "neem:organisation:x", "houd", "neem:", "\x00", "houd:title"]
)
def test_buttons_that_nobody_made_do_no_harm(action, gerda):
    contribution = begin(gerda)
    answer = browse(gerda).post(
        link(contribution, "schrijven/"), {**make_form(contribution), "action": action}
    )
    assert answer.status_code in (302, 409)


def test_autosave_says_what_is_saved_what_conflicts_and_how_complete_it_is(gerda, cor):
    contribution = begin(gerda)
    form = make_form(contribution, title="Van Cor", lessons="Begin klein")
    write_words(contribution, by=gerda, title="Van Gerda")
    answer = browse(cor).post(link(contribution, "bewaren/"), form).json()
    assert re.fullmatch(r"\d\d:\d\d", answer["saved_at"])
    assert answer["parts"]["lessons"]["begun"] == take_print("Begin klein")
    assert answer["parts"]["title"]["begun"] is None
    assert "Van Gerda" in answer["parts"]["title"]["conflict"]
    assert "9 van 19 onderdelen ingevuld" in answer["meter"]
    # Sending the same again changes nothing.
    again = browse(cor).post(link(contribution, "bewaren/"), form).json()
    assert again["parts"]["lessons"]["conflict"] == ""


def test_autosave_answers_a_script_whatever_is_wrong(gerda):
    contribution = begin(gerda)
    save = link(contribution, "bewaren/")
    assert (Client().post(save).status_code, Client().post(save).json()["may_resume"]) == (401, True)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(gerda)
    refused = strict.post(save, make_form(contribution, title="Anders"))
    assert (refused.status_code, refused.json()["may_resume"]) == (403, True)
    assert strict.get(save).json()["person"] == gerda.pk
    client = browse(gerda)
    submit_contribution(contribution, by=gerda)
    late = client.post(save, make_form(contribution, title="Te laat"))
    assert (late.status_code, late.json()["may_resume"]) == (409, False)
    Membership.objects.filter(person=gerda).update(role=READER)
    assert client.post(save, {}).status_code == 403
    Membership.objects.filter(person=gerda).delete()
    assert client.post(save, {}).status_code == 404
    contribution.refresh_from_db()
    assert contribution.title == "Jeugdhulp in de school"


def test_words_stay_when_somebody_signed_out_or_in_again_or_it_was_sent_in(gerda):
    contribution = begin(gerda)
    write = link(contribution, "schrijven/")
    form = make_form(contribution, title="Nog niet bewaard")
    signed_out = Client().post(write, form)
    assert (signed_out.status_code, "Nog niet bewaard" in signed_out.content.decode()) == (403, True)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(gerda)
    again = strict.post(write, form)
    assert (again.status_code, "Nog niet bewaard" in again.content.decode()) == (403, True)
    submit_contribution(contribution, by=gerda)
    late = browse(gerda).post(write, {**form, "action": "save"})
    assert (late.status_code, "Nog niet bewaard" in late.content.decode()) == (409, True)
    contribution.refresh_from_db()
    assert contribution.title == "Jeugdhulp in de school"


def test_it_is_sent_in_by_a_button_once_it_is_enough(gerda):
    contribution = begin(gerda, summary="")
    client = browse(gerda)
    assert "Inzenden naar de redactie" not in read(client, link(contribution))
    answer = client.post(link(contribution, "inzenden/"))
    assert (answer.status_code, "Schrijf een samenvatting van één zin." in answer.content.decode()) == (
        422,
        True,
    )
    write_words(contribution, by=gerda, summary="Een zin.")
    assert client.post(link(contribution, "inzenden/")).url == link(contribution)
    assert "Ingezonden, wacht op de redactie" in read(client, link(contribution))
    assert client.post(link(contribution, "inzenden/")).status_code == 409


def test_the_place_agrees_on_a_page_of_its_own(cor, gerda):
    contribution, editor = begin(cor), make_editor()
    submit_contribution(contribution, by=cor)
    place = browse(gerda)
    consent = link(contribution, "toestemming/")
    assert place.get(consent).status_code == 404, "the editors have not read it yet"
    approve(contribution, editor)
    assert "Akkoord namens Gemeente Zaanstad" in read(place, consent)
    lotte = browse(make_person("Lotte", organisation=LEIDEN))
    for client in (lotte, browse(cor)):
        assert client.get(consent).status_code == 404
        assert client.post(consent, {"action": ZAANSTAD}).status_code == 404
    for action in ("", LEIDEN, "\x00"):
        assert place.post(consent, {"action": action}).status_code == 409
    assert place.post(consent, {"action": "terug", "reason": ""}).status_code == 409
    assert place.post(consent, {"action": ZAANSTAD, "reason": "x" * 501}).status_code == 422
    assert place.post(consent, {"action": ZAANSTAD}).url == consent
    assert "U hoeft nu niets te doen." in read(place, consent)
    assert place.post(consent, {"action": ZAANSTAD}).status_code == 409
    assert find_stage(contribution) == Stage.PUBLISHED


def test_a_place_does_not_read_what_is_written_after_its_answer(cor, gerda):
    lotte, hil = make_person("Lotte", organisation=LEIDEN), make_person("Hil", organisation=HILLEGOM)
    rens = make_person("Rens", organisation=REGION)
    contribution, editor = begin(rens, REGION, municipalities=(LEIDEN, HILLEGOM)), make_editor()
    submit_contribution(contribution, by=rens)
    approve(contribution, editor)
    consent = link(contribution, "toestemming/")
    browse(lotte).post(consent, {"action": LEIDEN})
    browse(hil).post(consent, {"action": "terug", "reason": "Nee"})
    contribution.refresh_from_db()
    write_words(contribution, by=rens, intro="Nog geheim")
    words = read(browse(lotte), consent)
    assert "U hoeft nu niets te doen." in words
    assert "Nog geheim" not in words
    assert browse(hil).get(consent).status_code == 404


def test_an_editor_notes_a_consent_and_only_where_nobody_else_can(cor):
    contribution, editor = begin(cor), make_editor()
    submit_contribution(contribution, by=cor)
    approve(contribution, editor)
    client, consent = browse(editor), link(contribution, "toestemming/")
    assert "Toestemming van Gemeente Zaanstad vastleggen" in read(client, consent)
    assert client.post(consent, {"action": ZAANSTAD}).status_code == 409
    assert client.post(consent, {"action": ZAANSTAD, "reason": "Gebeld met de wethouder"}).status_code == 302
    assert find_stage(contribution) == Stage.PUBLISHED


def test_nothing_a_contributor_writes_is_markup(gerda, client):
    words = dict.fromkeys(
        (
            "title",
            "summary",
            "intro",
            "reason",
            "outline",
            "conditions",
            "costs",
            "lessons",
            "setbacks",
            "parties",
        ),
        HOSTILE,
    )
    words |= dict.fromkeys(
        ("performer", "status_when", "effect_note", "audience", "source", "link_title", "contact"),
        HOSTILE[:60],
    )
    contribution = begin(
        gerda, **words, figures=f"<b>3</b>: {HOSTILE}", link_url="https://www.zaanstad.example/?a=%22%3E"
    )
    own = browse(gerda)
    pages = [own.get(link(contribution, page)) for page in ("", "schrijven/")]
    submit_contribution(contribution, by=gerda)
    editor = make_editor()
    approve(contribution, editor)
    page = PracticePage.objects.live().get()
    pages += [
        client.get(page.url),
        client.get("/praktijkvoorbeelden/"),
        own.get(link(contribution, "nakijken/")),
    ]
    for answer in pages:
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "alert(1)" in html
        assert find_markup(html) == set()
