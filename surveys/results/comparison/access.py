"""Who looks at a comparison: what they may see of answers follows from their memberships, and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from surveys.accounts.models import Membership, Person
from surveys.accounts.queries import list_memberships
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.results.models import ComparisonGroup
from surveys.teamwork.queries import load_visible_sections


@dataclass(frozen=True, slots=True)
class OwnView:
    """Whose answers a member may see of a municipality: all that hold for it, or only those of one organisation.

    `organisation` is None for all of them, else the code of the youth region that gave them. `sections` are the codes
    of the parts the member may see, None is everything.
    """

    organisation: str | None
    sections: frozenset[str] | None

    def may_see(self, section: str) -> bool:
        return self.sections is None or section in self.sections


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody in front of the comparison of a wave; `person` is None for who did not sign in."""

    person: Person | None
    memberships: tuple[Membership, ...]
    sections: dict[str, frozenset[str] | None]

    @property
    def may_see_named_answers(self) -> bool:
        """What others answered is for members of organisations only, never for the public."""
        return bool(self.memberships)

    def list_own(self, frame: Iterable[FrameMunicipality]) -> list[FrameMunicipality]:
        """The municipalities the visitor works for, or whose youth region."""
        return [each for each in frame if self.find_own_view(each) is not None]

    def find_home(self, frame: Iterable[FrameMunicipality]) -> str:
        """The code of the first municipality that the visitor itself works for; "" for a region: it has to choose."""
        return next((each.municipality_id for each in frame if each.municipality_id in self.sections), "")

    def find_own_view(self, municipality: FrameMunicipality) -> OwnView | None:
        """None for who belongs to neither the municipality nor its youth region.

        A region reads what it said itself: what a municipality answers is the municipality's.
        """
        if municipality.municipality_id in self.sections:
            return OwnView(None, self.sections[municipality.municipality_id])
        region = municipality.youth_region_id
        if region is not None and region in self.sections:
            return OwnView(region, self.sections[region])
        return None


def meet_visitor(user: Person | AnonymousUser, *, wave: Wave) -> Visitor:
    """One query for who signed in, two for a member who sees only some parts."""
    if not isinstance(user, Person):
        return Visitor(None, (), {})
    memberships = list_memberships(user)
    visible = load_visible_sections(memberships, waves=[wave])
    return Visitor(
        user,
        tuple(memberships),
        {each.organisation_id: visible[wave.pk, each.pk] for each in memberships},
    )


def access_group(person: Person, group_id: int) -> ComparisonGroup:
    """A group of the person. Raises Http404 for anybody else's."""
    found = person.comparison_groups.filter(pk=group_id).first()
    if found is None:
        raise Http404("Deze groep bestaat niet.")
    return found
