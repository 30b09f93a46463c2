"""The canonical form of a definition read back: `Definition.as_dict()` and its way home. Pure.

Only the shape is judged here, so that work in progress can be kept; `definition_checks` says whether it can be asked.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.definition_file import DefinitionError, DefinitionReader
from surveys.questionnaire.typed_text import UNSTORABLE, clean_text

# As `write_bound` writes them. The length keeps out what would be gigabytes when written in full.
BOUND = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
LARGEST_WHOLE_NUMBER = 1_000_000


def read_document(table: object) -> Definition:
    """The definition behind its canonical form. Raises DefinitionError with every problem and its place."""
    if not isinstance(table, dict):
        raise DefinitionError(["vragenlijst: dit is geen vragenlijst maar een losse waarde of een lijst."])
    reader = DocumentReader()
    definition = reader.read_survey(table)
    reader.refuse_problems()
    return definition


def read_question_document(table: dict[str, Any]) -> QuestionDefinition:
    """One question, from `QuestionDefinition.as_dict()`. Raises DefinitionError."""
    reader = DocumentReader()
    question = reader.read_question(table, place="vraag")
    reader.refuse_problems()
    return question


class DocumentReader(DefinitionReader):
    """Numbers and days are texts here, and nothing is trimmed: what was written comes back."""

    number_key = "number"
    conditions_key = "conditions"
    asks_text_key = "asks_text"

    def refuse_problems(self) -> None:
        """A problem quotes what was written, which may be something that no page can show."""
        if self.problems:
            raise DefinitionError([clean_text(problem) for problem in self.problems])

    def refuse_unknown_keys(self, table: dict[str, Any], *, known: set[str], place: str) -> None:
        super().refuse_unknown_keys(table, known=known, place=place)
        for key in sorted(table.keys() & known):
            values = table[key] if isinstance(table[key], list) else [table[key]]
            if any(isinstance(value, str) and UNSTORABLE.search(value) for value in values):
                self.problems.append(f"{place}: in '{key}' staan tekens die niet te bewaren zijn.")

    def read_text(self, table: dict[str, Any], key: str, *, place: str) -> str:
        value = table.get(key, "")
        return value if isinstance(value, str) else super().read_text(table, key, place=place)

    def read_whole_number(self, table: dict[str, Any], key: str, *, place: str) -> int:
        number = super().read_whole_number(table, key, place=place)
        if abs(number) <= LARGEST_WHOLE_NUMBER:
            return number
        self.problems.append(f"{place}: '{key}' is te groot.")
        return 0

    def read_bound(self, table: dict[str, Any], key: str, *, place: str) -> Decimal | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, str) and BOUND.fullmatch(value):
            return Decimal(value)
        self.problems.append(f"{place}: '{key}' moet een getal tussen aanhalingstekens zijn, zoals \"12.5\".")
        return None

    def read_day(self, table: dict[str, Any], key: str, *, place: str) -> date | None:
        value = table.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problems.append(f"{place}: '{key}' moet een dag zijn zoals \"2026-11-22\".")
            return None
