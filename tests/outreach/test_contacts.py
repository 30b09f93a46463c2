"""Who the contact is, and what changing it does to what was sent and what still waits."""

import pytest
from django.core import mail
from wagtail.log_actions import registry

from surveys.outreach.lifecycle.contacts import (
    ContactDetails,
    adopt_coordinators,
    import_contacts,
    set_contact,
)
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Message
from surveys.outreach.sending import send_some
from surveys.teamwork.models import Invitation
from tests.outreach.factories import ADDRESS, count, draw_up, invite, make_contact, read_invitation, start
from tests.responses.factories import MEMBER, OTHER_MEMBER, REGION, make_person, make_wave, read

pytestmark = pytest.mark.django_db
NEW = "nieuw@gemeente.example"


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


def test_a_region_and_a_municipality_may_have_a_contact(wave):
    by = make_person("Rita")
    contact = set_contact(wave, ContactDetails(REGION, " Regio@Voorbeeld.example ", "An\nde Vries"), by=by)
    assert (contact.email, contact.name, contact.added_by) == ("regio@voorbeeld.example", "An de Vries", by)
    line = registry.get_logs_for_instance(contact.organisation).get(action="outreach.set_contact")
    assert line.user == by
    assert "regio@" not in str(line.data)


@pytest.mark.parametrize(
    ("code", "email", "words"),
    [
        ("GM9999", NEW, "doet niet mee"),
        ("GM0003", NEW, "doet niet mee"),
        (MEMBER, "geen adres", "geen e-mailadres"),
        (MEMBER, "a@b.example\nBcc: c@d.example", "geen e-mailadres"),
    ],
)
def test_what_cannot_be_a_contact_is_refused(wave, code, email, words):
    with pytest.raises(OutreachRefused, match=words):
        set_contact(wave, ContactDetails(code, email))
    assert not Contact.objects.exists()


def test_the_same_address_again_only_changes_the_name(wave):
    first = make_contact(wave)
    again = make_contact(wave, email=ADDRESS.upper(), name="An", functional=False)
    assert (again.pk, again.name, again.is_functional_mailbox) == (first.pk, "An", False)


def test_another_address_replaces_the_contact_and_its_links_stop(wave, client):
    invite(wave, make_contact(wave))
    link = read_invitation()

    make_contact(wave, email=NEW)

    assert client.get(link).status_code == 410
    assert list(Contact.objects.filter(is_active=True).values_list("email", flat=True)) == [NEW]
    assert Message.objects.get().address == ADDRESS


def test_after_another_address_the_organisation_can_be_invited_again(wave):
    invite(wave, make_contact(wave))
    invite(wave, make_contact(wave, email=NEW))
    assert [each.to[0] for each in mail.outbox] == [ADDRESS, NEW]


def test_nobody_gets_the_same_mail_twice(wave):
    contact = make_contact(wave)
    invite(wave, contact)
    with pytest.raises(OutreachRefused, match="al gekregen of staat al klaar"):
        draw_up(wave, contact)
    invite(wave, make_contact(wave, email=NEW))
    with pytest.raises(OutreachRefused):
        draw_up(wave, make_contact(wave))
    assert len(mail.outbox) == 2


def test_what_waits_for_an_address_that_had_it_already_is_not_sent(wave):
    invite(wave, make_contact(wave))
    mailing = start(wave, make_contact(wave, email=NEW))
    make_contact(wave)

    assert send_some(mailing.pk) is None

    assert count(mailing) == {"skipped": 1}
    assert len(mail.outbox) == 1
    # And who never got it, can still get it.
    assert count(invite(wave, make_contact(wave, email=NEW))) == {"sent": 1}


def test_one_address_for_two_organisations_gets_two_invitations(wave):
    mailing = invite(wave, make_contact(wave), make_contact(wave, OTHER_MEMBER))
    assert count(mailing) == {"sent": 2}
    assert {each.to[0] for each in mail.outbox} == {ADDRESS}
    assert read_invitation(0) != read_invitation(1)


def test_a_list_is_taken_in_as_a_whole_or_not_at_all(wave):
    rows = [ContactDetails(MEMBER, NEW), ContactDetails("GM9999", NEW)]
    with pytest.raises(OutreachRefused):
        import_contacts(wave, rows)
    assert not Contact.objects.exists()
    assert import_contacts(wave, rows[:1]) == 1


def test_adopting_leaves_who_has_a_contact_alone(wave):
    make_person("Gerda", organisation=MEMBER)
    make_person("Hans", organisation=OTHER_MEMBER)
    contact = make_contact(wave)
    assert adopt_coordinators(wave) == 1
    assert Contact.objects.get(organisation=MEMBER) == contact
    assert Contact.objects.get(organisation=OTHER_MEMBER).email == "hans@voorbeeld.example"


def test_a_contact_who_is_coordinator_already_gets_a_plain_link(wave, client):
    gerda = make_person("Gerda", organisation=MEMBER)
    invite(wave, make_contact(wave, email=gerda.email, name="Gerda", functional=False))
    body = mail.outbox[0].body
    assert f"http://localhost:8000/invullen/proef/{MEMBER}/\n" in body
    assert f"/invullen/proef/{MEMBER}/samenwerken/overdragen/" in body
    assert not Invitation.objects.exists()
    client.force_login(gerda)
    assert "Proefmeting" in read(client, f"/invullen/proef/{MEMBER}/")
