from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from practices.reactions.demo import seed_reactions

QUESTIONNAIRE = settings.BASE_DIR / "surveys" / "questionnaire" / "definitions" / "maatregelen-2022.toml"


class Command(BaseCommand):
    help = "Maakt de database klaar: tabellen, gemeenten, maatregelen, rollen, vragenlijst en bibliotheek."

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step leaves alone what is there already, so this runs at every start and after every update."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_territory", stdout=self.stdout)
        call_command("load_organisations", stdout=self.stdout)
        call_command("load_measures", stdout=self.stdout)
        call_command("load_roles", stdout=self.stdout)
        call_command("publish_questionnaire", QUESTIONNAIRE, stdout=self.stdout)
        call_command("load_practices", stdout=self.stdout)
        if settings.DEMO:
            call_command("seed_demo", stdout=self.stdout)
            call_command("seed_contributions", stdout=self.stdout)
            seed_reactions()
