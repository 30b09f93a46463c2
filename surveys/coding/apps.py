from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "surveys.coding"
    label = "coding"
    verbose_name = "Open antwoorden coderen"
