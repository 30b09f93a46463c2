from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks

from surveys.administration.menu import add_to_menu
from surveys.fieldwork import (
    comparison_views,
    correction_views,
    evidence_views,
    follow_up_views,
    provenance_views,
    review_views,
    version_views,
    views,
    watch_views,
)
from surveys.trail.actions import register_actions

register_actions(
    {
        "fieldwork.read": ("Antwoorden lezen", "Antwoorden gelezen"),
        "fieldwork.download": ("Lijst downloaden", "Lijst gedownload"),
        "fieldwork.accept": ("Reactie accepteren", "Geaccepteerd"),
        "fieldwork.send_back": ("Reactie terugsturen", "Teruggestuurd aan de organisatie"),
        "fieldwork.see_flag": ("Signaal bekijken", "Signaal bekeken"),
    }
)

add_to_menu(
    views.TITLE,
    "fieldwork:start",
    name="fieldwork",
    icon_name=views.ICON,
    order=110,
    permissions=(views.WATCH,),
)


@hooks.register("register_admin_urls")
def register_urls() -> list[object]:
    response = "<slug:wave>/<slug:organisation>/"
    urls = [
        path("", watch_views.ResponseOverviewView.as_view(), name="start"),
        path("<slug:wave>/", watch_views.ResponseOverviewView.as_view(), name="overview"),
        path(
            "<slug:wave>/nieuwere-versie/", version_views.ChangeVersionView.as_view(), name="change_version"
        ),
        path(
            "<slug:wave>/tabel/<slug:table>.<slug:file_format>",
            watch_views.TableView.as_view(),
            name="table",
        ),
        path("<slug:wave>/betwist/", provenance_views.DisputesView.as_view(), name="disputes"),
        path(
            "<slug:wave>/gemeente/<slug:municipality>/",
            provenance_views.MunicipalityView.as_view(),
            name="municipality",
        ),
        path("<slug:wave>/te-doen/", review_views.WorkListView.as_view(), name="work_list"),
        path("<slug:wave>/beoordeling/", review_views.ReviewListView.as_view(), name="reviews"),
        path("<slug:wave>/correcties/", review_views.CorrectionListView.as_view(), name="corrections"),
        path(response, views.ResponseDetailView.as_view(), name="response"),
        path(f"{response}accepteren/", review_views.AcceptView.as_view(), name="accept"),
        path(f"{response}terugsturen/", review_views.SendBackView.as_view(), name="send_back"),
        path(f"{response}signaal-gezien/", review_views.SeeFlagView.as_view(), name="see_flag"),
        path(f"{response}vergelijken/", comparison_views.CompareView.as_view(), name="compare"),
        path(
            f"{response}corrigeren/<slug:question>/",
            correction_views.CorrectAnswerView.as_view(),
            name="correct",
        ),
        path(
            f"{response}corrigeren/<slug:question>/<slug:municipality>/",
            correction_views.CorrectAnswerView.as_view(),
            name="correct_deviation",
        ),
        path(f"{response}heropenen/", views.ReopenView.as_view(), name="reopen"),
        path(f"{response}buiten-beschouwing/", views.ExcludeView.as_view(), name="exclude"),
        path(f"{response}bijlage/<int:number>/", evidence_views.EvidenceView.as_view(), name="evidence"),
        path(f"{response}verzoek/", follow_up_views.DecideReopeningView.as_view(), name="decide_reopening"),
        path(
            f"{response}vraag-terug/<slug:question>/",
            follow_up_views.AskClarificationView.as_view(),
            name="ask_clarification",
        ),
        path(
            f"{response}vraag-afsluiten/<int:clarification>/",
            follow_up_views.CloseClarificationView.as_view(),
            name="close_clarification",
        ),
    ]
    return [path("respons/", include((urls, "fieldwork")))]


@hooks.register("insert_global_admin_css")
def link_admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/beheer.css"))
