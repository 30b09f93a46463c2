from django.urls import path

from surveys.responses import section_views, submission_views, views

app_name = "responses"

urlpatterns = [
    path("", views.show_overview, name="overview"),
    path("<slug:wave>/<slug:organisation>/", views.show_start, name="start"),
    path("<slug:wave>/<slug:organisation>/gemeenten/", views.choose_municipalities, name="municipalities"),
    path("<slug:wave>/<slug:organisation>/controleren/", submission_views.check_answers, name="check"),
    path("<slug:wave>/<slug:organisation>/ontvangst/", submission_views.show_receipt, name="receipt"),
    path("<slug:wave>/<slug:organisation>/<slug:section>/", section_views.fill_in_section, name="section"),
]
