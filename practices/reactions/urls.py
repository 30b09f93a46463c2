"""Below the page of a case, so before Wagtail's own addresses."""

from django.urls import path

from practices.reactions import views

urlpatterns = [
    path("<slug:slug>/reacties/", views.show_reactions, name="practice_reactions"),
    path("<slug:slug>/reageren/", views.react, name="react"),
    path(
        "<slug:slug>/reageren/reactie/<int:comment>/intrekken/",
        views.withdraw_comment,
        name="withdraw_comment",
    ),
    path("<slug:slug>/reageren/<slug:organisation>/", views.let_know, name="let_know"),
    path(
        "<slug:slug>/reageren/<slug:organisation>/intrekken/",
        views.withdraw_adoption,
        name="withdraw_adoption",
    ),
]
