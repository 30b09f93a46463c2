from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "surveys.api"
    label = "api"
    verbose_name = "Open data"
