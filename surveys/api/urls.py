from django.urls import URLPattern, re_path

from surveys.api import file_views, views
from surveys.api.open_data import NotFoundView, OpenDataView
from surveys.api.openapi import DocumentView

app_name = "api"

WAVE = r"waves/(?P<code>[-a-zA-Z0-9_]+)"


def serve(address: str, view: type[OpenDataView], *, name: str) -> URLPattern:
    """With and without a slash at the end: the same answer, and never a redirect."""
    pattern: URLPattern = re_path(rf"^{address}/?$", view.as_view(), name=name)
    return pattern


urlpatterns = [
    serve("waves", views.WaveListView, name="waves"),
    serve(WAVE, views.WaveView, name="wave"),
    serve(f"{WAVE}/questions", views.QuestionListView, name="questions"),
    serve(f"{WAVE}/results", views.ResultListView, name="results"),
    serve(f"{WAVE}/response", views.ResponseView, name="response"),
    serve("measures", views.MeasureListView, name="measures"),
    serve("territory/municipalities", views.MunicipalityListView, name="municipalities"),
    serve(rf"{WAVE}/results\.csv", file_views.ResultFileView, name="result_file"),
    serve(
        rf"{WAVE}/results\.csv-metadata\.json",
        file_views.ResultFileDescriptionView,
        name="result_file_description",
    ),
    re_path(r"^catalog\.jsonld$", file_views.CatalogueView.as_view(), name="catalogue"),
    re_path(r"^openapi\.json$", DocumentView.as_view(), name="openapi"),
    re_path(r"", NotFoundView.as_view(), name="not_found"),
]
