"""A year after a wave nobody knows any more whom it wrote to, and every count is what it was."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.log_actions import registry

from surveys.accounts.models import Organisation
from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.lifecycle.reminder_plan import skip_organisation
from surveys.outreach.lifecycle.replies import note_reply
from surveys.outreach.models import Contact, Message, ReminderSkip, Reply
from surveys.outreach.overview import count_states
from surveys.outreach.queries import count_messages, list_invited_organisations, list_waves_to_erase
from surveys.outreach.tasks import erase_old_contacts
from surveys.questionnaire.models import Wave
from surveys.teamwork.models import Invitation
from tests.fieldwork.test_views import sign_in
from tests.outreach.factories import invite, make_contact
from tests.outreach.test_views import OVERVIEW
from tests.responses.factories import MEMBER, OTHER_MEMBER, REGION, STRANGER, make_wave

pytestmark = pytest.mark.django_db

ADDRESSES = ("ans@leiden.example", "post@hillegom.example", "jeugd@zaanstad.example", "an@regio.example")


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    """Four contacts: one answered by mail, one mail came back, one was replaced, one was never written to."""
    wave = make_wave()
    contacts = [
        make_contact(wave, code, email=address, name="Ans", functional=False)
        for code, address in zip((MEMBER, OTHER_MEMBER, STRANGER, REGION), ADDRESSES, strict=True)
    ]
    invite(wave, *contacts[:3])
    replied, bounced, _ = Message.objects.order_by("pk")
    note_reply(replied, kind=Reply.Kind.OTHER, text="Ans is met verlof", by=None)
    Reply.objects.update(suggested_email="bea@leiden.example")
    note_bounce(bounced, reason=f"550 <{ADDRESSES[1]}>: onbekend", by=None)
    make_contact(wave, STRANGER, email="nieuw@zaanstad.example")
    return wave


def end(wave, *, days_ago, status=Wave.Status.CLOSED):
    """The wave's last day was so many days ago."""
    last = timezone.localdate() - timedelta(days=days_ago)
    dates = {"opens_on": last - timedelta(days=30), "closes_on": last}
    Wave.objects.filter(pk=wave.pk).update(**dates, status=status)


def dump(*models):
    return repr([list(model.objects.values_list()) for model in models])


def describe_counts(wave):
    rows = list_invited_organisations(wave)
    return (
        count_states(rows),
        {row.code: (row.outcome, row.reply, row.invited_at) for row in rows},
        [count_messages(mailing) for mailing in wave.mailings.all()],
    )


def test_names_and_addresses_go_and_every_count_stays(wave):
    counts = describe_counts(wave)
    end(wave, days_ago=366)
    assert "@" in dump(Contact, Message, Reply, Invitation)
    erase_old_contacts()
    left = dump(Contact, Message, Reply, Invitation)
    assert "@" not in left
    assert "Ans" not in left
    assert describe_counts(wave) == counts
    assert Message.objects.get(status="bounced").outcome == "550 <(adres gewist)>: onbekend"
    assert Message.objects.values("key").distinct().count() == 3


def test_one_line_per_wave_says_how_many_and_a_second_run_nothing(wave):
    end(wave, days_ago=366)
    erase_old_contacts()
    erase_old_contacts()
    (entry,) = registry.get_logs_for_instance(wave).filter(action="outreach.erase")
    assert (entry.user, entry.data) == (None, {"contacts": 5, "mails": 3})


def test_until_then_everything_stays(wave, settings):
    before = dump(Contact, Message, Reply, Invitation)
    end(wave, days_ago=365)
    erase_old_contacts()
    assert dump(Contact, Message, Reply, Invitation) == before
    settings.CONTACT_RETENTION_DAYS = 30
    erase_old_contacts()
    assert "@" not in dump(Contact, Message, Reply, Invitation)


def test_a_wave_that_nobody_closed_forgets_them_too(wave):
    end(wave, days_ago=366, status=Wave.Status.OPEN)
    assert list_waves_to_erase(today=timezone.localdate()) == [wave]


def test_what_researchers_wrote_about_somebody_goes_too(wave):
    skip_organisation(wave, Organisation.objects.get(pk=MEMBER), reason="Ans is met verlof", by=None)
    end(wave, days_ago=366)
    erase_old_contacts()
    assert list(ReminderSkip.objects.values_list("organisation", "reason")) == [(MEMBER, "")]


def test_another_wave_keeps_its_own(wave):
    other = make_wave(code="ander")
    kept = make_contact(other, MEMBER)
    invite(other, kept)
    end(wave, days_ago=366)
    end(other, days_ago=0)
    erase_old_contacts()
    assert Contact.objects.get(pk=kept.pk).email == kept.email
    assert Message.objects.get(contact=kept).address == kept.email
    assert other.invitations.get().email == kept.email


def test_the_screens_say_that_they_are_gone(client, wave):
    mailing = wave.mailings.get()
    end(wave, days_ago=366)
    erase_old_contacts()
    sign_in(client, "invite_organisations")
    assert "adres en naam gewist" in client.get(OVERVIEW, {"zoek": "Leiden"}).text
    assert "<td>gewist</td>" in client.get(f"{OVERVIEW}verzending/{mailing.pk}/").text
    message = mailing.messages.first()
    assert "<dd>gewist" in client.get(f"{OVERVIEW}mail/{message.pk}/").text
