"""The only doors to a contribution: for its own organisation, and for the places and editors it waits for."""

from dataclasses import dataclass

from django.http import Http404

from practices.contributing.places import WRITING_ROLES, list_places
from practices.contributing.stages import Stage, Standing, find_standing
from practices.models import Contribution, PlaceConsent
from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.responses.access import SurveyAccess, access_survey
from surveys.responses.models import Answer
from surveys.teamwork.queries import is_limited_member

UNKNOWN = "Dit voorbeeld bestaat niet."
REVIEW = "practices.review_contribution"
# The questions of a survey that ask for a practice to share have this at the end of their code.
PRACTICE = "_praktijk"


@dataclass(frozen=True)
class ContributionAccess:
    """A member of the organisation that wrote it."""

    membership: Membership
    contribution: Contribution
    standing: Standing

    @property
    def has_writing_role(self) -> bool:
        return self.membership.role in WRITING_ROLES

    @property
    def may_write(self) -> bool:
        return self.has_writing_role and self.standing.has_pen

    @property
    def may_discard(self) -> bool:
        return self.has_writing_role and self.standing.stage == Stage.DRAFT


@dataclass(frozen=True)
class ConsentAccess:
    """Somebody who is asked about it: `own` are the places they answer for, an editor sees all."""

    contribution: Contribution
    standing: Standing
    places: tuple[Organisation, ...]
    own: tuple[Organisation, ...]
    is_editor: bool


def access_contribution(person: Person, number: int) -> ContributionAccess:
    """Raises Http404 for who is no member of the organisation that wrote it, or does not see where it began."""
    contribution = _find(number)
    membership = contribution.organisation.memberships.filter(person=person).first()
    if membership is None or (is_limited_member(membership) and not _sees_origin(person, contribution)):
        raise Http404(UNKNOWN)
    membership.organisation = contribution.organisation
    return ContributionAccess(membership, contribution, find_standing(contribution))


def list_hidden(person: Person) -> set[int]:
    """Keys of what organisations of this person wrote and `access_contribution` keeps from them."""
    limited = [each.organisation_id for each in person.memberships.all() if is_limited_member(each)]
    if not limited:
        return set()
    begun = Contribution.objects.filter(organisation__in=limited).exclude(origin=None)
    rows = begun.select_related("origin__question", "origin__response__wave")
    return {each.pk for each in rows if not _sees_origin(person, each)}


def access_consent(person: Person, number: int) -> ConsentAccess:
    """Raises Http404 for who coordinates none of the places, and for a text that no place was ever asked about."""
    contribution = _find(number)
    standing = find_standing(contribution)
    places = tuple(list_places(contribution))
    coordinated = set(
        person.memberships.filter(role=Membership.Role.COORDINATOR).values_list("organisation", flat=True)
    )
    own = tuple(place for place in places if place.pk in coordinated)
    is_editor = person.has_perm(REVIEW)
    was_asked = standing.stage == Stage.AT_PLACE or _answered(contribution, own)
    if not was_asked or not (own or is_editor):
        raise Http404(UNKNOWN)
    return ConsentAccess(contribution, standing, places, own, is_editor)


def access_practice_answer(
    person: Person, *, wave: str, organisation: str, question: str
) -> tuple[SurveyAccess, SectionDefinition, Answer]:
    """An answer in which an organisation tells a practice, for a member who may see it. Raises Http404."""
    access = access_survey(person, wave_code=wave, organisation_code=organisation, is_saving=True)
    found = find_practice_question(access, question)
    answer = find_told(access, codes=[question]).get(question) if found else None
    if found is None or answer is None:
        raise Http404(UNKNOWN)
    return access, found[0], answer


def find_practice_question(
    access: SurveyAccess, code: str
) -> tuple[SectionDefinition, QuestionDefinition] | None:
    return next((pair for pair in list_practice_questions(access) if pair[1].code == code), None)


def list_practice_questions(access: SurveyAccess) -> list[tuple[SectionDefinition, QuestionDefinition]]:
    """Of the part of the questionnaire that this person may see."""
    return [
        (section, question)
        for section in access.visible_definition.sections
        for question in section.questions
        if question.code.endswith(PRACTICE) and question.kind == "text"
    ]


def find_told(access: SurveyAccess, *, codes: list[str]) -> dict[str, Answer]:
    """The answers with words in them, by code of the question; without what a region says of one municipality."""
    if access.response is None or not codes:
        return {}
    answers = Answer.objects.filter(
        response=access.response, question__code__in=codes, municipality=None, is_routed=True
    ).exclude(text="")
    return {answer.question.code: answer for answer in answers.select_related("question", "response")}


def _find(number: int) -> Contribution:
    rows = Contribution.objects.select_related(
        "organisation__youth_region", "organisation__municipality", "page", "author", "saved_by"
    )
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404(UNKNOWN)
    return found


def _sees_origin(person: Person, contribution: Contribution) -> bool:
    """Whether the answer that it began with is theirs to see; what began with no answer, or by their own hand, is."""
    answer = contribution.origin
    if answer is None or contribution.author_id == person.pk:
        return True
    try:
        access = access_survey(
            person,
            wave_code=answer.response.wave.code,
            organisation_code=contribution.organisation_id,
            is_saving=True,
        )
    except Http404:
        return False
    return find_practice_question(access, answer.question.code) is not None


def _answered(contribution: Contribution, places: tuple[Organisation, ...]) -> bool:
    """Whether one of the places ever agreed: its coordinator may read back to what."""
    return PlaceConsent.objects.filter(
        organisation__in=places, task_state__workflow_state__object_id=str(contribution.page_id)
    ).exists()
