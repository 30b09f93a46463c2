from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    name = "surveys.teamwork"
    label = "teamwork"
    verbose_name = "Samenwerken"
