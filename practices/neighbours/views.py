from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practices.models import PracticePage
from practices.neighbours.forms import MunicipalityForm
from practices.neighbours.queries import describe_neighbours
from surveys.accounts.models import Person
from surveys.accounts.queries import list_memberships
from surveys.territory.newest import read_newest_country

TITLE = "Gemeenten zoals de uwe"


@require_safe
@never_cache
def show_neighbours(request: HttpRequest) -> HttpResponse:
    """Never kept by a cache: who signed in begins at the own municipality."""
    memberships = list_memberships(request.user) if isinstance(request.user, Person) else []
    form = MunicipalityForm(
        request.GET.dict(),
        names=read_newest_country().names,
        own=[membership.organisation_id for membership in memberships],
    )
    context: dict[str, Any] = {
        "title": TITLE,
        "form": form,
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Praktijkvoorbeelden", "url": "/praktijkvoorbeelden/"},
            {"title": TITLE},
        ],
    }
    if form.municipality:
        context |= describe_neighbours(form.municipality, practices=PracticePage.objects.live())
    return render(request, "practices/neighbours.html", context)
