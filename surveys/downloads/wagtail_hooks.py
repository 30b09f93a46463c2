from django.urls import include, path
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.downloads import views
from surveys.trail.actions import register_actions

register_actions(
    {
        "downloads.request": ("Bestand aanvragen", "Bestand aangevraagd"),
        "downloads.fetch": ("Bestand ophalen", "Bestand opgehaald"),
    }
)

add_to_menu(
    views.TITLE,
    "downloads:request",
    name="downloads",
    icon_name=views.ICON,
    order=120,
    permissions=(views.DOWNLOAD,),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    urls = [
        path("", views.RequestView.as_view(), name="request"),
        path("<int:job_id>/", views.JobView.as_view(), name="job"),
        path("<int:job_id>/stand/", views.StatusView.as_view(), name="status"),
        path("<int:job_id>/bestand/", views.FileView.as_view(), name="file"),
        path("<int:job_id>/toelichting/", views.DescriptionView.as_view(), name="description"),
    ]
    return [path("downloads/", include((urls, "downloads")))]
