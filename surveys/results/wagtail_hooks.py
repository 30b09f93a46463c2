from django.urls import include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.questionnaire.views import RUN_WAVES
from surveys.results.release import views
from surveys.trail.actions import register_actions

register_actions(
    {
        "release.prepare": ("Publicatie klaarzetten", "Publicatie klaargezet"),
        "release.change": ("Publicatie wijzigen", "Publicatie gewijzigd"),
        "release.count": ("Publicatie tellen", "Publicatie geteld"),
        "release.schedule": ("Publicatie inplannen", "Publicatie ingepland"),
        "release.request": ("Publicatie laten narekenen", "Publicatie gaat openbaar"),
        "release.fail": ("Stap van publicatie afbreken", "Publicatie niet verdergegaan"),
        "release.publish": ("Publicatie openbaar maken", "Publicatie openbaar gemaakt"),
        "comparison.make_group": ("Vergelijkingsgroep maken", "Vergelijkingsgroep gemaakt"),
        "comparison.change_group": ("Vergelijkingsgroep wijzigen", "Vergelijkingsgroep gewijzigd"),
        "comparison.delete_group": ("Vergelijkingsgroep verwijderen", "Vergelijkingsgroep verwijderd"),
    }
)

add_to_menu(
    views.TITLE,
    "releases:list",
    name="releases",
    icon_name=views.ICON,
    order=118,
    permissions=(RUN_WAVES,),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    release = "<slug:wave>/<int:number>/"
    urls = [
        path("", views.ReleaseListView.as_view(), name="list"),
        path("<slug:wave>/klaarzetten/", views.PrepareView.as_view(), name="prepare"),
        path(release, views.ReleaseDetailView.as_view(), name="release"),
        path(f"{release}stand/", views.StatusView.as_view(), name="status"),
        path(f"{release}wijzigen/", views.ChangeView.as_view(), name="change"),
        path(f"{release}voorbeeld/", views.PreviewView.as_view(), name="preview"),
        path(f"{release}inplannen/", views.ScheduleView.as_view(), name="schedule"),
        path(f"{release}openbaar-maken/", views.PublishView.as_view(), name="publish"),
    ]
    return [path("publicaties/", include((urls, "releases")))]
