from typing import Any

from django.core.management.base import BaseCommand

from surveys.measures.loading import load_measures


class Command(BaseCommand):
    help = "Maakt de maatregelen in de database gelijk aan de meegeleverde catalogus."

    def handle(self, *args: Any, **options: Any) -> None:
        report = load_measures()
        self.stdout.write(
            f"Maatregelen: {report.added} toegevoegd, {report.changed} gewijzigd, {report.ended} vervallen"
        )
