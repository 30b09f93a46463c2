from django.db.models import QuerySet

from practices.contributing.access import list_hidden
from practices.contributing.places import WRITING_ROLES
from practices.models import Contribution
from surveys.accounts.models import Organisation, Person


def list_own(person: Person) -> QuerySet[Contribution]:
    """What the organisations of this person wrote or are writing and they may see, the newest first."""
    written = Contribution.objects.filter(organisation__memberships__person=person)
    return written.exclude(pk__in=list_hidden(person)).select_related("organisation", "page")


def list_writable(person: Person) -> QuerySet[Organisation]:
    """The organisations that somebody may write for."""
    return Organisation.objects.filter(
        memberships__person=person, memberships__role__in=WRITING_ROLES
    ).distinct()
