"""The only door to somebody's list, and to what can be put on it."""

from django.http import Http404

from practices.models import PracticePage, SavedCase
from surveys.accounts.models import Person


def access_saved_case(person: Person, number: int) -> SavedCase:
    """A row of the person's own list, also one that was just removed. Raises Http404 for anybody else's."""
    found = SavedCase.objects.filter(owner=person, pk=number).select_related("page").first()
    if found is None:
        raise Http404("Dit voorbeeld staat niet op uw lijst.")
    return found


def access_public_case(number: str) -> PracticePage:
    """By the number of its page, as a form sends it. Raises Http404."""
    cases = PracticePage.objects.live()
    found: PracticePage | None = cases.filter(id=number).first() if number.isdecimal() else None
    if found is None:
        raise Http404("Dit praktijkvoorbeeld staat niet op deze site.")
    return found
