from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.models import Page

HOME_DEPTH = 2


class SitePage(Page):
    """A public page with a way back up; each type describes what it shows beside its own text."""

    # Everything here is public: lists, counts and search need not hide a page.
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def describe(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        trail = self.get_ancestors(inclusive=False).filter(depth__gte=HOME_DEPTH)
        breadcrumbs = [
            {"title": "Home" if page.depth == HOME_DEPTH else page.title, "url": page.get_url(request)}
            for page in trail
        ]
        return {**context, "breadcrumbs": [*breadcrumbs, {"title": self.title}], **self.describe(request)}
