"""The site against the permission matrix, with the demo's own people."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from surveys.accounts.models import Person
from tests.contracts.examples import PEOPLE, make_examples
from tests.contracts.permission_matrix import MATRIX
from tests.contracts.permission_rows import (
    ADMIN,
    CONFIRM,
    HOME,
    OWN_SURVEYS,
    REFUSED,
    ROLES,
    SIGN_IN,
    SIGN_IN_WITH_CODE,
    Outcome,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


@pytest.fixture
def values() -> dict[str, object]:
    return make_examples()


def describe(response) -> Outcome:
    if response.streaming:
        response.getvalue()  # reads the file to its end, which closes it
    if response.status_code != 302:
        return response.status_code
    target = response["Location"].partition("?")[0]
    names = {
        "/account/login/": SIGN_IN,
        "/account/login/code/": SIGN_IN_WITH_CODE,
        "/account/bevestigen/": CONFIRM,
        "/beheer/login/": REFUSED,
        "/beheer/": ADMIN,
        "/invullen/": OWN_SURVEYS,
        "/": HOME,
    }
    return names.get(target, target)


def fill_in(outcome: Outcome, values: dict[str, object]) -> Outcome:
    """An outcome can be an address of an example too."""
    return outcome.format(**values) if isinstance(outcome, str) else outcome


def list_routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route with the module of its view."""
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield route, view.__module__
        else:
            yield from list_routes(pattern, route)


def test_every_address_has_a_row():
    routes = dict(list_routes(get_resolver()))
    listed = {row.route for row in MATRIX}
    own = {
        route
        for route, module in routes.items()
        if not (route.startswith("beheer/") and module.startswith(("wagtail.", "django.")))
    }
    assert own - listed == set(), "add a row to permission_matrix.py: who gets what?"
    assert listed - routes.keys() == set(), "these addresses no longer exist"


@pytest.mark.parametrize("role", ROLES)
def test_role_gets_what_the_matrix_says(role, values, client):
    if role in PEOPLE:
        client.force_login(Person.objects.get(email=PEOPLE[role]))
    expected = {row.path: fill_in(getattr(row, role), values) for row in MATRIX}
    found = {path: describe(client.get(path.format(**values))) for path in expected}
    assert found == expected
