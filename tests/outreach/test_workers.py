"""A thousand mails, sent by real workers with the real broker of files, that are killed half-way."""

from collections import Counter
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from surveys.outreach.models import Contact, Mailing, Message
from surveys.questionnaire.lifecycle import open_wave, plan_wave
from tests.harness.worker import run_worker
from tests.outreach.factories import start
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db(transaction=True)


def make_thousand_messages():
    """One contact per organisation and wave: three waves of the same country."""
    first = make_wave()
    waves = [first, *(make_wave_like(first, code) for code in ("tweede", "derde"))]
    for wave, number in zip(waves, (334, 333, 333), strict=True):
        codes = wave.frame.order_by("municipality").values_list("municipality", flat=True)[:number]
        contacts = Contact.objects.bulk_create(
            Contact(
                wave=wave,
                organisation_id=code,
                email=f"{wave.code}-{code}@gemeente.example".lower(),
                added_at=timezone.now(),
            )
            for code in codes
        )
        start(wave, *contacts)


def make_wave_like(wave, code):
    other = plan_wave(
        code=code,
        title=code,
        version=wave.version,
        reference_date=wave.reference_date,
        opens_on=wave.opens_on,
        closes_on=wave.closes_on,
        previous=None,
    )
    open_wave(other)
    return other


def test_none_of_a_thousand_mails_is_lost_or_doubled_when_workers_are_killed(tmp_path):
    make_thousand_messages()
    folder = tmp_path / "mail"

    def count_mails():
        return len(list(folder.glob("*.eml")))

    def is_done():
        return not Mailing.objects.exclude(status=Mailing.Status.DONE).exists()

    for name, enough in (("first", 250), ("second", 500)):
        with run_worker(tmp_path, name=name) as worker:
            worker.wait_until(lambda enough=enough: count_mails() >= enough)
            worker.kill()
        assert enough <= count_mails() < 1000
        assert not is_done()
    with run_worker(tmp_path, name="third") as third, run_worker(tmp_path, name="fourth") as fourth:
        third.wait_until(lambda: count_mails() >= 750)
        third.kill()
        fourth.wait_until(is_done)

    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")]
    addresses = Counter(each["To"] for each in mails)
    assert len(mails) == 1000
    assert set(addresses.values()) == {1}
    assert set(addresses) == set(Message.objects.values_list("address", flat=True))
    assert len({each["Message-ID"] for each in mails}) == 1000
    assert Message.objects.filter(status=Message.Status.SENT, sent_at__isnull=False).count() == 1000
