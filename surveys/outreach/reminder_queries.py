"""Who could be reminded, judged by what is stored now: for all of a wave at once, or for one organisation."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation
from surveys.outreach.models import (
    REMINDERS,
    Contact,
    Mailing,
    Message,
    Purpose,
    ReminderSkip,
    ReminderStep,
    Reply,
)
from surveys.outreach.reminding import (
    REMINDER_HOUR,
    Addressee,
    Candidate,
    DayPlan,
    Reach,
    Stage,
    Step,
    forecast,
    judge_stage,
)
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.models import Response, ResponseMunicipality, SectionTakeover
from surveys.responses.progress import is_answered, list_routed_questions
from surveys.responses.queries import StoredAnswer, load_answers_of
from surveys.responses.region_queries import SPEAKING
from surveys.teamwork.models import Invitation, SectionAssignment

ARRIVED = (Message.Status.SENT, Message.Status.UNCLEAR)
DONE_STAGES = {
    Response.Status.SUBMITTED: Stage.SUBMITTED,
    Response.Status.EXCLUDED: Stage.EXCLUDED,
    Response.Status.WITHDRAWN: Stage.WITHDRAWN,
}


@dataclass(frozen=True)
class Speaking:
    """What the regions and municipalities of the wave say for whom; all by organisation code."""

    speakers: Mapping[str, Response]
    taken_over: Mapping[str, frozenset[str]]
    spared: frozenset[str]


@dataclass
class Mailed:
    """What was sent to one organisation, by address."""

    invited: set[str] = field(default_factory=set)
    bounced: set[str] = field(default_factory=set)
    received: set[tuple[int, str]] = field(default_factory=set)
    reminded_on: dict[str, date] = field(default_factory=dict)


def list_steps(wave: Wave) -> list[ReminderStep]:
    """The plan in the order of its days; steps for a deadline that the wave does not have come last."""
    steps = list(ReminderStep.objects.filter(wave=wave).select_related("wave"))
    return sorted(steps, key=lambda step: (step.day or date.max, step.audience, step.pk))


def list_active_steps(wave: Wave) -> list[Step]:
    """What of the plan is switched on and has a day."""
    return [describe_step(step) for step in list_steps(wave) if step.is_active and step.day is not None]


def describe_step(step: ReminderStep) -> Step:
    """For a step that has a day."""
    deadline = (step.day or step.wave.closes_on) + timedelta(days=step.days_before)
    is_hard = step.deadline == ReminderStep.Deadline.HARD
    return Step(step.pk, Stage(step.audience), deadline, step.days_before, is_hard)


def forecast_reminders(wave: Wave, *, now: datetime) -> list[DayPlan]:
    """Every day with mails to come, as it would be when nothing changes: none for a wave that is closed."""
    if wave.status == Wave.Status.CLOSED:
        return []
    first = max(find_next_run(now), wave.opens_on)
    steps = [step for step in list_active_steps(wave) if step.last_day <= wave.closes_on]
    busy = find_busy_addresses(timezone.localdate(now)) if first == timezone.localdate(now) else ()
    return list(forecast(first, steps=steps, candidates=load_candidates(wave), busy=busy))


def find_next_run(now: datetime) -> date:
    """Today until the hour at which the reminders go, tomorrow after it; whatever the clock does in between."""
    today = timezone.localdate(now)
    return today if timezone.localtime(now).hour < REMINDER_HOUR else today + timedelta(days=1)


def find_busy_addresses(day: date) -> set[str]:
    """Who gets or got a mail of any wave on this day, or has one waiting."""
    start = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
    messages = Message.objects.filter(
        Q(status__in=Message.UNFINISHED, mailing__status=Mailing.Status.SENDING)
        | Q(claimed_at__gte=start, claimed_at__lt=end, status__in=[*ARRIVED, Message.Status.BOUNCED])
    )
    return set(messages.order_by().values_list("address", flat=True))


def load_candidates(wave: Wave, *, code: str = "") -> list[Candidate]:
    """Every organisation that the wave asks, by name, or only the one with this code; in a fixed number of queries."""
    frame = FrameMunicipality.objects.filter(wave=wave)
    if code:
        frame = frame.filter(Q(municipality=code) | Q(youth_region=code))
    members = list(frame.values_list("municipality", "youth_region"))
    asked = {each for pair in members for each in pair if each and code in ("", each)}
    organisations = Organisation.objects.filter(pk__in=asked).order_by("name", "code")
    related = asked | {municipality for municipality, _ in members}
    rows = Response.objects.filter(wave=wave, organisation__in=related).select_related("version")
    responses = {each.organisation_id: each for each in rows}
    speaking = _load_speaking(wave, members=members, responses=responses)
    answers = load_answers_of(
        [each.pk for key, each in responses.items() if key in asked and each.status == Response.Status.DRAFT]
    )
    people = _People(wave, asked)
    mailed = _load_mailed(wave, asked)
    skips: dict[str, set[int | None]] = defaultdict(set)
    skipped = ReminderSkip.objects.filter(wave=wave, organisation__in=asked)
    for skipped_code, step in skipped.values_list("organisation", "step"):
        skips[skipped_code].add(step)
    declined = _list_declined(wave, asked)
    candidates = []
    for organisation in organisations:
        key = organisation.pk
        response, speaker = responses.get(key), speaking.speakers.get(key)
        stage, open_sections = _judge(
            response, answers=answers, own=speaking.taken_over.get(key, frozenset()) if speaker else None
        )
        addressees, reach = people.find_addressees(
            key, stage=stage, open_sections=open_sections, mailed=mailed[key]
        )
        candidates.append(
            Candidate(
                code=key,
                name=str(organisation),
                stage=stage,
                addressees=addressees,
                reach=reach,
                speaker=str(speaker.organisation) if speaker else "",
                speaker_submitted=bool(speaker and speaker.status == Response.Status.SUBMITTED),
                own_sections=len(speaking.taken_over.get(key, ())),
                is_spared=key in speaking.spared and stage is Stage.NOT_STARTED,
                has_declined=key in declined,
                is_skipped=None in skips[key],
                skipped_steps=frozenset(step for step in skips[key] if step is not None),
                received=frozenset(mailed[key].received),
                reminded_on=mailed[key].reminded_on,
            )
        )
    return candidates


def _judge(
    response: Response | None,
    *,
    answers: Mapping[int, Mapping[str, StoredAnswer]],
    own: frozenset[str] | None,
) -> tuple[Stage, set[str]]:
    """How far it is, and the sections of a draft with required questions to do; `own` are those it must answer."""
    if response is None:
        return Stage.NOT_STARTED, set()
    if response.status != Response.Status.DRAFT:
        return DONE_STAGES[Response.Status(response.status)], set()
    values = {code: each.value for code, each in answers[response.pk].items()}
    required = [
        (section.code, is_answered(question, values.get(question.code)))
        for section, question in list_routed_questions(load_definition(response.version), values=values)
        if question.requirement == "required" and (own is None or section.code in own)
    ]
    stage = judge_stage(required=len(required), answered=sum(done for _, done in required))
    return stage, {section for section, done in required if not done}


def _load_speaking(
    wave: Wave, *, members: Iterable[tuple[str, str | None]], responses: Mapping[str, Response]
) -> Speaking:
    rows = ResponseMunicipality.objects.filter(
        response__wave=wave,
        response__status__in=SPEAKING,
        response__organisation__kind=Organisation.Kind.YOUTH_REGION,
        municipality__in={municipality for municipality, _ in members},
    )
    speakers = {row.municipality_id: row.response for row in rows.select_related("response__organisation")}
    taken_over: dict[str, set[str]] = defaultdict(set)
    takeovers = SectionTakeover.objects.filter(response__in={each.pk for each in speakers.values()})
    for response, municipality, section in takeovers.values_list("response", "municipality", "section"):
        if municipality in speakers and speakers[municipality].pk == response:
            taken_over[municipality].add(section)
    waiting = {
        region
        for municipality, region in members
        if municipality not in responses or responses[municipality].status != Response.Status.SUBMITTED
    }
    return Speaking(
        speakers,
        {municipality: frozenset(sections) for municipality, sections in taken_over.items()},
        frozenset(region for _, region in members if region and region not in waiting),
    )


class _People:
    """The contact and the team of every organisation."""

    def __init__(self, wave: Wave, codes: Collection[str]) -> None:
        contacts = Contact.objects.filter(wave=wave, organisation__in=codes, is_active=True)
        self.contacts = {each.organisation_id: each for each in contacts}
        accepted = Invitation.objects.filter(
            wave=wave, organisation__in=codes, role=Membership.Role.COORDINATOR, accepted_at__isnull=False
        )
        self.accepted = set(accepted.order_by().values_list("organisation", "email"))
        self.team: dict[str, list[Membership]] = defaultdict(list)
        members = Membership.objects.filter(organisation__in=codes, person__is_active=True)
        for each in members.exclude(role=Membership.Role.READER).select_related("person").order_by("pk"):
            self.team[each.organisation_id].append(each)
        self.sections: dict[int, set[str]] = defaultdict(set)
        assignments = SectionAssignment.objects.filter(wave=wave, membership__organisation__in=codes)
        for membership, section in assignments.values_list("membership", "section"):
            self.sections[membership].add(section)

    def find_addressees(
        self, code: str, *, stage: Stage, open_sections: Collection[str], mailed: Mailed
    ) -> tuple[tuple[Addressee, ...], Reach]:
        """Before the start the contact; after it who coordinates, and colleagues with a section that is not done.

        A contact who accepted and then handed over is left alone: those who coordinate now get the mail.
        """
        contact = self.contacts.get(code)
        coordinators = [each for each in self.team[code] if each.role == Membership.Role.COORDINATOR]
        colleagues = [
            each
            for each in self.team[code]
            if each.role == Membership.Role.CONTRIBUTOR and self.sections[each.pk] & set(open_sections)
        ]
        if stage is Stage.NOT_STARTED:
            has_left = (
                contact is not None
                and (code, contact.email) in self.accepted
                and all(each.person.email != contact.email for each in coordinators)
            )
            writes_to_team, colleagues = has_left and bool(coordinators), []
        else:
            writes_to_team = bool(coordinators)
        if not writes_to_team:
            if contact is None:
                return (), Reach.NO_CONTACT
            if contact.email not in mailed.invited | mailed.bounced:
                return (), Reach.NOT_INVITED
            found = [_address(contact)]
        else:
            found = [
                _address(contact)
                if contact and contact.email == each.person.email
                else Addressee(each.person.email, each.person.get_full_name())
                for each in coordinators
            ]
        found += [Addressee(each.person.email, each.person.get_full_name()) for each in colleagues]
        reachable = tuple(each for each in found if each.address not in mailed.bounced)
        return reachable, Reach.REACHABLE if reachable else Reach.BOUNCED


def _address(contact: Contact) -> Addressee:
    return Addressee(contact.email, contact.greeted_name, contact.pk)


def _load_mailed(wave: Wave, codes: Collection[str]) -> dict[str, Mailed]:
    mailed: dict[str, Mailed] = defaultdict(Mailed)
    messages = Message.objects.filter(mailing__wave=wave, organisation__in=codes)
    for each in messages.exclude(status=Message.Status.SKIPPED).select_related("mailing").order_by("pk"):
        of, moment = mailed[each.organisation_id], each.sent_at or each.claimed_at or each.due_at
        if each.status == Message.Status.BOUNCED:
            of.bounced.add(each.address)
        elif each.status in ARRIVED:
            of.bounced.discard(each.address)
        if each.mailing.purpose == Purpose.INVITATION and each.status in ARRIVED:
            of.invited.add(each.address)
        if each.mailing.purpose in REMINDERS:
            of.reminded_on[each.address] = timezone.localdate(moment)
            of.received.add((int(each.mailing.occasion.rpartition("-")[2]), each.address))
    return mailed


def _list_declined(wave: Wave, codes: Collection[str]) -> set[str]:
    """Whose last answer was that they do not take part."""
    rows = Reply.objects.filter(message__mailing__wave=wave, message__organisation__in=codes)
    last = dict(rows.order_by("recorded_at", "pk").values_list("message__organisation", "kind"))
    return {code for code, kind in last.items() if kind == Reply.Kind.DECLINES}
