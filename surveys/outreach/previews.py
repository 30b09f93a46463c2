"""A mail as one organisation would get it, with links that work for nobody."""

from django.core.mail import EmailMultiAlternatives

from surveys.accounts.models import Organisation, Person
from surveys.outreach.lifecycle.mailings import address_contact
from surveys.outreach.models import Contact
from surveys.outreach.purposes import RULES
from surveys.outreach.texts import compose_letter, load_text
from surveys.questionnaire.models import Wave


def preview_letter(
    wave: Wave, *, purpose: str, organisation: Organisation, to: Person | None = None
) -> EmailMultiAlternatives:
    """To its contact, if there is one, or as a test to a researcher: the subject then says that it is one."""
    contact = Contact.objects.filter(wave=wave, organisation=organisation, is_active=True).first()
    recipient = address_contact(contact) if contact else None
    subject, body = load_text(wave, purpose=purpose)
    return compose_letter(
        to.email if to else recipient.address if recipient else "",
        recipient_name=recipient.name if recipient else "",
        subject=f"Proef: {subject}" if to else subject,
        body=body,
        values=RULES[purpose].show_example(wave, organisation),
    )
