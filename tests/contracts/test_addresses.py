"""A section of a questionnaire has its own address among the fixed ones: none may stand in its way."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from surveys.questionnaire.definition_checks import RESERVED_SECTION_CODES

SURVEY = "invullen/<slug:wave>/<slug:organisation>/"


def list_routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from list_routes(pattern, route)


def test_no_section_can_be_called_after_a_fixed_address():
    words = {
        route.removeprefix(SURVEY).partition("/")[0]
        for route in list_routes(get_resolver())
        if route.startswith(SURVEY)
    }
    fixed = {word for word in words if word and not word.startswith("<")}
    assert fixed
    assert fixed - set(RESERVED_SECTION_CODES) == set(), "add it to RESERVED_SECTION_CODES"
