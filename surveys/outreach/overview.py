"""Where every organisation stands between "no contact" and "started", and finding some of them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    NO_CONTACT = "no_contact"
    NOT_FOR_ME = "not_for_me"
    READY = "ready"
    WAITING = "waiting"
    INVITED = "invited"
    PROBLEM = "problem"


STATE_LABELS = {
    State.NO_CONTACT: "geen contactpersoon",
    State.NOT_FOR_ME: "niet voor mij",
    State.READY: "nog niet uitgenodigd",
    State.WAITING: "staat klaar om te versturen",
    State.INVITED: "uitgenodigd",
    State.PROBLEM: "mail niet aangekomen of onzeker",
}
STARTED, NOT_STARTED = "begonnen", "niet-begonnen"


@dataclass(frozen=True, slots=True)
class InvitedOrganisation:
    """One row of the screen. `outcome` and `reply` are words, `message_id` is the last invitation, if any."""

    code: str
    name: str
    is_region: bool
    state: State
    contact_name: str = ""
    email: str = ""
    is_functional_mailbox: bool = False
    message_id: int | None = None
    outcome: str = ""
    invited_at: datetime | None = None
    reply: str = ""
    suggested_email: str = ""
    response: str = ""

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]

    @property
    def can_be_invited(self) -> bool:
        return self.state is State.READY


def narrow_organisations(
    rows: Iterable[InvitedOrganisation], *, state: str = "", started: str = "", sought: str = ""
) -> list[InvitedOrganisation]:
    """An unknown state or word leaves everything in; `sought` is part of a name, a code or an address."""
    part = sought.strip().casefold()
    return [
        row
        for row in rows
        if (state not in set(State) or row.state == state)
        and (started != STARTED or row.response)
        and (started != NOT_STARTED or not row.response)
        and part in f"{row.name}\n{row.code}\n{row.email}".casefold()
    ]


def count_states(rows: Iterable[InvitedOrganisation]) -> list[tuple[State, str, int]]:
    """Every state in its order, with its label and how many there are."""
    states = [row.state for row in rows]
    return [(state, label, states.count(state)) for state, label in STATE_LABELS.items()]
