from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """People are let in by an administrator; nobody can make an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
