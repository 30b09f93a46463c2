"""The only door to a response: an organisation that is not the person's own does not exist for them."""

from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import is_wave_open
from surveys.responses.models import Response
from surveys.responses.queries import list_members

UNKNOWN = "Deze vragenlijst bestaat niet."


@dataclass(frozen=True)
class SurveyAccess:
    """A person in front of one organisation's survey; `response` is None until the first save."""

    membership: Membership
    wave: Wave
    response: Response | None
    is_open: bool

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def version(self) -> QuestionnaireVersion:
        """What this organisation is asked: a response stays on the version it began with until it is moved."""
        return self.response.version if self.response else self.wave.version

    @property
    def is_region(self) -> bool:
        return self.organisation.kind == Organisation.Kind.YOUTH_REGION

    @property
    def is_editable(self) -> bool:
        """Whether anybody may still change answers."""
        return self.is_open and (self.response is None or self.response.status == Response.Status.DRAFT)

    @property
    def has_writing_role(self) -> bool:
        return self.membership.role in (Membership.Role.COORDINATOR, Membership.Role.CONTRIBUTOR)

    @property
    def may_save(self) -> bool:
        return self.is_editable and self.has_writing_role

    @property
    def may_submit(self) -> bool:
        return self.is_editable and self.membership.role == Membership.Role.COORDINATOR


def access_survey(
    person: Person, *, wave_code: str, organisation_code: str, is_saving: bool = False
) -> SurveyAccess:
    """The organisation's survey, as far as this person may see it.

    Raises Http404 when the person is no member of the organisation, and for a wave that is unknown, still
    planned, does not ask the organisation, or closed before the organisation began. That last one is let through
    with `is_saving`, for somebody who was typing the first answers when it closed.
    """
    try:
        membership = Membership.objects.select_related("organisation").get(
            person=person, organisation=organisation_code
        )
        wave = Wave.objects.exclude(status=Wave.Status.PLANNED).select_related("version").get(code=wave_code)
    except (Membership.DoesNotExist, Wave.DoesNotExist):
        raise Http404(UNKNOWN) from None
    organisation = membership.organisation
    response = (
        Response.objects.select_related("submitted_by", "version")
        .filter(wave=wave, organisation=organisation)
        .first()
    )
    is_open = is_wave_open(wave, today=timezone.localdate())
    if response is None and not (
        (is_open or is_saving) and list_members(wave, organisation=organisation).exists()
    ):
        raise Http404(UNKNOWN)
    return SurveyAccess(membership, wave, response, is_open)
