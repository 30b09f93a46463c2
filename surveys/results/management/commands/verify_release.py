from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.results.models import Release
from surveys.results.release.verification import list_differences


class Command(BaseCommand):
    help = "Telt elk cijfer van een publicatie opnieuw uit de bevroren gegevens en vergelijkt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("release", help="de sleutel van de publicatie, zoals 2022-1")

    def handle(self, *args: Any, **options: Any) -> None:
        release = Release.objects.select_related("wave").filter(code=options["release"]).first()
        if release is None:
            raise CommandError(f"Er is geen publicatie met de sleutel '{options['release']}'.")
        differences = list_differences(release)
        for difference in differences:
            self.stderr.write(difference)
        if differences:
            raise CommandError(f"{release}: er is iets veranderd ({len(differences)}).")
        self.stdout.write(f"{release}: alle {release.tables.count()} tabellen kloppen.")
