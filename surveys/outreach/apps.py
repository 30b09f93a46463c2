from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "surveys.outreach"
    label = "outreach"
    verbose_name = "Uitnodigen en herinneren"
