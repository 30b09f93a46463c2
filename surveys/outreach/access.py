from django.core.validators import slug_re
from django.http import Http404

from surveys.accounts.models import Organisation
from surveys.outreach.models import Mailing, Message, ReminderStep
from surveys.outreach.queries import is_asked
from surveys.questionnaire.models import Wave
from surveys.teamwork.access import access_invitation
from surveys.teamwork.models import Invitation

UNKNOWN = "There is no such mail."


def access_inviting_wave(code: str) -> Wave:
    """Any wave, for whoever may invite. Raises Http404 for an unknown code, whatever it holds."""
    waves = Wave.objects.select_related("version")
    wave = waves.filter(code=code).first() if slug_re.match(code) else None
    if wave is None:
        raise Http404("There is no such wave.")
    return wave


def access_asked_organisation(wave: Wave, code: str) -> Organisation:
    """An organisation that the wave asks. Raises Http404 for any other, whatever the code holds."""
    is_code = slug_re.match(code) is not None
    is_known = is_code and is_asked(wave, organisation_code=code)
    organisation = Organisation.objects.filter(pk=code).first() if is_known else None
    if organisation is None:
        raise Http404("This wave does not ask this organisation.")
    return organisation


def access_reminder_step(wave: Wave, step_id: int) -> ReminderStep:
    found = ReminderStep.objects.select_related("wave").filter(wave=wave, pk=step_id).first()
    if found is None:
        raise Http404("There is no such reminder.")
    return found


def access_mailing(wave: Wave, mailing_id: int) -> Mailing:
    mailings = Mailing.objects.select_related("wave", "created_by", "started_by", "stopped_by")
    found = mailings.filter(wave=wave, pk=mailing_id).first()
    if found is None:
        raise Http404("There is no such mailing.")
    return found


def access_message(wave: Wave, message_id: int) -> Message:
    messages = Message.objects.select_related("mailing__wave", "organisation", "contact")
    found = messages.filter(mailing__wave=wave, pk=message_id).first()
    if found is None:
        raise Http404(UNKNOWN)
    return found


def access_invited_message(token: str) -> tuple[Message, Invitation]:
    """The mail that brought this link, also when the link no longer works.

    Raises Http404 for a link that never was, and for an invitation that colleagues sent each other.
    """
    invitation = access_invitation(token)
    messages = Message.objects.select_related("mailing__wave", "organisation")
    found = messages.filter(invitation=invitation).first()
    if found is None:
        raise Http404(UNKNOWN)
    return found, invitation
