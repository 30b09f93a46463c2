"""The researchers ask an organisation in, at an address that nobody in the organisation need share.

Whoever can read mail at the address becomes its coordinator. Like in any invitation only the hash of the token is
kept and it works once; it ends with the wave.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import Wave
from surveys.teamwork.lifecycle.locking import lock_team
from surveys.teamwork.models import Invitation
from surveys.teamwork.tokens import draw_token, hash_token
from surveys.trail.recording import record


@transaction.atomic
def invite_coordinator(
    organisation: Organisation,
    wave: Wave,
    *,
    email: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> tuple[Invitation, str]:
    """The invitation and the token for its link, which is nowhere else; mailing it is for the caller.

    An earlier invitation of the same address goes on working, because both mails may be opened.
    """
    at = at or timezone.now()
    organisation = lock_team(organisation)
    token = draw_token()
    invitation = Invitation.objects.create(
        organisation=organisation,
        wave=wave,
        email=email,
        role=Membership.Role.COORDINATOR,
        token_hash=hash_token(token),
        invited_at=at,
        invited_by=by,
        expires_at=None,
    )
    record(organisation, "team.invite_coordinator", by=by, at=at, wave=wave.code)
    return invitation, token


def erase_invited_addresses(wave: Wave) -> None:
    """Forget where the invitations of a closed wave went; who accepted stays. The trail is for the caller."""
    wave.invitations.filter(expires_at=None).update(email="")


@transaction.atomic
def withdraw_invitations(
    organisation: Organisation,
    wave: Wave,
    *,
    email: str,
    by: Person | None = None,
    at: datetime | None = None,
) -> None:
    """Make every link useless that went to this address; harmless when there is none left."""
    at = at or timezone.now()
    pending = lock_team(organisation).invitations.filter(
        wave=wave, email=email, accepted_at=None, revoked_at=None
    )
    if pending.update(revoked_at=at):
        record(organisation, "team.withdraw_invitations", by=by, at=at, wave=wave.code)
