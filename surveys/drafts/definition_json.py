"""A questionnaire as a JSON file: its canonical form, to read with the eyes and to read back. Pure."""

import json
from typing import Any

from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_document import read_document
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.typed_text import quote

# Tables and their keys together; a hundred questions with their options are about three thousand.
MAXIMUM_SIZE = 50_000


def write_definition_json(definition: Definition) -> str:
    """The same definition always gives the same characters, one value per line."""
    return json.dumps(definition.as_dict(), ensure_ascii=False, indent=2) + "\n"


def read_definition_json(content: bytes) -> Definition:
    """The inverse. Raises DefinitionError: every problem begins with its place and a colon.

    Whether the questionnaire can be asked is not judged.
    """
    return read_document(_parse(content))


def _parse(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_Tables().take,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise DefinitionError(["bestand: dit is geen UTF-8-tekst."]) from error
    except json.JSONDecodeError as error:
        raise DefinitionError(
            [f"bestand: dit is geen geldige JSON; regel {error.lineno}, teken {error.colno} klopt niet."]
        ) from error
    except RecursionError as error:
        raise DefinitionError(["bestand: dit is geen vragenlijst; er staat te veel in elkaar."]) from error
    except _Unreadable as error:
        raise DefinitionError([str(error)]) from error
    except ValueError as error:
        raise DefinitionError(["bestand: er staat een getal in dat te lang is."]) from error


class _Unreadable(Exception):
    """Valid for the parser, but not something that says one thing; the message is Dutch."""


class _Tables:
    """Takes the tables of a file as they come, and stops when they are more than a questionnaire could be."""

    def __init__(self) -> None:
        self.size = 0

    def take(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self.size += 1 + len(pairs)
        if self.size > MAXIMUM_SIZE:
            raise _Unreadable("bestand: dit is te veel voor een vragenlijst.")
        table = dict(pairs)
        if len(table) < len(pairs):
            keys = [key for key, _ in pairs]
            double = next(key for key in keys if keys.count(key) > 1)
            raise _Unreadable(
                f"bestand: de sleutel {quote(double)} staat er twee keer in hetzelfde blok. Laat er één staan."
            )
        return table


def _refuse_constant(constant: str) -> None:
    raise _Unreadable(f"bestand: '{constant}' is geen getal.")
