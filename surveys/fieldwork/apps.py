from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "surveys.fieldwork"
    label = "fieldwork"
    verbose_name = "Veldwerk"
