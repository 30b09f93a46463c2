from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed
from wagtail.query import PageQuerySet

from practices.models import PracticePage
from surveys.measures.models import Measure

NEWEST = 50
PATH = "/praktijkvoorbeelden/"


if TYPE_CHECKING:
    BaseFeed = Feed[PracticePage, Measure | None]
else:
    BaseFeed = Feed


class CaseFeed(BaseFeed):
    """New and changed cases, the latest first; with `?maatregel=` those of one measure.

    A measure that we do not know is a 404.
    """

    feed_type = Atom1Feed
    subtitle = "Praktijkvoorbeelden uit de jeugdhulp die nieuw of gewijzigd zijn."
    author_name = "Maatregelenmonitor jeugdhulp"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Measure | None:
        slug = request.GET.get("maatregel")
        if not slug:
            return None
        # Compared here: what is no slug at all, such as a nought byte, is nothing to ask a database.
        found = next((measure for measure in Measure.objects.all() if measure.pk == slug), None)
        if found is None:
            raise Http404("Deze maatregel kennen wij niet.")
        return found

    def title(self, measure: Measure | None) -> str:
        return f"Praktijkvoorbeelden: {measure.name}" if measure else "Praktijkvoorbeelden"

    def link(self, measure: Measure | None) -> str:
        return f"{PATH}?maatregel={measure.pk}" if measure else PATH

    def feed_url(self, measure: Measure | None) -> str:
        return f"{PATH}atom.xml?maatregel={measure.pk}" if measure else f"{PATH}atom.xml"

    def items(self, measure: Measure | None) -> PageQuerySet:
        pages = PracticePage.objects.live().defer_streamfields()
        if measure:
            pages = pages.filter(measure_links__measure=measure)
        return pages.order_by("-last_published_at", "title")[:NEWEST]

    def item_title(self, item: PracticePage) -> str:
        return str(item.title)

    def item_description(self, item: PracticePage) -> str:
        return str(item.summary)

    def item_link(self, item: PracticePage) -> str:
        return str(item.full_url)

    def item_pubdate(self, item: PracticePage) -> Any:
        return item.first_published_at

    def item_updateddate(self, item: PracticePage) -> Any:
        return item.last_published_at
