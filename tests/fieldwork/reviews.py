"""Responses to review, and somebody who reviews them."""

from django.contrib.auth.models import Permission

from surveys.accounts.models import Person
from surveys.fieldwork.lifecycle import accept_response, send_back_response
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Response
from tests.responses.factories import COMPLETE, MEMBER, NOW, make_response, make_wave

EVERYTHING = ("watch_responses", "review_responses", "reopen_response", "exclude_response")


def make_reviewer(*permissions: str, name: str = "Otto") -> Person:
    """Somebody in the administration with just these permissions, or with all that reviewing takes."""
    person = Person.objects.create_user(f"{name.lower()}@voorbeeld.example", first_name=name)
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", *(permissions or EVERYTHING)])
    )
    return person


def make_submitted(wave=None, organisation=MEMBER, **answers) -> Response:
    response = make_response(wave or make_wave(), organisation, answers=COMPLETE | answers)
    return submit_response(response, by=None, at=NOW)


def find_checksum(response: Response) -> str:
    """That of the latest submission: what a reviewer has before them."""
    return response.submissions.latest("number").checksum


def accept(response, **rest):
    return accept_response(response, checksum=find_checksum(response), **{"by": None, "at": NOW} | rest)


def send_back(response, *, reason="Kijk de kosten na.", **rest):
    return send_back_response(
        response, checksum=find_checksum(response), reason=reason, **{"by": None, "at": NOW} | rest
    )
