from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "surveys.measures"
    label = "measures"
    verbose_name = "Maatregelen"
