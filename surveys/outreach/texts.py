"""The text of a mail for a wave, and that text filled in for one recipient."""

from collections.abc import Mapping

from django.core.mail import EmailMultiAlternatives
from django.utils.formats import date_format

from surveys.accounts.mail import compose_mail
from surveys.accounts.models import Organisation
from surveys.outreach.default_texts import DEFAULT_TEXTS
from surveys.outreach.models import MailTemplate
from surveys.outreach.placeholders import fill_in, put_on_one_line
from surveys.questionnaire.models import Wave

TEMPLATE = "outreach/mail/letter"


def load_text(wave: Wave, *, purpose: str) -> tuple[str, str]:
    """Subject and text: those that somebody wrote for this wave, else those that ship with the site."""
    found = MailTemplate.objects.filter(wave=wave, purpose=purpose).values_list("subject", "body").first()
    return found or DEFAULT_TEXTS[purpose]


def describe_wave(wave: Wave, *, organisation: Organisation) -> dict[str, str]:
    """The values of the names that are in every mail."""
    last_day = date_format(wave.closes_on, "j F Y")
    return {
        "organisatie": str(organisation),
        "meting": wave.title,
        "laatste_dag": last_day,
        "graag_voor": date_format(wave.preferably_before, "j F Y") if wave.preferably_before else last_day,
    }


def fill_subject(subject: str, values: Mapping[str, str]) -> str:
    return put_on_one_line(fill_in(subject, values))


def compose_letter(
    address: str,
    *,
    recipient_name: str,
    subject: str,
    body: str,
    values: Mapping[str, str],
    message_id: str = "",
) -> EmailMultiAlternatives:
    """The mail as it goes out; `values` by the names between braces, see placeholders.py."""
    return compose_mail(
        address,
        template=TEMPLATE,
        context={
            "recipient_name": put_on_one_line(recipient_name),
            "subject": fill_subject(subject, values),
            "body": fill_in(body, values),
        },
        message_id=message_id,
    )
