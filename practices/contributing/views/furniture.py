"""What the pages around a contribution have in common."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from practices.contributing.access import ContributionAccess
from surveys.accounts.access import SignedInRequest

HOME = {"title": "Home", "url": "/"}


def list_breadcrumbs(*steps: dict[str, str]) -> list[dict[str, str]]:
    library = {"title": "Praktijkvoorbeelden", "url": "/praktijkvoorbeelden/"}
    return [HOME, library, {"title": "Een voorbeeld delen", "url": reverse("contributing:sharing")}, *steps]


def render_page(
    request: SignedInRequest, template: str, *, title: str, status: int = 200, **context: Any
) -> HttpResponse:
    breadcrumbs = list_breadcrumbs({"title": title})
    return render(
        request,
        f"practices/contributing/{template}.html",
        {"title": title, "breadcrumbs": breadcrumbs, **context},
        status=status,
    )


def render_own(
    request: SignedInRequest,
    template: str,
    *,
    access: ContributionAccess,
    title: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about one contribution of the own organisation; without a title it is the contribution's first page."""
    own = {
        "title": str(access.contribution),
        "url": reverse("contributing:contribution", args=[access.contribution.pk]),
    }
    return render(
        request,
        f"practices/contributing/{template}.html",
        {
            "access": access,
            "contribution": access.contribution,
            "standing": access.standing,
            "title": title or str(access.contribution),
            "breadcrumbs": list_breadcrumbs(
                *([own, {"title": title}] if title else [{"title": own["title"]}])
            ),
            **context,
        },
        status=status,
    )
