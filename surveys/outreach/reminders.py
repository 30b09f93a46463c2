"""What a reminder says to its reader, and when it need not go after all."""

from django.conf import settings
from django.urls import reverse

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.inviting import is_coordinator, link_survey, show_example_invitation
from surveys.outreach.models import Message, ReminderStep
from surveys.outreach.open_work import write_open_work
from surveys.outreach.reminder_queries import load_candidates
from surveys.outreach.reminding import STAGE_LABELS, find_obstacle
from surveys.outreach.texts import describe_wave
from surveys.questionnaire.models import Wave

NO_LONGER = "Dit adres hoort niet meer bij wie aan de vragenlijst werkt."
OWN_PART_DONE = "De eigen onderdelen zijn intussen klaar."


def find_obstacle_to_reminding(message: Message) -> str:
    """Judged once more just before it goes: somebody may have submitted, started or been replaced since."""
    candidates = load_candidates(message.mailing.wave, code=message.organisation_id)
    if not candidates:
        return NO_LONGER
    candidate = candidates[0]
    step = ReminderStep.objects.filter(
        wave=message.mailing.wave, pk=find_step_id(message.mailing.occasion)
    ).first()
    if obstacle := find_obstacle(candidate):
        return obstacle
    if step is not None and step.pk in candidate.skipped_steps:
        return "Een onderzoeker slaat deze herinnering over."
    if step is not None and step.audience != candidate.stage:
        return f"Is intussen {STAGE_LABELS[candidate.stage]}."
    if message.address not in {each.address for each in candidate.addressees}:
        return OWN_PART_DONE if is_colleague(message) else NO_LONGER
    return ""


def find_step_id(occasion: str) -> int:
    """Of a mailing that is a reminder; see `ReminderStep.occasion`."""
    return int(occasion.rpartition("-")[2])


def prepare_reminder(message: Message) -> dict[str, str]:
    """Who is in the team gets the plain address of the survey; a contact who never came in, a new invitation."""
    wave, organisation = message.mailing.wave, message.organisation
    is_contact = message.contact_id is not None
    if is_contact or is_coordinator(message.address, organisation_code=organisation.pk):
        links = link_survey(message)
    else:
        links = link_for_colleague(wave, organisation=organisation)
    return describe_reminder(wave, organisation=organisation, address=message.address) | links


def describe_reminder(wave: Wave, *, organisation: Organisation, address: str) -> dict[str, str]:
    """The values of all names but the links."""
    return describe_wave(wave, organisation=organisation) | {
        "nog_open": write_open_work(wave, organisation=organisation, address=address)
    }


def is_colleague(message: Message) -> bool:
    """Whether its reader works in the team without coordinating it."""
    members = Membership.objects.filter(
        organisation=message.organisation, person__email=message.address, person__is_active=True
    )
    return members.exclude(role=Membership.Role.COORDINATOR).exists()


def link_for_colleague(wave: Wave, *, organisation: Organisation) -> dict[str, str]:
    """Who does not coordinate cannot hand over, but finds on the page of the team who can."""
    parts = {"wave": wave.code, "organisation": organisation.pk}
    return {
        "link": settings.SITE_URL + reverse("responses:start", kwargs=parts),
        "niet_voor_mij": settings.SITE_URL + reverse("teamwork:team", kwargs=parts),
    }


def show_example_reminder(wave: Wave, organisation: Organisation) -> dict[str, str]:
    """As who coordinates the organisation would read it, with links that work for nobody."""
    return show_example_invitation(wave, organisation) | {
        "nog_open": write_open_work(wave, organisation=organisation, address="")
    }
