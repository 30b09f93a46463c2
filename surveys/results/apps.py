from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "surveys.results"
    label = "results"
    verbose_name = "Resultaten"
