from django.urls import path

from practices.shortlist import views

app_name = "shortlist"
urlpatterns = [
    path("", views.show_shortlist, name="list"),
    path("bewaren/", views.save_to_list, name="save"),
    path("lijst.<str:file_format>", views.download_shortlist, name="download"),
    path("<int:saved>/weghalen/", views.remove_from_list, name="remove"),
    path("<int:saved>/terugzetten/", views.put_back_on_list, name="put_back"),
    path("<int:saved>/verplaatsen/", views.move_on_list, name="move"),
    path("<int:saved>/notitie/", views.note_on_list, name="note"),
]
