from django.urls import include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.questionnaire import views
from surveys.trail.actions import register_actions

register_actions(
    {
        "questionnaire.publish": ("Vragenlijst publiceren", "Vragenlijst gepubliceerd"),
        "wave.plan": ("Meting plannen", "Meting gepland"),
        "wave.open": ("Meting openen", "Meting geopend"),
        "wave.close": ("Meting sluiten", "Meting gesloten"),
        "wave.move_deadline": ("Laatste dag wijzigen", "Laatste dag gewijzigd"),
        "wave.change_version": ("Nieuwere vragenlijst stellen", "Nieuwere vragenlijst gesteld"),
        "wave.publish_results": ("Resultaten openbaar maken", "Resultaten openbaar gemaakt"),
    }
)

add_to_menu(
    views.TITLE,
    "questionnaire:waves",
    name="waves",
    icon_name=views.ICON,
    order=105,
    permissions=(views.RUN_WAVES,),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    wave = "<slug:wave>/"
    urls = [
        path("metingen/", views.WaveListView.as_view(), name="waves"),
        path("metingen/plannen/", views.PlanWaveView.as_view(), name="plan"),
        path(f"meting/{wave}", views.WaveDetailView.as_view(), name="wave"),
        path(f"meting/{wave}openen/", views.OpenWaveView.as_view(), name="open"),
        path(f"meting/{wave}sluiten/", views.CloseWaveView.as_view(), name="close"),
        path(f"meting/{wave}laatste-dag/", views.MoveDeadlineView.as_view(), name="move_deadline"),
        path("vragenlijst/<slug:survey>/<int:number>/", views.VersionView.as_view(), name="version"),
    ]
    return [path("", include((urls, "questionnaire")))]
