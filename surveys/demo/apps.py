from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "surveys.demo"
    label = "demo"
    verbose_name = "Demowereld"

    def ready(self) -> None:
        from surveys.demo.caveats import warn_of_invented_answers
        from surveys.questionnaire.caveats import caveat_sources

        caveat_sources.append(warn_of_invented_answers)
