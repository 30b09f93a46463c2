"""What was answered before, to see beside an empty field. It is no answer until somebody confirms or changes it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from surveys.accounts.models import Organisation
from surveys.questionnaire.answer_fitting import fit_answer
from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_changes, load_definition
from surveys.questionnaire.version_changes import QuestionChange, is_comparable
from surveys.responses.models import AnswerRevision, ResolvedAnswer, Response
from surveys.responses.wording import describe_answer

# What held for a municipality; a disputed answer did not.
HELD = (
    ResolvedAnswer.Provenance.OWN,
    ResolvedAnswer.Provenance.INHERITED,
    ResolvedAnswer.Provenance.OVERRIDDEN,
)


@dataclass(frozen=True)
class PreviousAnswer:
    """An earlier answer; `description` has it in the words of the version it was given to.

    Only one that `is_confirmable` can be saved as it is: the question still means the same, `value` is still one
    of its answers, and it is no number that a region counted for all its municipalities together.
    """

    value: AnswerValue
    description: str
    wave_title: str
    given_on: date
    is_trend_break: bool
    is_confirmable: bool
    is_from_region: bool = False


def offer_previous_answers(
    wave: Wave,
    *,
    organisation: Organisation,
    version: QuestionnaireVersion,
    response: Response | None,
    answered: Collection[str] = (),
) -> dict[str, PreviousAnswer]:
    """By question code, for the questions of `version` that are not `answered` yet, in three queries.

    What the response itself left behind in an older version goes before what was answered in the wave before.
    """
    offers = load_previous_answers(wave, organisation=organisation, version=version)
    if response is not None and version.number > 1:
        offers |= _load_left_behind(response, organisation=organisation)
    return {code: offer for code, offer in offers.items() if code not in answered}


def load_previous_answers(
    wave: Wave, *, organisation: Organisation, version: QuestionnaireVersion
) -> dict[str, PreviousAnswer]:
    """What held for the organisation in the previous wave, by code of the questions of `version`, in two queries.

    For a municipality that is its own submitted answer, or else what its region said of it.
    """
    if wave.previous_id is None:
        return {}
    current = AnswerRevision.objects.filter(number=F("answer__revision"))
    if organisation.kind == Organisation.Kind.MUNICIPALITY:
        rows = current.filter(
            answer__resolved_for__provenance__in=HELD,
            answer__resolved_for__wave=wave.previous_id,
            answer__resolved_for__municipality=organisation.municipality_id,
        )
    else:
        rows = current.filter(
            answer__response__wave=wave.previous_id,
            answer__response__organisation=organisation,
            answer__response__status=Response.Status.SUBMITTED,
            answer__municipality=None,
            answer__is_routed=True,
        )
    return _make_offers(rows, version=version, organisation=organisation)


def list_previous_values(
    wave: Wave, *, organisation: Organisation, version: QuestionnaireVersion
) -> dict[str, AnswerValue]:
    """The earlier values that today's may be compared with, for `rules.check_rules`."""
    found = load_previous_answers(wave, organisation=organisation, version=version)
    return {
        code: offer.value
        for code, offer in found.items()
        if not offer.is_trend_break and not offer.is_from_region
    }


def _load_left_behind(response: Response, *, organisation: Organisation) -> dict[str, PreviousAnswer]:
    rows = AnswerRevision.objects.filter(
        number=F("answer__revision"), answer__response=response, answer__municipality=None
    ).exclude(answer__question__version=response.version_id)
    offers = _make_offers(rows, version=response.version, organisation=organisation)
    return {
        code: replace(offer, wave_title=f"{offer.wave_title}, eerdere versie")
        for code, offer in offers.items()
    }


def _make_offers(
    rows: QuerySet[AnswerRevision], *, version: QuestionnaireVersion, organisation: Organisation
) -> dict[str, PreviousAnswer]:
    """A later version's answer goes before an earlier one's."""
    changes: dict[int, dict[str, QuestionChange]] = {}
    offers = {}
    for row in rows.select_related("answer__question__version", "answer__response__wave").order_by(
        "answer__question__version__number"
    ):
        former = row.answer.question.version
        if former.pk not in changes:
            changes[former.pk] = load_changes(former, version)
        offer = _make_offer(
            row,
            is_from_region=row.answer.response.organisation_id != organisation.pk,
            version=version,
            changes=changes[former.pk],
        )
        if offer is not None:
            offers[row.answer.question.code] = offer
    return offers


def _make_offer(
    row: AnswerRevision,
    *,
    is_from_region: bool,
    version: QuestionnaireVersion,
    changes: Mapping[str, QuestionChange],
) -> PreviousAnswer | None:
    """None for what is no longer asked, or was nothing; `changes` is empty within one version."""
    question = row.answer.question
    now = load_definition(version).questions.get(question.code)
    value = replace(AnswerValue.from_dict(row.value), caveat="")
    if now is None or value.state is AnswerState.BLANK:
        return None
    means_the_same = is_comparable(question.code, changes=changes)
    is_number = value.number is not None or any(cell.number is not None for cell in value.cells)
    return PreviousAnswer(
        value=value,
        description=describe_answer(load_definition(question.version).questions[question.code], value),
        wave_title=row.answer.response.wave.title,
        given_on=timezone.localdate(row.answer.saved_at),
        is_trend_break=not means_the_same,
        is_confirmable=means_the_same
        and value.file is None
        and not (is_from_region and is_number)
        and fit_answer(now, value) == value,
        is_from_region=is_from_region,
    )
