from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "surveys.territory"
    label = "territory"
    verbose_name = "Gebieden"
