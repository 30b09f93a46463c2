"""The screens on which editors decide, what tells them that something waits, and the mail of every morning."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.urls import reverse

from practices.models import Reaction, WaitingMail
from practices.reactions import screens
from practices.reactions.moderation import hide, mail_waiting, refuse
from practices.tasks import mail_waiting_reactions
from surveys.accounts.models import Person
from surveys.accounts.roles import ADMINISTRATORS
from tests.accounts.people import make_administrator, make_member, make_person
from tests.practices.reactions.factories import (
    LEIDEN,
    SCREEN,
    let_know,
    make_case,
    make_editor,
    make_gerda,
    place,
    write_comment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def gerda():
    return make_gerda()


@pytest.fixture
def editor(client):
    client.force_login(make_editor())
    return client


def address(reaction: Reaction) -> str:
    return reverse("reactions:decide", args=[reaction.pk])


def read(response) -> str:
    return unescape(response.content.decode())


def list_rows(response) -> list[int]:
    return [int(key) for key in re.findall(rf'href="{SCREEN}(\d+)/"', response.content.decode())]


# --- The list ---


def test_what_waits_stands_first_the_longest_on_top(editor, case, gerda):
    lotte = make_member("lotte@leiden.example", organisation=LEIDEN)
    placed = place(write_comment(case, by=gerda, text="Al geplaatst"))
    first = let_know(case, by=lotte, organisation=LEIDEN)
    second = write_comment(case, by=gerda, text="Nog een")
    refused = refuse(write_comment(case, by=gerda, text="Nee"), revision=1, reason="Daarom", by=None)
    page = editor.get(SCREEN)
    assert list_rows(page) == [first.pk, second.pk, refused.pk, placed.pk]
    assert "Wacht op de redactie (2)" in read(page)
    assert list_rows(editor.get(f"{SCREEN}?stand=published")) == [placed.pk]
    assert list_rows(editor.get(f"{SCREEN}?stand=hidden")) == []
    assert len(list_rows(editor.get(f"{SCREEN}?stand=onzin&p=zoveel"))) == 4


@pytest.mark.parametrize("number", [1, 3])
def test_more_reactions_take_no_more_queries(number, editor, case, gerda, django_assert_num_queries):
    for each in range(number):
        write_comment(case, by=gerda, text=f"Reactie {each}")
    editor.get(SCREEN)
    with django_assert_num_queries(13):
        assert len(list_rows(editor.get(SCREEN))) == number


def test_the_list_comes_in_pages(editor, case, gerda, monkeypatch):
    monkeypatch.setattr(screens.ReactionListView, "rows_per_page", 1)
    first, second = (write_comment(case, by=gerda, text=text) for text in ("Een", "Twee"))
    assert list_rows(editor.get(SCREEN)) == [first.pk]
    assert list_rows(editor.get(f"{SCREEN}?p=2&stand=waiting")) == [second.pk]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_home_page_says_how_many_wait(number, editor, case, gerda):
    for each in range(number):
        write_comment(case, by=gerda, text=f"Reactie {each}")
    said = {
        0: "Er wachten geen reacties op voorbeelden",
        1: "1 reactie op een voorbeeld wacht op een besluit",
        2: "2 reacties op voorbeelden wachten op een besluit",
    }
    page = read(editor.get("/beheer/"))
    assert said[number] in page
    assert f'href="{SCREEN}"' in page


def test_who_does_not_keep_the_library_sees_none_of_it(client, case, gerda):
    written = write_comment(case, by=gerda)
    client.force_login(make_administrator(ADMINISTRATORS))
    assert SCREEN not in read(client.get("/beheer/"))
    for path in (SCREEN, address(written)):
        assert client.get(path).status_code == 302
        assert client.post(path, {"decision": "publish", "revision": 1}).status_code == 302
    assert Reaction.objects.get().status == "waiting"


# --- Deciding ---


def test_an_editor_reads_and_places_it(editor, case, gerda, django_capture_on_commit_callbacks):
    written = write_comment(case, by=gerda, function="adviseur", text="Een vraag.\n\nNog een alinea.")
    page = read(editor.get(address(written)))
    assert "Ondertekening op de site: adviseur, Gemeente Zaanstad." in page
    assert "door Gerda Smit" in page
    assert "Niet plaatsen" in page
    assert "Van de site halen" not in page
    with django_capture_on_commit_callbacks(execute=True):
        done = editor.post(address(written), {"decision": "publish", "revision": 1}, follow=True)
    assert done.redirect_chain == [(SCREEN, 302)]
    assert "Uw besluit is opgeslagen." in read(done)
    assert "Een vraag." in read(editor.get(case.url))
    assert [message.to for message in mail.outbox] == [[gerda.email]]


@pytest.mark.parametrize(("decision", "status"), [("refuse", "refused"), ("hide", "hidden")])
def test_keeping_it_off_the_page_takes_a_reason(decision, status, editor, case, gerda):
    written = write_comment(case, by=gerda)
    if decision == "hide":
        place(written)
    form = {"decision": decision, "revision": 1}
    for reason, message in (("", "Leg uit waarom."), ("  ", "Leg uit waarom."), ("x" * 301, "300")):
        refused = editor.post(address(written), form | {"reason": reason})
        assert refused.status_code == 422
        assert message in read(refused)
    assert editor.post(address(written), form | {"reason": "Er staat een naam in."}).status_code == 302
    stored = Reaction.objects.get()
    assert (stored.status, stored.reason) == (status, "Er staat een naam in.")
    assert "Er staat een naam in." in read(editor.get(address(written)))


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"decision": "publish"},
        {"decision": "publish", "revision": "x"},
        {"decision": "publish", "revision": 10**30},
        {"decision": "hide", "revision": 1, "reason": "Nee"},
        {"decision": "weg", "revision": 1},
        {"decision": "refuse", "revision": 1, "reason": "\x00"},
    ],
)
def test_a_form_that_makes_no_sense_changes_nothing(form, editor, case, gerda):
    written = write_comment(case, by=gerda)
    assert editor.post(address(written), form).status_code == 422
    assert Reaction.objects.get().status == "waiting"


def test_what_changed_while_reading_is_read_again(editor, case, gerda):
    said = let_know(case, by=gerda)
    let_know(case, by=gerda, text="Heel iets anders.")
    refused = editor.post(address(said), {"decision": "publish", "revision": 1})
    assert refused.status_code == 422
    assert "De organisatie heeft dit intussen veranderd." in read(refused)
    assert "Heel iets anders." in read(refused)
    assert 'name="revision" value="2"' in read(refused)
    assert Reaction.objects.get().status == "waiting"


def test_a_colleague_was_first(editor, case, gerda):
    written = write_comment(case, by=gerda)
    refuse(written, revision=1, reason="Te vaag", by=None)
    form = {"decision": "refuse", "revision": 1, "reason": "Ook te vaag"}
    assert editor.post(address(written), form).status_code == 422
    assert Reaction.objects.get().reason == "Te vaag"


def test_what_is_gone_is_a_404(editor, case, gerda):
    gone = address(write_comment(case, by=gerda))
    Reaction.objects.all().delete()
    for path in (gone, f"{SCREEN}{10**30}/"):
        assert editor.get(path).status_code == 404
        assert editor.post(path, {"decision": "publish", "revision": 1}).status_code == 404


def test_what_was_hidden_can_be_placed_again(editor, case, gerda):
    written = hide(place(write_comment(case, by=gerda)), revision=1, reason="Vergissing", by=None)
    assert "Vergissing" in read(editor.get(address(written)))
    assert editor.post(address(written), {"decision": "publish", "revision": 1}).status_code == 302
    assert Reaction.objects.get().status == "published"


# --- The mail of every morning ---


def test_editors_get_one_mail_a_day_with_what_waits(case, gerda, django_capture_on_commit_callbacks):
    rita, ria = make_editor(), make_editor("ria@vereniging.example")
    given = make_person("gea@vereniging.example")
    given.user_permissions.add(Permission.objects.get(codename="moderate_reaction"))
    Person.objects.create_superuser("baas@vereniging.example")
    make_administrator(ADMINISTRATORS)
    gone = make_editor("weg@vereniging.example")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    write_comment(case, by=gerda)
    let_know(case, by=gerda)
    with django_capture_on_commit_callbacks(execute=True):
        assert mail_waiting(on=MONDAY) == 3
        assert mail_waiting(on=MONDAY) == 0
    assert sorted(message.to[0] for message in mail.outbox) == sorted([rita.email, ria.email, given.email])
    assert {message.subject for message in mail.outbox} == {"Er wachten 2 reacties op voorbeelden"}
    assert f"http://localhost:8000{SCREEN}" in mail.outbox[0].body
    assert "Wat kost dit" not in mail.outbox[0].body
    place(Reaction.objects.filter(kind="comment").get())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert mail_waiting(on=TUESDAY) == 3
    assert {message.subject for message in mail.outbox} == {"Er wacht 1 reactie op een voorbeeld"}


def test_nobody_is_mailed_when_nothing_waits_or_nobody_can_decide(case, gerda):
    assert mail_waiting(on=MONDAY) == 0
    write_comment(case, by=gerda)
    assert mail_waiting(on=MONDAY) == 0
    assert not WaitingMail.objects.exists()


def test_the_task_that_runs_twice_mails_once(case, gerda, django_capture_on_commit_callbacks):
    make_editor()
    write_comment(case, by=gerda)
    with django_capture_on_commit_callbacks(execute=True):
        mail_waiting_reactions()
        mail_waiting_reactions()
    assert len(mail.outbox) == 1
