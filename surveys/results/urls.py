from django.urls import path

from surveys.results import views

app_name = "results"

urlpatterns = [
    path("", views.list_waves, name="index"),
    path("<slug:wave>/", views.show_wave, name="wave"),
]
