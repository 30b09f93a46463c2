"""The door to what a team does together; how much of the questionnaire a member sees is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import IS_ASKED
from surveys.statements import select_one
from surveys.teamwork.models import Invitation, Note
from surveys.teamwork.queries import load_asked_definition, load_visible_sections
from surveys.teamwork.tokens import hash_token

# In SQL, of the code of a wave, a person's key and the code of an organisation, in that order.
TEAM_TABLES = """
    FROM accounts_membership membership
    JOIN accounts_organisation organisation ON organisation.code = membership.organisation_id
    JOIN questionnaire_wave wave ON wave.code = %s
    JOIN questionnaire_questionnaireversion version ON version.id = wave.version_id
"""
IS_MEMBER = f"membership.person_id = %s AND organisation.code = %s AND {IS_ASKED}"
TEAM_MODELS: dict[str, type[Model]] = {
    "membership": Membership,
    "organisation": Organisation,
    "wave": Wave,
    "version": QuestionnaireVersion,
}
TEAM = f"SELECT {{membership}}, {{organisation}}, {{wave}}, {{version}} {TEAM_TABLES} WHERE {IS_MEMBER}"

UNKNOWN = "Deze vragenlijst bestaat niet."


@dataclass(frozen=True)
class TeamAccess:
    """A member of the organisation's team in one wave; `sections` is all they may see, None is everything."""

    membership: Membership
    wave: Wave
    sections: frozenset[str] | None

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def may_manage(self) -> bool:
        return self.membership.role == Membership.Role.COORDINATOR

    def may_see(self, section_code: str) -> bool:
        return self.sections is None or section_code in self.sections


def access_team(person: Person, *, wave_code: str, organisation_code: str) -> TeamAccess:
    """The team of the organisation, for one of its members; one query, two for a limited member.

    Raises Http404 for anybody else, and for a wave that is unknown, still planned or does not ask the
    organisation.
    """
    found = select_one(TEAM, [wave_code, person.pk, organisation_code], **TEAM_MODELS)
    if found is None:
        raise Http404(UNKNOWN)
    return read_team(found)


def read_team(found: Mapping[str, Any]) -> TeamAccess:
    """The team in a row with `TEAM_MODELS`; one query for a limited member, none for the others.

    Raises Http404 for a wave that is still planned.
    """
    if found["wave"].status == Wave.Status.PLANNED:
        raise Http404(UNKNOWN)
    wave: Wave = found["wave"]
    wave.version = found["version"]
    membership: Membership = found["membership"]
    membership.organisation = found["organisation"]
    return TeamAccess(
        membership, wave, load_visible_sections([membership], waves=[wave])[wave.pk, membership.pk]
    )


def access_member(team: TeamAccess, membership_id: int) -> Membership:
    """Somebody in the same team. Raises Http404 for anybody else."""
    found = (
        team.organisation.memberships.select_related("person", "organisation")
        .filter(pk=membership_id)
        .first()
    )
    if found is None:
        raise Http404("Deze collega hoort niet bij het team.")
    return found


def access_team_invitation(team: TeamAccess, invitation_id: int) -> Invitation:
    """An invitation that the team sent. Raises Http404 for any other."""
    sent = Invitation.objects.select_related("organisation", "wave")
    found = sent.filter(organisation=team.organisation, wave=team.wave, pk=invitation_id).first()
    if found is None:
        raise Http404("Deze uitnodiging bestaat niet.")
    return found


def access_invitation(token: str) -> Invitation:
    """The invitation behind a link, also when it no longer works. Raises Http404 for a link that never was."""
    invitations = Invitation.objects.select_related("organisation", "wave", "invited_by")
    found = invitations.filter(token_hash=hash_token(token)).first()
    if found is None:
        raise Http404("Deze uitnodiging bestaat niet.")
    return found


def access_question(team: TeamAccess, code: str) -> tuple[SectionDefinition, QuestionDefinition]:
    """A question that the person may see, with its section. Raises Http404 for any other."""
    definition = load_asked_definition(team.wave, organisation=team.organisation)
    for section in definition.sections:
        for question in section.questions:
            if question.code == code and team.may_see(section.code):
                return section, question
    raise Http404("Deze vraag bestaat niet.")


def access_note(team: TeamAccess, note_id: int, *, question: str) -> Note:
    """A note of the team at a question the person may see. Raises Http404 for any other."""
    access_question(team, question)
    notes = Note.objects.select_related("organisation", "wave")
    found = notes.filter(
        wave=team.wave, organisation=team.organisation, question=question, pk=note_id
    ).first()
    if found is None:
        raise Http404("Deze notitie bestaat niet.")
    return found
