from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "practices"
    verbose_name = "Praktijkvoorbeelden"

    def ready(self) -> None:
        from practices.contributing.offers import offer_sharing
        from surveys.responses.next_steps import next_step_sources

        next_step_sources.append(offer_sharing)
