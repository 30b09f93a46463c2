"""The OpenAPI document, made from the views and what they answer."""

from collections.abc import Callable
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.answers import LICENCE, ProblemSerializer
from surveys.api.open_data import VERSION, OpenDataView
from surveys.api.problems import CONTENT_TYPE

PREFIX = "/api/v1"
TITLE = "Open data van de Maatregelenmonitor jeugdhulp"
DESCRIPTION = (
    "De openbare cijfers over maatregelen in de jeugdhulp, met de vragen, de maatregelen, de praktijkvoorbeelden en "
    "de gemeenten. U kunt alleen lezen en heeft geen sleutel nodig. Een cijfer dat een gemeente kan verraden, is "
    "afgeschermd: de status is dan suppressed en het cijfer is leeg. Dat betekent niet nul."
)
VERSION_HEADER = {
    "API-Version": {"description": "De volledige versie van deze API.", "schema": {"type": "string"}}
}

MEANINGS = {
    "200": "Het antwoord.",
    "400": "Een parameter klopt niet; het antwoord zegt wat wel kan.",
    "404": "Dit bestaat niet, of het is niet openbaar.",
}


def describe(
    summary: str,
    *,
    answer: Any,
    name: str,
    query: type[serializers.Serializer] | None = None,
    media_type: str = "application/json",
) -> Callable[[Any], Any]:
    """What the OpenAPI document says of a view's GET; `name` is the id of the operation."""
    return extend_schema(
        operation_id=name,
        summary=summary,
        description=summary,
        tags=["open data"],
        parameters=[query] if query else [],
        auth=[],
        responses={
            (200, media_type): answer,
            (400, CONTENT_TYPE): ProblemSerializer,
            (404, CONTENT_TYPE): ProblemSerializer,
        },
    )


def list_own_addresses(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Those of this API only, for Wagtail's editor has one of its own.

    They are served with and without a slash at the end; the design rules want them described without.
    """
    return [(path.rstrip("/"), *rest) for path, *rest in endpoints if path.startswith(f"{PREFIX}/")]


def describe_answers(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """What every answer has: the version in a header, and words for the status."""
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                response["headers"] = VERSION_HEADER
                response["description"] = MEANINGS[status]
    return result


@cache
def write_document() -> dict[str, Any]:
    """Made once per process: it changes with the code only."""
    with patched_settings(
        {
            "TITLE": TITLE,
            "DESCRIPTION": DESCRIPTION,
            "VERSION": VERSION,
            "OAS_VERSION": "3.1.0",
            "CONTACT": {
                "name": settings.OPEN_DATA_PUBLISHER,
                "url": f"{settings.SITE_URL}/contact/",
                "email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            },
            "LICENSE": {"name": "Creative Commons Naamsvermelding 4.0 (CC BY 4.0)", "url": LICENCE},
            "SERVERS": [{"url": PREFIX, "description": "Deze installatie."}],
            "TAGS": [{"name": "open data", "description": "Alles wat openbaar is."}],
            "EXTERNAL_DOCS": {
                "url": f"{settings.SITE_URL}/open-data/",
                "description": "Uitleg over de open data.",
            },
            "SCHEMA_PATH_PREFIX": PREFIX,
            "SCHEMA_PATH_PREFIX_TRIM": True,
            "PREPROCESSING_HOOKS": [f"{__name__}.{list_own_addresses.__name__}"],
            "POSTPROCESSING_HOOKS": [f"{__name__}.{describe_answers.__name__}"],
            "DISABLE_DOCSTRING_DESCRIPTIONS": True,
            "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
        }
    ):
        document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


class DocumentView(OpenDataView):
    """The document itself, for programs that find out what there is."""

    schema = None

    def get(self, request: Request) -> Response:
        return Response(write_document())
