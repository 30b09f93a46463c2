"""What a reminder says to its reader, and when it need not go after all."""

from collections.abc import Iterable

from django.core.mail import EmailMultiAlternatives

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.inviting import (
    is_coordinator,
    link_for_member,
    link_survey,
    show_example_invitation,
    show_example_links,
)
from surveys.outreach.models import Message, ReminderStep
from surveys.outreach.open_work import write_open_work
from surveys.outreach.reminder_queries import load_candidates
from surveys.outreach.reminding import STAGE_LABELS, Addressee, find_obstacle
from surveys.outreach.texts import compose_letter, describe_wave, load_text
from surveys.questionnaire.models import Wave

NO_LONGER = "Dit adres hoort niet meer bij wie aan de vragenlijst werkt."
# Who does not coordinate cannot hand over, but finds there who can.
TEAM_PAGE = "teamwork:team"
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
    if message.contact_id or is_coordinator(message.address, organisation_code=organisation.pk):
        links = link_survey(message)
    else:
        links = link_for_member(wave, organisation=organisation, instead=TEAM_PAGE)
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


def preview_reminders(
    step: ReminderStep, organisation: Organisation, *, addressees: Iterable[Addressee]
) -> list[EmailMultiAlternatives]:
    """The very mails as they would go now; only a link that is made for its reader is still an example."""
    subject, body = load_text(step.wave, purpose=step.purpose)
    return [
        compose_letter(
            each.address,
            recipient_name=each.name,
            subject=subject,
            body=body,
            values=describe_reminder(step.wave, organisation=organisation, address=each.address)
            | _show_links(step.wave, organisation=organisation, addressee=each),
        )
        for each in addressees
    ]


def _show_links(wave: Wave, *, organisation: Organisation, addressee: Addressee) -> dict[str, str]:
    if is_coordinator(addressee.address, organisation_code=organisation.pk):
        return link_for_member(wave, organisation=organisation, instead="teamwork:hand_over")
    if addressee.contact_id:
        return show_example_links()
    return link_for_member(wave, organisation=organisation, instead=TEAM_PAGE)


def show_example_reminder(wave: Wave, organisation: Organisation) -> dict[str, str]:
    """As who coordinates the organisation would read it, with links that work for nobody."""
    return show_example_invitation(wave, organisation) | {
        "nog_open": write_open_work(wave, organisation=organisation, address="")
    }
