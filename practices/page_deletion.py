"""Why a page cannot be deleted: something that must stay refers to it or to a page below it."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from django.db import router
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

NAMED_AT_MOST = 3


def refuse_what_is_referred_to(request: HttpRequest, pages: Sequence[Page]) -> HttpResponse | None:
    """A way back with the reason, or None for pages that may go."""
    referring = sorted({_name(row) for page in pages for row in _find_protecting(page)})
    if not referring:
        return None
    more = f" en nog {len(referring) - NAMED_AT_MOST} andere" if len(referring) > NAMED_AT_MOST else ""
    subject = f"‘{pages[0].title}’ kan" if len(pages) == 1 else "Deze pagina’s kunnen"
    messages.error(
        request,
        f"{subject} niet weg, want dit verwijst ernaar, of naar een pagina eronder: "
        f"{', '.join(referring[:NAMED_AT_MOST])}{more}. Haal eerst die verwijzingen weg.",
    )
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def _find_protecting(page: Page) -> Iterable[Model]:
    collector = Collector(using=router.db_for_write(Page))
    below = page.get_descendants(inclusive=True).order_by("content_type").specific()
    for _, pages in groupby(below, key=type):
        try:
            collector.collect(list(pages))
        except ProtectedError as refusal:
            yield from refusal.protected_objects


def _name(row: Model) -> str:
    """A row of a page is known by its page."""
    return f"‘{getattr(row, 'page', row)}’"
