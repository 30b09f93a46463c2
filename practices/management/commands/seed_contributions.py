import logging
from typing import Any

from django.core.management.base import BaseCommand

from practices.contributing.demo import seed_contributions


class Command(BaseCommand):
    help = "Zet in de demowereld twee ingezonden praktijkvoorbeelden klaar."

    def handle(self, *args: Any, **options: Any) -> None:
        # Nobody did what stands in the demo world: it is no news for the log.
        logging.getLogger("surveys.trail").setLevel(logging.WARNING)
        try:
            number = seed_contributions()
        finally:
            logging.getLogger("surveys.trail").setLevel(logging.NOTSET)
        self.stdout.write(f"Ingezonden voorbeelden: {number} toegevoegd.")
