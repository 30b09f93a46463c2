from django.contrib.auth.models import AnonymousUser

from surveys.accounts.models import Membership, Person


def list_memberships(person: Person) -> list[Membership]:
    """The person's memberships with their organisations, in order of the organisation's name; one query."""
    return list(person.memberships.select_related("organisation").order_by("organisation__name"))


def find_own_municipality(user: Person | AnonymousUser) -> str:
    """The CBS code of the first municipality, by name, that somebody works for; "" when there is none."""
    if not isinstance(user, Person):
        return ""
    own = user.memberships.exclude(organisation__municipality=None).order_by("organisation__name")
    return own.values_list("organisation__municipality", flat=True).first() or ""
