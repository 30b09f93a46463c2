from django.urls import path

from practices.contributing.views import consenting, discarding, reviewing, sharing, standing, writing

app_name = "contributing"

ONE = "<int:contribution>/"

urlpatterns = [
    path("", sharing.show_sharing, name="sharing"),
    path("nieuw/", sharing.start, name="start"),
    path(
        "uit-antwoord/<slug:wave>/<slug:organisation>/<slug:question>/",
        sharing.start_with_answer,
        name="from_answer",
    ),
    path(ONE, standing.show_contribution, name="contribution"),
    path(f"{ONE}schrijven/", writing.write, name="write"),
    path(f"{ONE}bewaren/", writing.autosave, name="autosave"),
    path(f"{ONE}inzenden/", standing.submit, name="submit"),
    path(f"{ONE}wijzigen/", standing.change, name="change"),
    path(f"{ONE}weggooien/", discarding.discard, name="discard"),
    path(f"{ONE}toestemming/", consenting.consent, name="consent"),
    path(f"{ONE}nakijken/", reviewing.review, name="review"),
]
