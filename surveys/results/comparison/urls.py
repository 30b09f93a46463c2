"""Under the address of a wave, in the names of `results`."""

from django.urls import path

from surveys.results.comparison import views

urlpatterns = [
    path("", views.show_comparison, name="comparison"),
    path("groepen/nieuw/", views.add_group, name="comparison_new_group"),
    path("groepen/<int:group>/", views.edit_group, name="comparison_group"),
    path("groepen/<int:group>/verwijderen/", views.remove_group, name="comparison_delete_group"),
]
