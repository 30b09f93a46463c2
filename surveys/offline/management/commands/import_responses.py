from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from surveys.offline.importing import ImportRefused, import_responses
from surveys.offline.spreadsheets import UnreadableSpreadsheet
from surveys.offline.wide_file import read_wide_file
from surveys.questionnaire.models import Wave


class Command(BaseCommand):
    help = "Leest reacties in uit een breed bestand (CSV of XLSX): alles of niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="het bestand, één rij per reactie")
        parser.add_argument("--wave", required=True, metavar="CODE", help="code van de meting, zoals 2026")
        parser.add_argument("--dry-run", action="store_true", help="alles nakijken en niets bewaren")

    def handle(self, *_args: object, **options: Any) -> None:
        wave = Wave.objects.select_related("version").filter(code=options["wave"]).first()
        if wave is None:
            raise CommandError(f"Er is geen meting met de code {options['wave']}.")
        try:
            table = read_wide_file(options["file"])
            outcome = import_responses(wave, table, is_trial=options["dry_run"])
        except (OSError, UnreadableSpreadsheet) as error:
            raise CommandError(str(error)) from error
        except ImportRefused as refusal:
            lines = "\n".join(str(problem) for problem in refusal.problems)
            raise CommandError(f"Er is niets ingelezen. Dit klopt er niet:\n{lines}") from refusal
        counted = f"{outcome.imported} reacties, waarvan {outcome.submitted} ingediend"
        if options["dry_run"]:
            self.stdout.write(f"Het bestand klopt: {counted}. Er is niets bewaard.")
        else:
            self.stdout.write(f"Ingelezen: {counted}.")
