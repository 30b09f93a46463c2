"""Public files and pages for other sites: who has the newest already gets it no second time."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from surveys.results.explorer.showing import Shown

# Seconds in which nobody has to ask again.
FRESH_FOR = 300


def send_cached(
    request: HttpRequest, shown: Shown, *, kind: str, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """What `make` makes of the figures, or 304 to who has it already; `kind` tells one file from another."""
    digest = sha256(repr((kind, shown.choice, shown.data)).encode())
    for figure in shown.figures:
        digest.update(figure.chart.svg.encode())
        digest.update(repr((figure.table, figure.description, figure.caveats)).encode())
    # Weak: the same figures, while a workbook also says when it was written.
    etag = f"W/{quote_etag(digest.hexdigest())}"
    response = get_conditional_response(request, etag=etag) or make()
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response
