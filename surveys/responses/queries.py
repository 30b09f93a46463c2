from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.answer_values import BLANK, AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.models import FrameMunicipality, QuestionnaireVersion, Wave
from surveys.questionnaire.queries import is_wave_open
from surveys.responses.models import Answer, AnswerOption, AnswerRevision, Response
from surveys.teamwork.queries import load_visible_sections


@dataclass(frozen=True)
class StoredAnswer:
    """The current value of one question; `saved_by` is the name of who saved it, empty when not known."""

    id: int
    value: AnswerValue
    revision: int
    is_routed: bool
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True)
class Assignment:
    """One survey that an organisation of the person is asked to fill in, or has filled in.

    `sections` are the codes of the sections a limited member may see, None is everything.
    """

    membership: Membership
    wave: Wave
    response: Response | None
    is_open: bool
    sections: frozenset[str] | None

    def may_see(self, section_code: str) -> bool:
        return self.sections is None or section_code in self.sections

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def version(self) -> QuestionnaireVersion:
        return self.response.version if self.response else self.wave.version


def load_answers(response: Response) -> dict[str, StoredAnswer]:
    """The answers by question code, in two queries."""
    return load_answers_of([response.pk])[response.pk]


def load_answers_of(response_ids: Collection[int]) -> dict[int, dict[str, StoredAnswer]]:
    """The answers of every response, by its id and by question code, in two queries; no deviations."""
    chosen: dict[int, list[ChosenOption]] = {}
    options = AnswerOption.objects.filter(answer__response__in=response_ids).order_by("option__position")
    for answer_id, code, text in options.values_list("answer_id", "option__code", "text"):
        chosen.setdefault(answer_id, []).append(ChosenOption(code, text))
    found: dict[int, dict[str, StoredAnswer]] = {response_id: {} for response_id in response_ids}
    answers = Answer.objects.filter(response__in=response_ids, municipality=None).select_related(
        "question", "saved_by"
    )
    for answer in answers.order_by("question__position"):
        found[answer.response_id][answer.question.code] = StoredAnswer(
            id=answer.pk,
            value=AnswerValue(
                AnswerState(answer.state), tuple(chosen.get(answer.pk, ())), answer.text, answer.number
            ),
            revision=answer.revision,
            is_routed=answer.is_routed,
            saved_at=answer.saved_at,
            saved_by=str(answer.saved_by or ""),
        )
    return found


def load_revisions(wanted: Iterable[tuple[int, int]]) -> list[AnswerValue | None]:
    """What answers were at the wanted (answer id, revision), in one query.

    Revision 0, before the first save, is blank; a revision that never was is None.
    """
    wanted = list(wanted)
    if not wanted:
        return []
    rows = AnswerRevision.objects.filter(
        answer__in={answer_id for answer_id, _ in wanted}, number__in={number for _, number in wanted}
    )
    found = {
        (answer_id, number): AnswerValue.from_dict(value)
        for answer_id, number, value in rows.values_list("answer", "number", "value")
    }
    return [found.get(each) if each[1] else BLANK for each in wanted]


def list_members(wave: Wave, *, organisation: Organisation) -> QuerySet[FrameMunicipality]:
    """The municipalities in the frame the organisation may answer for: itself, or its region's members."""
    if organisation.kind == Organisation.Kind.YOUTH_REGION:
        return wave.frame.filter(youth_region=organisation.youth_region_id).order_by("name")
    return wave.frame.filter(municipality=organisation.municipality_id)


def list_covered(response: Response | None) -> list[FrameMunicipality]:
    """The municipalities the response speaks for, by the name they had on the wave's reference date."""
    if response is None:
        return []
    return list(
        FrameMunicipality.objects.filter(wave=response.wave_id, municipality__responses=response).order_by(
            "name"
        )
    )


def list_assignments(person: Person, *, today: date) -> list[Assignment]:
    """What the person's organisations are asked: open waves, and earlier ones they started; newest first."""
    memberships = list(
        Membership.objects.filter(person=person).select_related("organisation").order_by("organisation__name")
    )
    codes = [membership.organisation_id for membership in memberships]
    waves = list(Wave.objects.exclude(status=Wave.Status.PLANNED).select_related("version"))
    responses = {
        (response.wave_id, response.organisation_id): response
        for response in Response.objects.filter(organisation__in=codes).select_related(
            "submitted_by", "version"
        )
    }
    asked = {
        (wave_id, code)
        for wave_id, *territory in FrameMunicipality.objects.filter(
            Q(municipality__in=codes) | Q(youth_region__in=codes), wave__in=waves
        ).values_list("wave", "municipality", "youth_region")
        for code in territory
    }
    visible = load_visible_sections(memberships, waves=waves)
    assignments = []
    for wave in waves:
        is_open = is_wave_open(wave, today=today)
        for membership in memberships:
            key = (wave.pk, membership.organisation_id)
            response = responses.get(key)
            if response or (is_open and key in asked):
                assignments.append(
                    Assignment(membership, wave, response, is_open, visible[wave.pk, membership.pk])
                )
    return sorted(assignments, key=lambda assignment: not assignment.is_open)
