"""Who gets which reminder on which day, and who does not and why. Pure.

A reminder goes once. It goes on its day or, when the site was down or the address was taken, a few days later, and
never to who had another reminder since that day. Nobody whose region speaks for it, or who has submitted, gets one.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from surveys.questionnaire.day_parsing import write_day

# The hour of TIME_ZONE at which the reminders of a day go, and that from which they wait for the next day.
REMINDER_HOUR = 9
LAST_HOUR = 18
CATCH_UP = timedelta(days=3)
ALMOST_COMPLETE = 0.8


class Stage(StrEnum):
    """How far an organisation is; the first three are whom a reminder can be for."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    ALMOST = "almost"
    SUBMITTED = "submitted"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"


STAGE_LABELS = {
    Stage.NOT_STARTED: "nog niet begonnen",
    Stage.STARTED: "begonnen",
    Stage.ALMOST: "bijna klaar",
    Stage.SUBMITTED: "ingediend",
    Stage.EXCLUDED: "buiten beschouwing",
    Stage.WITHDRAWN: "ingetrokken",
}


class Reach(StrEnum):
    """Whether there is somebody to write to."""

    REACHABLE = "reachable"
    NO_CONTACT = "no_contact"
    NOT_INVITED = "not_invited"
    BOUNCED = "bounced"


REACH_REASONS = {
    Reach.NO_CONTACT: "Er is geen contactpersoon.",
    Reach.NOT_INVITED: "De contactpersoon heeft nog geen uitnodiging gekregen.",
    Reach.BOUNCED: "De vorige mail kwam terug. Kies eerst een ander adres.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A reminder of the plan that is switched on; `deadline` is the last day on which it makes sense."""

    id: int
    audience: Stage
    deadline: date
    days_before: int
    is_hard: bool

    @property
    def day(self) -> date:
        return self.deadline - timedelta(days=self.days_before)

    @property
    def last_day(self) -> date:
        return min(self.day + CATCH_UP, self.deadline)

    def is_due(self, day: date) -> bool:
        return self.day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Addressee:
    """`contact_id` is None for a colleague who is not the organisation's contact."""

    address: str
    name: str = ""
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that the wave asks.

    `speaker` is the name of the region that speaks for it, empty when none does, and `own_sections` how many sections
    it answers itself nevertheless. `is_spared` is for a region whose municipalities all submitted themselves.
    `received` are the (step id, address) of reminders that went or wait to go, `reminded_on` the last day per address.
    """

    code: str
    name: str
    stage: Stage
    addressees: tuple[Addressee, ...] = ()
    reach: Reach = Reach.REACHABLE
    speaker: str = ""
    speaker_submitted: bool = False
    own_sections: int = 0
    is_spared: bool = False
    has_declined: bool = False
    is_skipped: bool = False
    skipped_steps: frozenset[int] = frozenset()
    received: frozenset[tuple[int, str]] = frozenset()
    reminded_on: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one organisation on one day: a mail to `addressees`, or a `reason` why there is none."""

    candidate: Candidate
    step: Step | None = None
    addressees: tuple[Addressee, ...] = ()
    reason: str = ""

    @property
    def goes(self) -> bool:
        return bool(self.addressees)


@dataclass(frozen=True, slots=True)
class DayPlan:
    day: date
    decisions: tuple[Decision, ...]

    @property
    def going(self) -> int:
        return sum(each.goes for each in self.decisions)

    @property
    def mails(self) -> int:
        return sum(len(each.addressees) for each in self.decisions)

    @property
    def staying(self) -> int:
        return len(self.decisions) - self.going


def judge_stage(*, required: int, answered: int) -> Stage:
    """Of a draft: `required` questions that the answers lead to, of which so many were `answered`."""
    return Stage.ALMOST if answered >= ALMOST_COMPLETE * required else Stage.STARTED


def find_obstacle(candidate: Candidate) -> str:
    """Why this organisation gets no reminder on any day, in Dutch; empty when it may."""
    if candidate.stage is Stage.SUBMITTED:
        return "Heeft de vragenlijst ingediend."
    if candidate.stage is Stage.EXCLUDED:
        return "De reactie blijft buiten beschouwing."
    if candidate.stage is Stage.WITHDRAWN:
        return "Heeft de reactie ingetrokken."
    if candidate.speaker and not candidate.own_sections:
        done = "heeft al ingediend voor" if candidate.speaker_submitted else "vult in voor"
        return f"{candidate.speaker} {done} deze gemeente."
    if candidate.is_spared:
        return "Alle gemeenten van deze regio hebben zelf al ingediend."
    if candidate.is_skipped:
        return "Een onderzoeker slaat deze organisatie over."
    if candidate.has_declined:
        return "Liet weten niet mee te doen."
    if not candidate.addressees and candidate.reach is Reach.REACHABLE:
        return REACH_REASONS[Reach.NO_CONTACT]
    return REACH_REASONS.get(candidate.reach, "")


def select_day(
    day: date, *, steps: Collection[Step], candidates: Iterable[Candidate], busy: Collection[str] = ()
) -> list[Decision]:
    """One decision per organisation. `busy` are the addresses that get, or got, a mail on this day already.

    Who waited longest comes first, so that an address of many organisations gets round to all of them.
    """
    taken = set(busy)
    decisions = []
    for step, candidate in sorted(
        ((find_step(candidate.stage, steps=steps, day=day), candidate) for candidate in candidates),
        key=lambda pair: (pair[0].day if pair[0] else day, pair[1].code),
    ):
        decision = _decide(candidate, step=step, day=day, taken=taken)
        taken.update(each.address for each in decision.addressees)
        decisions.append(decision)
    return decisions


def find_step(stage: Stage, *, steps: Iterable[Step], day: date) -> Step | None:
    """Of the reminders for this stage that are due only the last: nobody gets a pile after the site was down."""
    due = [step for step in steps if step.audience is stage and step.is_due(day)]
    return max(due, key=lambda step: (step.day, step.is_hard, step.id), default=None)


def forecast(
    first_day: date,
    *,
    steps: Collection[Step],
    candidates: Iterable[Candidate],
    busy: Collection[str] = (),
) -> Iterator[DayPlan]:
    """Every day on which mails go, when nothing changes from now on; `busy` addresses are those of the first day.

    A day on which only mails go that had to wait holds those alone, not again everybody who stays out.
    """
    current = list(candidates)
    starts = {max(step.day, first_day) for step in steps if step.last_day >= first_day}
    for day in sorted({each for start in starts for each in _list_days(start)}):
        decisions = select_day(day, steps=steps, candidates=current, busy=busy if day == first_day else ())
        shown = tuple(each for each in decisions if each.goes or day in starts)
        if shown:
            yield DayPlan(day, shown)
        current = [_remember(decision, day=day) for decision in decisions]


def bring_forward(step: Step, *, today: date) -> Step:
    """The same reminder, due today, for a researcher who does not wait for its day."""
    return replace(step, deadline=today, days_before=0)


def _list_days(start: date) -> list[date]:
    return [start + timedelta(days=number) for number in range(CATCH_UP.days + 1)]


def _decide(candidate: Candidate, *, step: Step | None, day: date, taken: Collection[str]) -> Decision:
    if obstacle := find_obstacle(candidate):
        return Decision(candidate, reason=obstacle)
    if step is None:
        stage = STAGE_LABELS[candidate.stage]
        return Decision(candidate, reason=f"Is {stage}. Voor die groep is er nu geen herinnering.")
    if step.id in candidate.skipped_steps:
        return Decision(candidate, step, reason="Een onderzoeker slaat deze herinnering over.")
    fresh = [each for each in candidate.addressees if (step.id, each.address) not in candidate.received]
    if not fresh:
        return Decision(candidate, step, reason="Deze herinnering is al verstuurd of staat klaar.")
    waiting = [each for each in fresh if candidate.reminded_on.get(each.address, date.min) < step.day]
    if not waiting:
        last = write_day(max(candidate.reminded_on[each.address] for each in fresh))
        return Decision(candidate, step, reason=f"Kreeg op {last} al een herinnering.")
    free = tuple(each for each in waiting if each.address not in taken)
    if not free:
        later = "Deze gaat een dag later." if day < step.last_day else "Later heeft deze geen zin meer."
        return Decision(candidate, step, reason=f"Dit adres krijgt op deze dag al een mail. {later}")
    return Decision(candidate, step, addressees=free)


def _remember(decision: Decision, *, day: date) -> Candidate:
    """Whom it was sent to on a day, its step is done for: see `_decide`."""
    candidate = decision.candidate
    addresses = [each.address for each in decision.addressees]
    return replace(
        candidate,
        reminded_on={**candidate.reminded_on, **dict.fromkeys(addresses, day)},
    )
