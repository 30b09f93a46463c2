from django.apps import AppConfig


class DownloadsConfig(AppConfig):
    name = "surveys.downloads"
    label = "downloads"
    verbose_name = "Downloads"
