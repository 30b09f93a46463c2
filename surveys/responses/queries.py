from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.models import FrameMunicipality, QuestionnaireVersion, Wave
from surveys.questionnaire.queries import is_wave_open
from surveys.responses.merging import AnswerKey
from surveys.responses.models import Answer, AnswerRevision, ConflictingAnswer, Response
from surveys.teamwork.queries import load_visible_sections

# What a response did not take along to a newer version of the questionnaire stays with the older one's questions.
OF_ITS_VERSION = Q(answer__question__version=F("answer__response__version"))

# What `_make_stored` reads of a revision that is the current one.
STORED_COLUMNS = (
    "answer",
    "answer__revision",
    "answer__is_routed",
    "answer__confirmed_revision",
    "answer__saved_at",
    "answer__saved_by__first_name",
    "answer__saved_by__last_name",
    "answer__saved_by__email",
    "value",
)

# The revision that holds, of an answer that moved along to the version of the questionnaire that is filled in.
CURRENT = Q(number=F("answer__revision"), answer__question__version=F("answer__response__version"))


@dataclass(frozen=True)
class StoredAnswer:
    """The current value of one question; `saved_by` is the name of who saved it, empty when not known."""

    id: int
    value: AnswerValue
    revision: int
    is_routed: bool
    saved_at: datetime
    saved_by: str
    confirmed_revision: int | None = None


@dataclass(frozen=True)
class AnswerHistory:
    """An answer with some of its values: `values` by revision, `keys` are the revisions that senders named."""

    current: StoredAnswer
    has_open_conflict: bool
    values: dict[int, AnswerValue] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class OpenConflict:
    """A value beside the `current` one: its author had seen `base_revision`; somebody has to choose."""

    id: int
    question: str
    municipality: str
    value: AnswerValue
    saved_by: str
    saved_at: datetime
    base_revision: int
    current: StoredAnswer


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


def find_response(wave: Wave, *, organisation: Organisation) -> Response | None:
    """What the organisation began in the wave, with its version; one query."""
    begun = Response.objects.select_related("wave", "organisation", "version")
    return begun.filter(wave=wave, organisation=organisation).first()


def load_answers(response: Response) -> dict[str, StoredAnswer]:
    """The response's own answers by question code, in one query; no deviations."""
    return load_answers_of([response.pk])[response.pk]


def load_answers_of(response_ids: Collection[int]) -> dict[int, dict[str, StoredAnswer]]:
    """The own answers of every response, by its id and by question code, in one query; no deviations."""
    found: dict[int, dict[str, StoredAnswer]] = {response_id: {} for response_id in response_ids}
    rows = AnswerRevision.objects.filter(
        OF_ITS_VERSION,
        number=F("answer__revision"),
        answer__response__in=response_ids,
        answer__municipality=None,
    ).order_by("answer__question__position")
    for response_id, code, *row in rows.values_list(
        "answer__response", "answer__question__code", *STORED_COLUMNS
    ):
        found[response_id][code] = _make_stored(row)
    return found


def load_deviations(response: Response) -> dict[AnswerKey, StoredAnswer]:
    """What a region answers for single municipalities, by question and municipality code, in one query."""
    return load_deviations_of([response.pk])[response.pk]


def load_deviations_of(response_ids: Collection[int]) -> dict[int, dict[AnswerKey, StoredAnswer]]:
    """The deviations of every response, by its id and as `load_deviations`, in one query."""
    found: dict[int, dict[AnswerKey, StoredAnswer]] = {response_id: {} for response_id in response_ids}
    rows = AnswerRevision.objects.filter(
        OF_ITS_VERSION,
        number=F("answer__revision"),
        answer__response__in=response_ids,
        answer__municipality__isnull=False,
    ).order_by("answer__question__position", "answer__municipality")
    columns = ("answer__response", "answer__question__code", "answer__municipality", *STORED_COLUMNS)
    for response_id, code, municipality, *row in rows.values_list(*columns):
        found[response_id][code, municipality] = _make_stored(row)
    return found


def load_histories(
    response: Response, *, questions: Mapping[int, str], revisions: Collection[int], keys: Collection[str]
) -> dict[AnswerKey, AnswerHistory]:
    """What is known of the answers to some questions (code by primary key), deviations too, in one query.

    Of earlier values only those at one of the `revisions` or saved under one of the `keys`.
    """
    rows = (
        AnswerRevision.objects.filter(answer__response=response, answer__question__in=questions)
        .filter(Q(number=F("answer__revision")) | Q(number__in=revisions) | Q(key__in=keys))
        .order_by("answer", "-number")
    )
    is_disputed = Exists(ConflictingAnswer.objects.filter(answer=OuterRef("answer"), outcome=""))
    found: dict[AnswerKey, AnswerHistory] = {}
    for question, municipality, number, key, has_open_conflict, *row in rows.values_list(
        "answer__question", "answer__municipality", "number", "key", is_disputed, *STORED_COLUMNS
    ):
        answer = questions[question], municipality or ""
        if answer not in found:  # the newest comes first: that is the current one
            found[answer] = AnswerHistory(_make_stored(row), has_open_conflict)
        found[answer].values[number] = AnswerValue.from_dict(row[-1])
        if key:
            found[answer].keys[key] = number
    return found


def find_last_saved(response: Response) -> datetime | None:
    """When anybody last changed an answer; None before the first."""
    moment: datetime | None = response.answers.aggregate(moment=Max("saved_at"))["moment"]
    return moment


def list_open_conflicts(response: Response) -> list[OpenConflict]:
    """The values that wait for somebody to choose, in the order of the questionnaire; two queries at most."""
    rows = (
        ConflictingAnswer.objects.filter(OF_ITS_VERSION, answer__response=response, outcome="")
        .select_related("answer__question", "saved_by")
        .order_by("answer__question__position", "answer__municipality", "saved_at", "pk")
    )
    disputed = AnswerRevision.objects.filter(CURRENT, answer__in={row.answer_id for row in rows})
    current = {row[0]: _make_stored(row) for row in disputed.values_list(*STORED_COLUMNS)}
    return [
        make_open_conflict(
            row,
            answer=(row.answer.question.code, row.answer.municipality_id or ""),
            current=current[row.answer_id],
        )
        for row in rows
    ]


def list_latest_saves(response: Response, *, section: str) -> dict[str, tuple[int, datetime, str]]:
    """Per answered question of the section: the revision, when and by whom; one small query without values."""
    answers = Answer.objects.filter(
        response=response,
        municipality=None,
        question__version=F("response__version"),
        question__section__code=section,
    ).select_related("question", "saved_by")
    return {
        answer.question.code: (answer.revision, answer.saved_at, str(answer.saved_by or ""))
        for answer in answers
    }


def make_open_conflict(row: ConflictingAnswer, *, answer: AnswerKey, current: StoredAnswer) -> OpenConflict:
    question, municipality = answer
    return OpenConflict(
        id=row.pk,
        question=question,
        municipality=municipality,
        value=AnswerValue.from_dict(row.value),
        saved_by=str(row.saved_by or ""),
        saved_at=row.saved_at,
        base_revision=row.base_revision,
        current=current,
    )


def _make_stored(row: Sequence[Any]) -> StoredAnswer:
    answer_id, revision, is_routed, confirmed_revision, saved_at, first_name, last_name, email, value = row
    return StoredAnswer(
        id=answer_id,
        value=AnswerValue.from_dict(value),
        revision=revision,
        is_routed=is_routed,
        saved_at=saved_at,
        saved_by=str(Person(first_name=first_name, last_name=last_name, email=email)) if email else "",
        confirmed_revision=confirmed_revision,
    )


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
