from typing import Any

from django.core.management.base import BaseCommand

from surveys.accounts.lifecycle import ensure_organisations


class Command(BaseCommand):
    help = "Maakt van elke gemeente en jeugdregio een organisatie die vragenlijsten kan invullen."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Organisaties: {ensure_organisations()} toegevoegd")
