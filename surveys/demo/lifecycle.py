"""Builds the demo world through the same functions that the site uses."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import connection, transaction

from surveys.accounts.lifecycle import ensure_organisations
from surveys.accounts.models import Membership, Organisation, Person
from surveys.demo.answers import invent_answers
from surveys.demo.building import begin_next_questionnaire
from surveys.demo.coding import CODERS, begin_coding, code_finished_wave
from surveys.demo.inviting import invite_organisations, remind_organisations
from surveys.demo.models import DemoWorld
from surveys.demo.printed import PrintedReport, find_counts, read_printed_report
from surveys.demo.releasing import publish_first_release
from surveys.demo.respondents import Candidate, Respondents, Target, choose_respondents
from surveys.demo.reviewing import accept_everything, begin_reviewing
from surveys.demo.signins import PASSWORD, SIGN_INS
from surveys.drafts.lifecycle import publish_from_file
from surveys.outreach.default_plan import PlannedStep
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_file import read_definition
from surveys.questionnaire.lifecycle import close_wave, open_wave, plan_wave
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import list_frame
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.responses.models import Response
from surveys.responses.queries import find_last_saved
from surveys.teamwork.models import SectionAssignment

DATA = Path(__file__).parent / "data"
DEFINITIONS = Path(__file__).parents[1] / "questionnaire" / "definitions"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# The report does not say when the survey ran; these days are invented, like the answers.
OPENED_2022, CLOSED_2022 = date(2022, 1, 31), date(2022, 3, 11)
OVERLAPS = 2
EXCLUDED = 3
SUBMITTED_2026, DRAFTS_2026 = 14, 9
# Those of the demo's own people who answered in 2022 too, so that they see in 2026 what they said then.
TAKING_PART = frozenset({"GM0479", "JZ18"})
# The region with a sign-in, the members it answers for (Hillegom, Leiden, Voorschoten), and the one that deviates.
REGION, REGION_COVERS = "JZ18", ("GM0534", "GM0546", "GM0626")
# Who leads the fieldwork.
RESEARCHER = CODERS[0]
# Due on the day before the demo begins; see the days of the open wave.
REMINDER = PlannedStep("soft", 29, "not_started", "reminder_start")
DEVIATING_MEMBER, DEVIATING_QUESTION = "GM0534", "reikwijdte_beperken"


class RealResponsesPresent(Exception):
    """The database holds responses that no demo world made."""


@transaction.atomic
def seed_demo_world(*, seed: int, today: date) -> bool:
    """Build the demo world once; returns False when it is already there.

    Same seed, same answers; only the open wave's dates follow `today`, so that it can always be filled in. Raises
    RealResponsesPresent rather than mix invented answers with real ones.
    """
    if DemoWorld.objects.exists():
        return False
    if Response.objects.exists():
        raise RealResponsesPresent
    random = Random(seed)  # noqa: S311 - invented answers need repeatability, not secrecy
    DemoWorld.objects.create(seed=seed)
    ensure_organisations()
    _create_people()
    texts = tomllib.loads((DATA / "open_answers.toml").read_text(encoding="utf-8"))

    definition = read_definition(DEFINITIONS / "maatregelen-2022.toml")
    first = plan_wave(
        code="2022",
        title="Meting 2022",
        version=publish_from_file(definition),
        reference_date=date(2022, 1, 1),
        opens_on=OPENED_2022,
        closes_on=CLOSED_2022,
    )
    open_wave(first)
    _DemoWave(first, definition, texts, random).reproduce(read_printed_report())
    close_wave(first)
    _tell_planner()
    researcher = Person.objects.get(email=RESEARCHER)
    accept_everything(first, by=researcher, at=_at_nine(CLOSED_2022 + timedelta(days=15)))
    coded_at = _at_nine(CLOSED_2022 + timedelta(days=21))
    codebooks = code_finished_wave(first, texts=texts, seed=seed, at=coded_at)
    publish_first_release(first, by=researcher, at=_at(CLOSED_2022 + timedelta(days=90), random))

    definition = read_definition(DEFINITIONS / "maatregelen-2026.toml")
    wave = plan_wave(
        code="2026",
        title="Meting 2026",
        version=publish_from_file(definition),
        previous=first,
        reference_date=date(2026, 1, 1),
        opens_on=today - timedelta(days=21),
        closes_on=today + timedelta(days=42),
        preferably_before=today + timedelta(days=28),
    )
    open_wave(wave)
    _assign_sections(wave, at=_at_nine(today - timedelta(days=20)))
    _DemoWave(wave, definition, texts, random).begin(today=today)
    yesterday = _at_nine(today - timedelta(days=1))
    invite_organisations(wave, by=researcher, at=_at_nine(wave.opens_on))
    remind_organisations(wave, planned=REMINDER, by=researcher, at=yesterday)
    begin_reviewing(wave, by=researcher, at=yesterday)
    begin_coding(wave, texts=texts, versions=codebooks, seed=seed, at=yesterday + timedelta(hours=1))
    begin_next_questionnaire(wave.version, by=researcher, at=yesterday)
    return True


def _tell_planner() -> None:
    """Say how many rows came in, where nobody else does before the end of the transaction.

    PostgreSQL may remember tables as empty from before. Then it joins them row by row, and counting takes hours.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


class _DemoWave:
    """Answers one wave on behalf of invented colleagues."""

    def __init__(
        self, wave: Wave, definition: Definition, texts: Mapping[str, Sequence[str]], random: Random
    ) -> None:
        self.wave, self.definition, self.texts, self.random = wave, definition, texts, random
        self.candidates = [
            Candidate(row.municipality_id, row.size_class_id, row.youth_region_id or "", row.population)
            for row in list_frame(wave)
        ]

    def reproduce(self, report: PrintedReport) -> None:
        """Answer such that the report's numbers come out: started, complete, covered and every percentage."""
        printed = report.response
        covered = {row.code: row.covered for row in report.size_classes}
        # The printed classes add to one less than the printed total; that one is put in the largest class.
        covered[report.size_classes[-1].code] += printed["covered"] - sum(covered.values())
        respondents = choose_respondents(
            self.candidates,
            target=Target(
                municipalities=printed["municipalities"],
                youth_regions=printed["youth_regions"],
                covered=covered,
                overlaps=OVERLAPS,
                inhabitants_percent=printed["inhabitants_percent"],
                taking_part=TAKING_PART,
            ),
            random=self.random,
        )
        complete = [*respondents.regions, *respondents.municipalities]
        self.random.shuffle(complete)
        closed = list(self._draw_closed_answers(report, number=len(complete)))
        for code, choices in zip(complete, closed, strict=True):
            response = self._answer(code, closed=choices, covers=respondents.regions.get(code))
            submit_response(response, by=response.started_by, at=find_last_saved(response), is_mailed=False)
        self._leave_unfinished(respondents, number=printed["started"] - printed["complete"])

    def begin(self, *, today: date) -> None:
        """A wave under way: some have submitted, some are busy; of the demo's own people only the region began."""
        busy_people = {signin.organisation for signin in SIGN_INS}
        free = sorted(
            candidate.code
            for candidate in self.candidates
            if candidate.code not in busy_people and candidate.youth_region not in busy_people
        )
        chosen = self.random.sample(free, SUBMITTED_2026 + DRAFTS_2026)
        regions = {row.code: row.youth_region for row in self.candidates}
        # One region answers as well, for all its members: two of them have also answered themselves.
        region = regions[chosen[0]]
        members = tuple(code for code, its_region in sorted(regions.items()) if its_region == region)
        for number, code in enumerate([*chosen, region]):
            is_region = code == region
            response = self._answer(
                code,
                closed={},
                covers=members if is_region else None,
                day=today - timedelta(days=self.random.randint(2, 20)),
                share=1.0 if number < SUBMITTED_2026 or is_region else self.random.uniform(0.1, 0.7),
            )
            if number < SUBMITTED_2026 or is_region:
                submit_response(
                    response, by=response.started_by, at=find_last_saved(response), is_mailed=False
                )

        self._begin_region(today=today)

    def _begin_region(self, *, today: date) -> None:
        """The demo's region answers for some members; for one of them the first answer is another."""
        response = self._answer(
            REGION,
            closed={DEVIATING_QUESTION: "ja"},
            covers=REGION_COVERS,
            day=today - timedelta(days=3),
            share=0.4,
        )
        nee = AnswerValue(AnswerState.GIVEN, (ChosenOption("nee"),))
        save_answers(
            response,
            changes=[AnswerChange(DEVIATING_QUESTION, nee, 0, municipality=DEVIATING_MEMBER)],
            by=response.started_by,
            at=find_last_saved(response),
        )

    def _draw_closed_answers(self, report: PrintedReport, *, number: int) -> Iterator[dict[str, str]]:
        """One mapping of question code to option ("" = does not know) per response, adding up to the printed shares."""
        drawn: list[dict[str, str]] = [{} for _ in range(number)]
        for question in report.questions:
            asked = [
                row
                for row in drawn
                if all(row[source] in options for source, options in question.asked_after.items())
            ]
            counts = find_counts(question.percent, asked=len(asked))
            choices = [option for option, count in counts.items() for _ in range(count)]
            choices += [""] * (len(asked) - len(choices))
            self.random.shuffle(choices)
            for row, choice in zip(asked, choices, strict=True):
                row[question.code] = choice
        yield from drawn

    def _leave_unfinished(self, respondents: Respondents, *, number: int) -> None:
        """The responses that were begun and never completed; the last few were set aside with a reason."""
        taken = {
            *respondents.municipalities,
            *(code for codes in respondents.regions.values() for code in codes),
        }
        free = sorted(candidate.code for candidate in self.candidates if candidate.code not in taken)
        for position, code in enumerate(self.random.sample(free, number)):
            response = self._answer(code, closed={}, share=self.random.uniform(0.1, 0.6))
            if position >= number - EXCLUDED:
                exclude_response(
                    response,
                    by=None,
                    reason="Onvolledig: alleen de eerste vragen zijn ingevuld.",
                    at=_at(CLOSED_2022 + timedelta(days=14), self.random),
                )

    def _answer(
        self,
        code: str,
        *,
        closed: Mapping[str, str],
        covers: Sequence[str] | None = None,
        day: date | None = None,
        share: float = 1.0,
    ) -> Response:
        """Start a response for the organisation `code` and save the first `share` of its answers."""
        organisation = Organisation.objects.get(pk=code)
        person = _colleague_of(organisation)
        days = (CLOSED_2022 - OPENED_2022).days
        at = _at(day or OPENED_2022 + timedelta(days=self.random.randint(0, days - 1)), self.random)
        response = start_response(self.wave, organisation=organisation, by=person, at=at)
        if covers is not None:
            save_coverage(response, municipality_codes=covers, by=person, at=at)
        answers = invent_answers(self.definition, closed=closed, texts=self.texts, random=self.random)
        kept = list(answers.items())[: max(1, round(len(answers) * share))]
        save_answers(
            response,
            changes=[AnswerChange(question, value, 0) for question, value in kept],
            by=person,
            at=at + timedelta(minutes=self.random.randint(10, 90)),
        )
        return Response.objects.select_related("started_by").get(pk=response.pk)


def _at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=AMSTERDAM)


def _at(day: date, random: Random) -> datetime:
    return datetime.combine(day, time(random.randint(8, 16), random.randint(0, 59)), tzinfo=AMSTERDAM)


def _colleague_of(organisation: Organisation) -> Person:
    """The demo's own coordinator, or else an invented person without a password: nobody signs in as them."""
    coordinators = organisation.memberships.filter(role=Membership.Role.COORDINATOR).select_related("person")
    if coordinator := coordinators.first():
        return coordinator.person
    person = Person(
        email=f"{organisation.code.lower()}@demo.example",
        first_name="Medewerker",
        last_name=organisation.name,
    )
    person.set_unusable_password()
    person.save()
    Membership.objects.create(person=person, organisation=organisation, role=Membership.Role.COORDINATOR)
    return person


def _create_people() -> None:
    # They share their password; hashing it is slow on purpose, so that happens once.
    password = make_password(PASSWORD)
    for signin in SIGN_INS:
        person = Person.objects.create(
            email=signin.email,
            password=password,
            first_name=signin.first_name,
            last_name=signin.last_name,
        )
        if signin.organisation:
            Membership.objects.create(
                person=person,
                organisation_id=signin.organisation,
                role=signin.membership,
                is_limited=bool(signin.sections),
            )
        if signin.group:
            person.groups.add(Group.objects.get(name=signin.group))


def _assign_sections(wave: Wave, *, at: datetime) -> None:
    """As the team page does, without the mail to people who do not exist."""
    for signin in SIGN_INS:
        if signin.sections:
            member = Membership.objects.get(person__email=signin.email)
            SectionAssignment.objects.bulk_create(
                SectionAssignment(wave=wave, membership=member, section=section, assigned_at=at)
                for section in signin.sections
            )
