from django.urls import path

from surveys.offline import views

app_name = "offline"

urlpatterns = [
    path("<slug:wave>/<slug:organisation>/pdf/", views.download_questionnaire, name="questionnaire_pdf"),
    path("<slug:wave>/<slug:organisation>/werkmap/", views.download_workbook, name="workbook"),
    path("<slug:wave>/<slug:organisation>/uploaden/", views.upload_workbook, name="upload"),
]
