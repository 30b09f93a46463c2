"""What goes wrong, as RFC 9457 problem+json in Dutch."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: "Deze vraag kunnen wij niet beantwoorden",
    404: "Niet gevonden",
    405: "U kunt hier alleen lezen",
    500: "Er ging iets mis",
}
DETAILS = {
    400: "Een of meer parameters kloppen niet. Bij „errors” staat per parameter wat wel kan.",
    404: "Dit adres bestaat niet, of de gegevens zijn niet openbaar. Alle adressen staan in /api/v1/openapi.json.",
    405: "Gebruik GET, HEAD of OPTIONS.",
    500: "Wij kunnen dit antwoord nu niet geven. Probeer het later nog eens.",
}

logger = logging.getLogger(__name__)


def answer_problem(error: Exception, context: Mapping[str, Any]) -> Response:
    """Whatever a view raises, as an answer. What nobody foresaw is logged with its trace and told as a 500."""
    if isinstance(error, Http404):
        status = 404
    elif isinstance(error, APIException):
        status = error.status_code
    else:
        logger.error("api.failed", exc_info=error)
        status = 500
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "detail": DETAILS.get(status, DETAILS[400]),
    }
    if isinstance(error, ValidationError):
        problem["errors"] = list(_list_errors(error.get_full_details()))
    return Response(problem, status=status, content_type=CONTENT_TYPE)


def _list_errors(details: Any) -> Iterable[dict[str, str]]:
    """One per parameter and reason, all of them at once."""
    for name, reasons in details.items():
        for reason in _flatten(reasons):
            yield {"in": "query", "name": name, "code": reason["code"], "detail": reason["message"]}


def _flatten(reasons: Any) -> Iterable[dict[str, str]]:
    """A list of values has its reasons per place in the list."""
    if isinstance(reasons, Mapping) and "message" not in reasons:
        reasons = list(reasons.values())
    if isinstance(reasons, Mapping):
        yield {key: str(value) for key, value in reasons.items()}
    else:
        for reason in reasons:
            yield from _flatten(reason)
