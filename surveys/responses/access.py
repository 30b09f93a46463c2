"""The only door to a response: an organisation that is not the person's own does not exist for them."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import Http404
from django.utils import timezone

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import is_wave_open, load_definition
from surveys.responses.models import Response
from surveys.responses.region_queries import find_region_response
from surveys.statements import select_one
from surveys.teamwork.access import IS_MEMBER, TEAM_MODELS, TEAM_TABLES, UNKNOWN, read_team

__all__ = ["UNKNOWN", "SurveyAccess", "access_survey"]

# The door of the team, with what the organisation began.
SURVEY = f"""
    SELECT {{membership}}, {{organisation}}, {{wave}}, {{version}}, {{response}}, {{begun}}
    {TEAM_TABLES}
    LEFT JOIN responses_response response
        ON response.wave_id = wave.id AND response.organisation_id = organisation.code
    LEFT JOIN questionnaire_questionnaireversion begun ON begun.id = response.version_id
    WHERE {IS_MEMBER}
"""
SURVEY_MODELS = TEAM_MODELS | {"response": Response, "begun": QuestionnaireVersion}


@dataclass(frozen=True)
class SurveyAccess:
    """A person in front of one organisation's survey; `response` is None until the first save.

    `sections` are the codes of the sections a limited member may see, None is everything.
    """

    membership: Membership
    wave: Wave
    response: Response | None
    is_open: bool
    sections: frozenset[str] | None

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def version(self) -> QuestionnaireVersion:
        """What this organisation is asked: a response stays on the version it began with until it is moved."""
        return self.response.version if self.response else self.wave.version

    @property
    def definition(self) -> Definition:
        """The whole questionnaire: what routing and completeness are judged on."""
        return load_definition(self.version)

    @cached_property
    def visible_definition(self) -> Definition:
        """The part that this person may see: what every page and file shows, and nothing else.

        A question in it may be asked because of an answer outside it, so routing needs the whole `definition`.
        """
        return replace(
            self.definition,
            sections=tuple(section for section in self.definition.sections if self.may_see(section.code)),
        )

    @property
    def sees_everything(self) -> bool:
        return self.sections is None

    def may_see(self, section_code: str) -> bool:
        return self.sections is None or section_code in self.sections

    @property
    def is_region(self) -> bool:
        return self.organisation.kind == Organisation.Kind.YOUTH_REGION

    @property
    def is_editable(self) -> bool:
        """Whether anybody may still change answers."""
        return self.is_open and (self.response is None or self.response.status == Response.Status.DRAFT)

    @property
    def is_late(self) -> bool:
        """Whether the day the researchers hoped for has passed; filling in is still possible."""
        day = self.wave.preferably_before
        return self.is_editable and day is not None and timezone.localdate() >= day

    @property
    def has_newer_version(self) -> bool:
        """Whether the wave asks a newer version by now than the one that is being filled in."""
        return (
            self.is_editable
            and self.response is not None
            and self.response.version_id != self.wave.version_id
        )

    @property
    def has_writing_role(self) -> bool:
        return self.membership.role in (Membership.Role.COORDINATOR, Membership.Role.CONTRIBUTOR)

    @property
    def may_save(self) -> bool:
        return self.is_editable and self.has_writing_role

    @property
    def may_choose_municipalities(self) -> bool:
        return self.may_save and self.sees_everything

    @property
    def has_submitting_right(self) -> bool:
        """The coordinator has it, and who got it from the coordinator; nobody submits what they may not see."""
        return self.sees_everything and (
            self.membership.role == Membership.Role.COORDINATOR
            or (self.membership.may_submit and self.has_writing_role)
        )

    @property
    def may_submit(self) -> bool:
        return self.is_editable and self.has_submitting_right


def access_survey(
    person: Person, *, wave_code: str, organisation_code: str, is_saving: bool = False
) -> SurveyAccess:
    """The organisation's survey, as far as this person may see it.

    Raises Http404 when the person is no member of the organisation, and for a wave that is unknown, still
    planned, does not ask the organisation, or closed before the organisation began. That last one is let through
    with `is_saving`, for somebody who was typing the first answers when it closed, and for a municipality that
    its region speaks for: it may go on reading what was said in its name.
    """
    found = select_one(SURVEY, [wave_code, person.pk, organisation_code], **SURVEY_MODELS)
    if found is None:
        raise Http404(UNKNOWN)
    team = read_team(found)
    wave, organisation = team.wave, team.organisation
    response: Response | None = found["response"]
    if response is not None:
        response.version, response.wave, response.organisation = found["begun"], wave, organisation
    is_open = is_wave_open(wave, today=timezone.localdate())
    if response is None and not (is_open or is_saving):
        speaking = find_region_response(wave, municipality_code=organisation.code)
        if speaking is None:
            raise Http404(UNKNOWN)
    return SurveyAccess(team.membership, wave, response, is_open, team.sections)
