from django.urls import path

from surveys.responses import (
    after_submission_views,
    autosave_views,
    deviation_views,
    evidence_views,
    receipt_views,
    region_views,
    section_views,
    submission_views,
    version_views,
    views,
)

app_name = "responses"

urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("<slug:wave>/<slug:organisation>/", views.show_start, name="start"),
    path("<slug:wave>/<slug:organisation>/gemeenten/", views.choose_municipalities, name="municipalities"),
    path("<slug:wave>/<slug:organisation>/namens/", region_views.show_on_behalf, name="on_behalf"),
    path(
        "<slug:wave>/<slug:organisation>/afwijkingen/<slug:question>/",
        deviation_views.edit_deviations,
        name="deviations",
    ),
    path(
        "<slug:wave>/<slug:organisation>/bijlage/<int:number>/",
        evidence_views.fetch_evidence,
        name="evidence",
    ),
    path(
        "<slug:wave>/<slug:organisation>/nieuwe-versie/",
        version_views.show_new_version,
        name="new_version",
    ),
    path("<slug:wave>/<slug:organisation>/controleren/", submission_views.check_answers, name="check"),
    path("<slug:wave>/<slug:organisation>/ontvangst/", receipt_views.show_receipt, name="receipt"),
    path(
        "<slug:wave>/<slug:organisation>/ontvangst/<slug:code>.pdf",
        receipt_views.download_receipt,
        name="receipt_pdf",
    ),
    path("<slug:wave>/<slug:organisation>/openbaarheid/", receipt_views.choose_naming, name="naming"),
    path(
        "<slug:wave>/<slug:organisation>/heropenen/",
        after_submission_views.ask_reopening,
        name="reopening",
    ),
    path("<slug:wave>/<slug:organisation>/intrekken/", after_submission_views.withdraw, name="withdrawal"),
    path(
        "<slug:wave>/<slug:organisation>/vragen-terug/",
        after_submission_views.answer_clarifications,
        name="clarifications",
    ),
    path("<slug:wave>/<slug:organisation>/<slug:section>/", section_views.fill_in_section, name="section"),
    path("<slug:wave>/<slug:organisation>/<slug:section>/bewaren/", autosave_views.autosave, name="autosave"),
]
