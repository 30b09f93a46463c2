from collections.abc import Sequence
from itertools import accumulate
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

HOME_DEPTH = 2


class SitePage(Page):
    """A public page with a way back up; each type describes what it shows beside its own text."""

    # Everything here is public: lists, counts and search need not hide a page.
    private_page_options: ClassVar[list[str]] = []
    # The pages above, from the home page down, of a page that was asked for by its address.
    trail: Sequence[Page] | None = None

    class Meta:
        abstract = True

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The whole way down in one query, where Wagtail takes two for each page and asks for them again later."""
        *above, page = [self, *self._list_way_down(path_components)]
        if len(above) < len(path_components) or not page.live:
            raise Http404
        page.trail = above
        return RouteResult(page)

    def _list_way_down(self, path_components: list[str]) -> "list[SitePage]":
        if not path_components:
            return []
        paths = list(accumulate((f"{each}/" for each in path_components), initial=self.url_path))
        types = [model._meta.model_name for model in get_page_models() if issubclass(model, SitePage)]
        pages = Page.objects.descendant_of(self).filter(url_path__in=paths)
        # A page has one type; reading the row of each type along is cheaper than asking which it is.
        return [
            next(getattr(page, each) for each in types if hasattr(page, each))
            for page in pages.select_related(*types).order_by("depth")
        ]

    def get_view_restrictions(self) -> PageQuerySet:
        """None, without asking: no page of this site can have one."""
        return PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        trail = self.trail
        if trail is None:
            trail = self.get_ancestors(inclusive=False).filter(depth__gte=HOME_DEPTH)
        breadcrumbs = [
            {"title": "Home" if page.depth == HOME_DEPTH else page.title, "url": page.get_url(request)}
            for page in trail
        ]
        return {**context, "breadcrumbs": [*breadcrumbs, {"title": self.title}], **self.describe(request)}
