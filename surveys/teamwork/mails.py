"""The mails of a team: what each says is in templates/teamwork/mail, this fills in who and where."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Membership, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork.models import Invitation
from surveys.teamwork.queries import load_asked_definition


def send_invitation(invitation: Invitation, *, token: str) -> None:
    definition = load_asked_definition(invitation.wave, organisation=invitation.organisation)
    send_mail_to(
        invitation.email,
        template="teamwork/mail/invitation",
        context={
            "invitation": invitation,
            "titles": [each.title for each in definition.sections if each.code in invitation.sections],
            "url": settings.SITE_URL + reverse("teamwork:invitation", kwargs={"token": token}),
        },
    )


def send_assigned(member: Membership, *, wave: Wave, sections: Collection[str], by: Person) -> None:
    definition = load_asked_definition(wave, organisation=member.organisation)
    titles = [each.title for each in definition.sections if each.code in sections]
    _send(member, "assigned", wave=wave, page="responses:start", by=by, titles=titles)


def send_handed_over(member: Membership, *, wave: Wave, by: Person) -> None:
    _send(member, "handed_over", wave=wave, page="responses:start", by=by)


def send_taken_over(invitation: Invitation, *, by: Person) -> None:
    """To who invited somebody to take over, and who may have left the team by that."""
    if invitation.invited_by and invitation.invited_by.is_active:
        send_mail_to(
            invitation.invited_by,
            template="teamwork/mail/taken_over",
            context={"invitation": invitation, "by": by},
        )


def send_given_back(member: Membership, *, wave: Wave, title: str) -> None:
    """To the coordinators of the member's team."""
    coordinators = Membership.objects.select_related("person", "organisation").filter(
        organisation=member.organisation_id, role=Membership.Role.COORDINATOR
    )
    for coordinator in coordinators.exclude(pk=member.pk):
        _send(coordinator, "given_back", wave=wave, page="teamwork:team", by=member.person, title=title)


def _send(recipient: Membership, mail: str, *, wave: Wave, page: str, **context: object) -> None:
    if not recipient.person.is_active:
        return
    parts = {"wave": wave.code, "organisation": recipient.organisation_id}
    send_mail_to(
        recipient.person,
        template=f"teamwork/mail/{mail}",
        context={
            "organisation": recipient.organisation,
            "wave": wave,
            "url": settings.SITE_URL + reverse(page, kwargs=parts),
            **context,
        },
    )
