from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from surveys.questionnaire import views


class WavesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.RUN_WAVES)


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
        path(f"meting/{wave}openbaar-maken/", views.PublishResultsView.as_view(), name="publish_results"),
        path("vragenlijst/<slug:survey>/<int:number>/", views.VersionView.as_view(), name="version"),
    ]
    return [path("", include((urls, "questionnaire")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return WavesMenuItem(
        views.TITLE, reverse("questionnaire:waves"), name="waves", icon_name=views.ICON, order=105
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("questionnaire.publish", "Vragenlijst publiceren", "Vragenlijst gepubliceerd")
    actions.register_action("wave.plan", "Meting plannen", "Meting gepland")
    actions.register_action("wave.open", "Meting openen", "Meting geopend")
    actions.register_action("wave.close", "Meting sluiten", "Meting gesloten")
    actions.register_action("wave.move_deadline", "Laatste dag wijzigen", "Laatste dag gewijzigd")
    actions.register_action(
        "wave.change_version", "Nieuwere vragenlijst stellen", "Nieuwere vragenlijst gesteld"
    )
    actions.register_action(
        "wave.publish_results", "Resultaten openbaar maken", "Resultaten openbaar gemaakt"
    )
