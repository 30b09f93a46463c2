"""What differs between the mails: when one need not go, and what it says to this recipient."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.accounts.models import Organisation
from surveys.outreach.inviting import (
    find_obstacle_to_inviting,
    prepare_invitation,
    show_example_invitation,
)
from surveys.outreach.models import REMINDERS, Message, Purpose
from surveys.outreach.reminders import find_obstacle_to_reminding, prepare_reminder, show_example_reminder
from surveys.questionnaire.models import Wave


@dataclass(frozen=True)
class PurposeRules:
    """`allowed` and `required` are the names that may and must stand in the text.

    `find_obstacle` says in Dutch why a mail need not go (any more), just before it would; empty when it goes.
    `prepare` gives the values of the names. It runs in the transaction in which the worker takes the message, so it may
    write what the mail refers to, and it runs again when a message is taken again.
    `show_example` gives them for a preview, and writes nothing.
    """

    allowed: frozenset[str]
    required: frozenset[str]
    find_obstacle: Callable[[Message], str]
    prepare: Callable[[Message], dict[str, str]]
    show_example: Callable[[Wave, Organisation], dict[str, str]]


WAVE_NAMES = frozenset({"organisatie", "meting", "laatste_dag", "graag_voor"})

INVITING = PurposeRules(
    allowed=WAVE_NAMES | {"link", "niet_voor_mij"},
    required=frozenset({"link"}),
    find_obstacle=find_obstacle_to_inviting,
    prepare=prepare_invitation,
    show_example=show_example_invitation,
)
REMINDING = PurposeRules(
    allowed=INVITING.allowed | {"nog_open"},
    required=INVITING.required,
    find_obstacle=find_obstacle_to_reminding,
    prepare=prepare_reminder,
    show_example=show_example_reminder,
)
RULES: dict[str, PurposeRules] = {Purpose.INVITATION: INVITING, **dict.fromkeys(REMINDERS, REMINDING)}
