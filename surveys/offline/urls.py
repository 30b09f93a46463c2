from django.urls import path

from surveys.offline import views

app_name = "offline"

urlpatterns = [
    path("<slug:wave>/<slug:organisation>/pdf/", views.download_questionnaire, name="questionnaire_pdf"),
]
