from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "surveys.drafts"
    label = "drafts"
    verbose_name = "Vragenlijsten ontwerpen"
