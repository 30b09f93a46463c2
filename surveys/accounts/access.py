from django.http import HttpRequest

from surveys.accounts.models import Person


class SignedInRequest(HttpRequest):
    """A request that passed `login_required`, or Wagtail's door to the administration."""

    user: Person
