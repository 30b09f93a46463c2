from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "surveys.offline"
    label = "offline"
    verbose_name = "Buiten de browser"
