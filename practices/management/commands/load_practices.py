from typing import Any

from django.core.management.base import BaseCommand

from practices.loading import load_practices


class Command(BaseCommand):
    help = "Zet de meegeleverde pagina's klaar: maatregelen, praktijkvoorbeelden en teksten."

    def handle(self, *args: Any, **options: Any) -> None:
        new = load_practices()
        self.stdout.write(f"Pagina's: {len(new)} toegevoegd.")
