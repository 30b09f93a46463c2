import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from surveys.demo.lifecycle import RealResponsesPresent, seed_demo_world
from surveys.demo.signins import SIGN_INS


class Command(BaseCommand):
    help = "Bouwt de demowereld: verzonnen antwoorden die optellen tot het gepubliceerde rapport van 2022."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2022, help="Zelfde getal, zelfde antwoorden.")

    def handle(self, *args: Any, **options: Any) -> None:
        # Nobody did what stands in the demo world: it is no news for the log.
        logging.getLogger("surveys.trail").setLevel(logging.WARNING)
        try:
            is_new = seed_demo_world(seed=options["seed"], today=timezone.localdate())
        except RealResponsesPresent:
            raise CommandError(
                "Deze database bevat echte reacties. Gebruik voor de demo een lege database."
            ) from None
        finally:
            logging.getLogger("surveys.trail").setLevel(logging.NOTSET)
        self.stdout.write("Demowereld gebouwd." if is_new else "De demowereld is er al.")
        for signin in SIGN_INS:
            self.stdout.write(f"  {signin.email:26} {signin.password}   {signin.role}")
