from django.urls import include, path

from surveys.results.explorer import views
from surveys.results.release.views import list_wave_releases

app_name = "results"

urlpatterns = [
    path("", views.list_waves, name="index"),
    path("<slug:wave>/", views.show_wave, name="wave"),
    path("<slug:wave>/uitgaven/", list_wave_releases, name="releases"),
    path("<slug:wave>/vergelijken/", include("surveys.results.comparison.urls")),
    path("<slug:wave>/grafiek.<str:file_format>", views.send_image, name="image"),
    path("<slug:wave>/insluiten/", views.embed_figure, name="embed"),
]
