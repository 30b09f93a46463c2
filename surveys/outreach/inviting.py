"""The link of a mail: it leads, after signing in, straight to the organisation's survey."""

from django.conf import settings
from django.urls import reverse

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.models import Message
from surveys.outreach.texts import describe_wave
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.inviting_organisations import invite_coordinator

REPLACED = "De contactpersoon was intussen veranderd."


def find_obstacle_to_inviting(message: Message) -> str:
    """The address of a message follows its contact until it leaves; see `lifecycle.contacts`."""
    contact = message.contact
    return REPLACED if contact is None or not contact.is_active or contact.email != message.address else ""


def prepare_invitation(message: Message) -> dict[str, str]:
    """For who coordinates the organisation already a plain link; for anybody else an invitation that makes them so."""
    wave = message.mailing.wave
    return describe_wave(wave, organisation=message.organisation) | link_survey(message)


def link_survey(message: Message) -> dict[str, str]:
    """The values of `link` and `niet_voor_mij`; notes on the message which invitation they belong to."""
    wave, organisation = message.mailing.wave, message.organisation
    if is_coordinator(message.address, organisation_code=organisation.pk):
        return link_for_member(wave, organisation=organisation, instead="teamwork:hand_over")
    message.invitation, token = invite_coordinator(
        organisation, wave, email=message.address, by=message.mailing.started_by
    )
    message.save(update_fields=["invitation"])
    return {
        "link": settings.SITE_URL + reverse("teamwork:invitation", kwargs={"token": token}),
        "niet_voor_mij": settings.SITE_URL + reverse("outreach_replies:not_for_me", kwargs={"token": token}),
    }


def link_for_member(wave: Wave, *, organisation: Organisation, instead: str) -> dict[str, str]:
    """Plain addresses, for who signs in; `instead` is the page for who is not the right person."""
    parts = {"wave": wave.code, "organisation": organisation.pk}
    return {
        "link": settings.SITE_URL + reverse("responses:start", kwargs=parts),
        "niet_voor_mij": settings.SITE_URL + reverse(instead, kwargs=parts),
    }


def is_coordinator(address: str, *, organisation_code: str) -> bool:
    return Membership.objects.filter(
        organisation=organisation_code,
        person__email=address,
        person__is_active=True,
        role=Membership.Role.COORDINATOR,
    ).exists()


def show_example_invitation(wave: Wave, organisation: Organisation) -> dict[str, str]:
    return describe_wave(wave, organisation=organisation) | show_example_links()


def show_example_links() -> dict[str, str]:
    """For a preview: links that work for nobody."""
    example = {"token": "voorbeeld"}
    return {
        "link": settings.SITE_URL + reverse("teamwork:invitation", kwargs=example),
        "niet_voor_mij": settings.SITE_URL + reverse("outreach_replies:not_for_me", kwargs=example),
    }
