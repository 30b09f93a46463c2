from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.submission import rebuild_resolved_answers


class Command(BaseCommand):
    help = "Bepaalt opnieuw welk antwoord voor elke gemeente geldt. Als alles klopte, verandert er niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wave", help="de sleutel van de meting")

    def handle(self, *args: Any, **options: Any) -> None:
        wave = Wave.objects.filter(code=options["wave"]).first()
        if wave is None:
            raise CommandError(f"Er is geen meting met de sleutel '{options['wave']}'.")
        changed = rebuild_resolved_answers(wave)
        self.stdout.write(f"{wave}: {changed} antwoorden van gemeenten gecorrigeerd")
