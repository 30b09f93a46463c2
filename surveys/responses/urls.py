from django.urls import path

from surveys.responses.views import (
    after_submission,
    autosave,
    deviations,
    evidence,
    on_behalf,
    receipt,
    section,
    start,
    submission,
    version,
)

app_name = "responses"

urlpatterns = [
    path("", start.show_overview, name="overview"),
    path("<slug:wave>/<slug:organisation>/", start.show_start, name="start"),
    path("<slug:wave>/<slug:organisation>/gemeenten/", start.choose_municipalities, name="municipalities"),
    path("<slug:wave>/<slug:organisation>/namens/", on_behalf.show_on_behalf, name="on_behalf"),
    path(
        "<slug:wave>/<slug:organisation>/afwijkingen/<slug:question>/",
        deviations.edit_deviations,
        name="deviations",
    ),
    path(
        "<slug:wave>/<slug:organisation>/bijlage/<int:number>/",
        evidence.fetch_evidence,
        name="evidence",
    ),
    path(
        "<slug:wave>/<slug:organisation>/nieuwe-versie/",
        version.show_new_version,
        name="new_version",
    ),
    path("<slug:wave>/<slug:organisation>/controleren/", submission.check_answers, name="check"),
    path("<slug:wave>/<slug:organisation>/ontvangst/", receipt.show_receipt, name="receipt"),
    path(
        "<slug:wave>/<slug:organisation>/ontvangst/<slug:code>.pdf",
        receipt.download_receipt,
        name="receipt_pdf",
    ),
    path("<slug:wave>/<slug:organisation>/openbaarheid/", receipt.choose_naming, name="naming"),
    path(
        "<slug:wave>/<slug:organisation>/heropenen/",
        after_submission.ask_reopening,
        name="reopening",
    ),
    path("<slug:wave>/<slug:organisation>/intrekken/", after_submission.withdraw, name="withdrawal"),
    path(
        "<slug:wave>/<slug:organisation>/vragen-terug/",
        after_submission.answer_clarifications,
        name="clarifications",
    ),
    path("<slug:wave>/<slug:organisation>/<slug:section>/", section.fill_in_section, name="section"),
    path("<slug:wave>/<slug:organisation>/<slug:section>/bewaren/", autosave.autosave, name="autosave"),
]
