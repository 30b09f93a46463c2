"""Who may react, and the doors to a case and to what was written about it."""

from django.http import Http404

from practices.models.cases import PracticePage
from practices.models.reactions import Reaction
from surveys.accounts.models import Membership, Organisation, Person

REACTING_ROLES = (Membership.Role.COORDINATOR, Membership.Role.CONTRIBUTOR)


def access_case(slug: str) -> PracticePage:
    """A public case. Raises Http404 for any other."""
    case: PracticePage | None = PracticePage.objects.live().filter(slug=slug).first()
    if case is None:
        raise Http404("Dit praktijkvoorbeeld bestaat niet.")
    return case


def access_membership(person: Person, organisation_code: str) -> Membership:
    """The person's place in an organisation, whatever the role. Raises Http404 for an organisation of others."""
    found = person.memberships.select_related("organisation").filter(organisation=organisation_code).first()
    if found is None:
        raise Http404("U hoort niet bij deze organisatie.")
    return found


def access_adoption(case: PracticePage, organisation: Organisation) -> Reaction:
    """What the organisation said of the case, for who came through `access_membership`. Raises Http404 without."""
    adoptions = Reaction.objects.filter(page=case).exclude(kind=Reaction.Kind.COMMENT)
    found = adoptions.filter(organisation=organisation).first()
    if found is None:
        raise Http404("Uw organisatie liet hierover niets weten.")
    return found


def access_own_comment(person: Person, case: PracticePage, comment_id: int) -> Reaction:
    """A comment that the person wrote. Raises Http404 for anybody else's."""
    comments = Reaction.objects.filter(page=case, kind=Reaction.Kind.COMMENT, written_by=person)
    found = comments.filter(pk=comment_id).first()
    if found is None:
        raise Http404("Deze reactie bestaat niet.")
    return found


def access_reaction(reaction_id: int) -> Reaction:
    """Any reaction, for who decides about them. Raises Http404 for one that is not there, or was withdrawn."""
    reactions = Reaction.objects.select_related("page", "written_by", "decided_by")
    found = reactions.filter(pk=reaction_id).first()
    if found is None:
        raise Http404("Deze reactie bestaat niet (meer).")
    return found


def list_places(case: PracticePage) -> set[str]:
    """The codes of who the case is about; a region stands for itself, not for its municipalities."""
    return {place.pk for places in (case.municipalities, case.youth_regions) for place in places.all()}
