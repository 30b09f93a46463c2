from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Behind a sign-in there is nothing to find, and a crawler has no business at the door. Comparisons are as many as there
# are sets of cases, and say nothing that the cases do not.
NOT_FOR_CRAWLERS = (
    "/account/",
    "/beheer/",
    "/invullen/",
    "/praktijkvoorbeelden/mijn-lijst/",
    "/praktijkvoorbeelden/vergelijken/",
)


def robots_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9309: what search engines may leave alone, and where they find every page."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS)]
    lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
