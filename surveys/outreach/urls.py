from django.urls import path

from surveys.outreach import reply_views

app_name = "outreach_replies"

urlpatterns = [
    path("uitnodiging/<slug:token>/niet-voor-mij/", reply_views.decline, name="not_for_me"),
]
