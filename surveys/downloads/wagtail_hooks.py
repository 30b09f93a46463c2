from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from surveys.downloads import views


class DownloadMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.DOWNLOAD)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    urls = [
        path("", views.RequestView.as_view(), name="request"),
        path("<int:job_id>/", views.JobView.as_view(), name="job"),
        path("<int:job_id>/stand/", views.StatusView.as_view(), name="status"),
        path("<int:job_id>/bestand/", views.FileView.as_view(), name="file"),
    ]
    return [path("downloads/", include((urls, "downloads")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return DownloadMenuItem(
        views.TITLE, reverse("downloads:request"), name="downloads", icon_name=views.ICON, order=120
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("downloads.request", "Bestand aanvragen", "Bestand aangevraagd")
    actions.register_action("downloads.fetch", "Bestand ophalen", "Bestand opgehaald")
