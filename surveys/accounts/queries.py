from surveys.accounts.models import Membership, Person


def list_memberships(person: Person) -> list[Membership]:
    """The person's memberships with their organisations, in order of the organisation's name; one query."""
    return list(person.memberships.select_related("organisation").order_by("organisation__name"))
