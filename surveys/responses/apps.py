from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "surveys.responses"
    label = "responses"
    verbose_name = "Reacties"
