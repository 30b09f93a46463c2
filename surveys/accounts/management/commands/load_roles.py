from typing import Any

from django.core.management.base import BaseCommand

from surveys.accounts.lifecycle import ensure_roles


class Command(BaseCommand):
    help = "Geeft elke rol in het beheer precies de rechten die erbij horen."

    def handle(self, *args: Any, **options: Any) -> None:
        for name in ensure_roles():
            self.stdout.write(f"Rol {name} heeft de rechten die erbij horen.")
