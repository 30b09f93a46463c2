from typing import Any

from django.core.management.base import BaseCommand

from surveys.territory.loading import load_territory


class Command(BaseCommand):
    help = "Maakt de gebieden in de database gelijk aan de meegeleverde bestanden van het CBS."

    def handle(self, *args: Any, **options: Any) -> None:
        for report in load_territory():
            self.stdout.write(
                f"{report.kind}: {report.added} toegevoegd, "
                f"{report.changed} gewijzigd, {report.ended} vervallen"
            )
