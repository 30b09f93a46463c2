"""Three reactions for the demo world, invented like everything in it: two that an editor placed, one that waits."""

import logging
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from practices.models.reactions import Reaction
from practices.reactions.access import access_case
from practices.reactions.lifecycle import adopt, comment
from practices.reactions.moderation import publish
from surveys.accounts.models import Organisation, Person

CASE = "haagse-doorbraaklab"
EDITOR = "redactie@demo.example"


def seed_reactions() -> bool:
    """Write them in a demo world that has none, in the name of its own people; False if there are some.

    No mail leaves, and the log stays silent: nobody did what stands in the demo world.
    """
    if Reaction.objects.exists():
        return False
    trail = logging.getLogger("surveys.trail")
    trail.setLevel(logging.WARNING)
    try:
        _write_reactions(at=make_aware(datetime.combine(localdate() - timedelta(days=1), time(9))))
    finally:
        trail.setLevel(logging.NOTSET)
    return True


@transaction.atomic
def _write_reactions(*, at: datetime) -> None:
    case = access_case(CASE)
    people = {person.email: person for person in Person.objects.filter(email__endswith="@demo.example")}
    organisations = Organisation.objects.in_bulk(["GM0479", "GM0546", "JZ18"])
    placed = (
        adopt(
            case,
            organisation=organisations["GM0546"],
            kind=Reaction.Kind.DOES,
            since=2024,
            text="Verzonnen voor de demo: wij oefenen elke maand met één ingewikkelde situatie.",
            by=people["lid@demo.example"],
            at=at,
        ),
        comment(
            case,
            organisation=organisations["JZ18"],
            text=(
                "Verzonnen voor de demo: bij ons hielp het om vooraf af te spreken wie een besluit mag nemen.\n\n"
                "Zonder die afspraak bleef een plan te lang liggen."
            ),
            function="regiocoördinator",
            shows_name=False,
            by=people["regio@demo.example"],
            at=at + timedelta(minutes=5),
        ),
    )
    for reaction in placed:
        publish(
            reaction,
            revision=reaction.revision,
            by=people[EDITOR],
            at=at + timedelta(hours=1),
            is_mailed=False,
        )
    adopt(
        case,
        organisation=organisations["GM0479"],
        kind=Reaction.Kind.STARTS,
        since=None,
        text="Verzonnen voor de demo: wij zoeken nog een gemeente die met ons wil beginnen.",
        by=people["collega@demo.example"],
        at=at + timedelta(hours=2),
    )
