import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from surveys.downloads.exports import write_export
from surveys.downloads.models import ExportJob
from surveys.questionnaire.models import Wave
from surveys.results.dimensions import Unit, parse_dimensions
from surveys.tabular.csv_metadata import describe_csv
from surveys.tabular.workbook import TooLargeForFormat
from surveys.tabular.writers import FORMATS


class Command(BaseCommand):
    help = "Schrijft de resultaten van een meting, of met --raw de reacties, naar een bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wave", required=True, metavar="CODE", help="code van de meting, zoals 2022")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS), help="bestandsformaat")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="het bestand dat er komt")
        parser.add_argument(
            "--by",
            default="",
            metavar="DIM[,DIM]",
            help="uitsplitsing: size_class, youth_region, province of respondent_type",
        )
        parser.add_argument(
            "--unit",
            choices=[unit.value for unit in Unit],
            help="wat er geteld wordt (zonder deze optie: municipality)",
        )
        parser.add_argument(
            "--weighted",
            action="store_true",
            help="weeg gemeenten of inwoners naar grootteklasse en provincie",
        )
        parser.add_argument("--raw", action="store_true", help="de reacties zelf, in het brede formaat")

    def handle(self, *_args: object, **options: Any) -> None:
        wave = Wave.objects.select_related("version").filter(code=options["wave"]).first()
        if wave is None:
            raise CommandError(f"Er is geen meting met de code {options['wave']}.")
        if options["raw"] and (options["by"] or options["unit"] or options["weighted"]):
            raise CommandError(
                "--raw gaat niet samen met --by, --unit of --weighted: reacties worden niet geteld."
            )
        if options["weighted"] and options["unit"] == Unit.RESPONSE:
            raise CommandError(
                "--weighted gaat niet samen met --unit response: reacties kunnen we niet wegen."
            )
        try:
            breakdowns = parse_dimensions(filter(None, options["by"].split(",")))
        except ValueError as error:
            raise CommandError(
                "--by noemt hoogstens twee verschillende uitsplitsingen: "
                "size_class, youth_region, province of respondent_type."
            ) from error
        path: Path = options["out"]
        part = path.with_name(f".{path.name}.part")
        try:
            workbook = write_export(
                wave,
                content=ExportJob.Content.RESPONSES if options["raw"] else ExportJob.Content.RESULTS,
                breakdowns=breakdowns,
                unit=options["unit"] or Unit.MUNICIPALITY,
                is_weighted=options["weighted"],
                file_format=options["format"],
                path=part,
                report_progress=_ignore_progress,
            )
            part.replace(path)
            if options["format"] == ExportJob.Format.CSV:
                description = json.dumps(describe_csv(workbook, url=path.name), ensure_ascii=False, indent=1)
                path.with_name(f"{path.name}-metadata.json").write_text(description, encoding="utf-8")
        except (OSError, TooLargeForFormat) as error:
            raise CommandError(str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(f"{path} is geschreven.")


def _ignore_progress(_fraction: float) -> None:
    """A command has nobody to tell how far it is."""
