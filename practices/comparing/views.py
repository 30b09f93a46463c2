from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.comparing.queries import describe_comparison

BREADCRUMBS = (
    {"title": "Home", "url": "/"},
    {"title": "Praktijkvoorbeelden", "url": "/praktijkvoorbeelden/"},
    {"title": "Vergelijken"},
)


@require_safe
def compare_cases(request: HttpRequest) -> HttpResponse:
    """The whole choice is in the address, so that it can be shared."""
    context = {"breadcrumbs": BREADCRUMBS, **describe_comparison(request.GET)}
    return render(request, "practices/compare.html", context)
