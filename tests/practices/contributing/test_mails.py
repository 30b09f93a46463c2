"""What the mails around a case say, and that they hold no markup of a contributor."""

import re

import pytest
from django.core import mail

from practices.contributing import mails
from practices.models import PracticePage
from surveys.accounts.models import Organisation
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    HILLEGOM,
    LEIDEN,
    SHARING,
    ZAANSTAD,
    begin,
    make_editor,
    make_library,
    make_person,
)

pytestmark = pytest.mark.django_db
TITLE = 'Sámen <b>sterk</b> & "wijs"'


@pytest.fixture
def cor(db):
    make_library()
    make_editor()
    return make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)


@pytest.fixture
def contribution(cor):
    return begin(cor, title=TITLE)


def send_everything(contribution):
    places = list(Organisation.objects.filter(pk__in=[LEIDEN, HILLEGOM]))
    make_person("Lotte", organisation=LEIDEN)
    mails.mail_editors(contribution, PracticePage(pk=7), is_again=False)
    mails.mail_editors(contribution, PracticePage(pk=7), is_again=True)
    mails.mail_taken(contribution)
    mails.mail_sent_back(contribution, comment="Hoeveel <i>scholen</i>?\nEn waar?")
    mails.mail_ended(contribution)
    mails.mail_waiting_for_places(contribution, places=places)
    mails.mail_places(contribution, places=places)
    mails.mail_published(contribution, url="/praktijkvoorbeelden/samen/")
    mails.mail_review_asked(contribution, recipients=[contribution.author])


def test_every_mail_leads_somewhere_and_says_the_same_in_text_and_html(contribution):
    send_everything(contribution)
    own = f"http://localhost:8000{SHARING}{contribution.pk}/"
    expected = [
        ("rita", "http://localhost:8000/beheer/pages/7/edit/"),
        ("rita", "http://localhost:8000/beheer/pages/7/edit/"),
        *[("cor", own)] * 4,
        ("lotte", f"{own}toestemming/"),
        ("rita", f"{own}toestemming/"),
        ("cor", "http://localhost:8000/praktijkvoorbeelden/samen/"),
        ("cor", f"{own}nakijken/"),
    ]
    found = []
    for message in mail.outbox:
        html = message.alternatives[0].content
        link = re.search(r'class="action"><a href="([^"]+)"', html)[1]
        assert link in message.body.split()
        assert TITLE in message.subject
        assert TITLE in message.body
        assert not re.search("<b>|<i>", html)
        found.append((message.to[0].partition("@")[0], link))
    assert found == expected


def test_what_came_back_says_what_is_asked(contribution):
    mails.mail_sent_back(contribution, comment="Hoeveel scholen?\nEn waar?")
    message = mail.outbox[0]
    assert "Hoeveel scholen?\nEn waar?" in message.body
    assert "Hoeveel scholen?<br>En waar?" in message.alternatives[0].content


def test_without_the_author_the_coordinators_hear_it(contribution, cor):
    make_person("Gerda", organisation=ZAANSTAD)
    cor.memberships.all().delete()
    mails.mail_taken(contribution)
    assert [message.to for message in mail.outbox] == [["gerda@voorbeeld.example"]]
    mail.outbox.clear()
    cor.delete()
    contribution.refresh_from_db()
    mails.mail_taken(contribution)
    assert (contribution.author, [message.to for message in mail.outbox]) == (
        None,
        [["gerda@voorbeeld.example"]],
    )
