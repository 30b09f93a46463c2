"""The door to what a team does together; how much of the questionnaire a member sees is decided here."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.teamwork.queries import load_visible_sections

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
    """The team of the organisation, for one of its members; two queries, three for a limited member.

    Raises Http404 for anybody else, and for a wave that is unknown, still planned or does not ask the
    organisation.
    """
    asked = FrameMunicipality.objects.filter(
        Q(municipality=organisation_code) | Q(youth_region=organisation_code), wave=OuterRef("pk")
    )
    try:
        membership = Membership.objects.select_related("organisation").get(
            person=person, organisation=organisation_code
        )
        wave = (
            Wave.objects.exclude(status=Wave.Status.PLANNED)
            .select_related("version")
            .get(Exists(asked), code=wave_code)
        )
    except (Membership.DoesNotExist, Wave.DoesNotExist):
        raise Http404(UNKNOWN) from None
    return TeamAccess(
        membership, wave, load_visible_sections([membership], waves=[wave])[wave.pk, membership.pk]
    )
