from django.apps import AppConfig


class QuestionnaireConfig(AppConfig):
    name = "surveys.questionnaire"
    label = "questionnaire"
    verbose_name = "Vragenlijsten"
