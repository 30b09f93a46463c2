"""Below the page of a case, so before Wagtail's own addresses."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from practices.reactions import views


class PageSlugConverter(StringConverter):
    """What Wagtail lets an editor call a page, letters with accents included."""

    regex = r"[\w-]+"


register_converter(PageSlugConverter, "page_slug")

urlpatterns = [
    path("<page_slug:slug>/reacties/", views.show_reactions, name="practice_reactions"),
    path("<page_slug:slug>/reageren/", views.react, name="react"),
    path(
        "<page_slug:slug>/reageren/reactie/<int:comment>/intrekken/",
        views.withdraw_comment,
        name="withdraw_comment",
    ),
    path("<page_slug:slug>/reageren/<slug:organisation>/", views.let_know, name="let_know"),
    path(
        "<page_slug:slug>/reageren/<slug:organisation>/intrekken/",
        views.withdraw_adoption,
        name="withdraw_adoption",
    ),
]
