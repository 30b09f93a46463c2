from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from surveys.drafts.lifecycle import publish_from_file
from surveys.questionnaire.definition_file import DefinitionError, read_definition
from surveys.questionnaire.lifecycle import PublishedVersionIsImmutable
from surveys.questionnaire.models import QuestionnaireVersion


class Command(BaseCommand):
    help = "Maakt van een definitiebestand een gepubliceerde vragenlijst. Een tweede keer verandert er niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het definitiebestand (TOML)")

    def handle(self, *args: Any, **options: Any) -> None:
        before = QuestionnaireVersion.objects.count()
        try:
            definition = read_definition(options["file"])
            version = publish_from_file(definition)
        except DefinitionError as error:
            raise CommandError(
                "\n".join(["De vragenlijst is niet gepubliceerd:", *error.problems])
            ) from error
        except PublishedVersionIsImmutable as error:
            raise CommandError(str(error)) from error
        outcome = "gepubliceerd" if QuestionnaireVersion.objects.count() > before else "was al gepubliceerd"
        size = f"{len(definition.sections)} onderdelen en {len(definition.questions)} vragen"
        self.stdout.write(f"{version}: {outcome}, met {size}")
