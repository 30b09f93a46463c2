"""A questionnaire that somebody hands in as a file, as XLSForm or as JSON: a definition, or every reason why not."""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import PurePath

from surveys.drafts.definition_json import read_definition_json
from surveys.drafts.xlsform.reading import MOST_PROBLEMS, ReadForm
from surveys.drafts.xlsform.sheets import PlacedRemark
from surveys.drafts.xlsform.workbook import read_workbook
from surveys.offline.spreadsheets import MEGABYTE
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_checks import locate_problems
from surveys.questionnaire.definition_file import DefinitionError

# The largest questionnaire that was ever asked is a tenth of this.
MAXIMUM_BYTES = 2 * MEGABYTE

# The checks name the keys of the definition file; three are called otherwise in JSON.
KEYS_IN_JSON = {"ask_if": "conditions", "other": "asks_text", "version": "number"}
KEY = re.compile(r"((?:(?:antwoord|rij|kolom|dimensie) '[^']*': )*)'([a-z_]+)'")


def read_questionnaire_file(name: str, content: bytes, *, measures: Collection[str]) -> ReadForm:
    """Judge the whole file; of a JSON file the "sheet" of a problem is its place in the questionnaire.

    `measures` are the codes of those that exist. Raises UnreadableSpreadsheet for what is neither JSON, by the name
    of the file, nor an Excel workbook.
    """
    path = PurePath(name)
    if path.suffix.lower() == ".json":
        return _read_json(content, measures=measures)
    return read_workbook(content, maximum_bytes=MAXIMUM_BYTES, fallback_title=path.stem, measures=measures)


def _read_json(content: bytes, *, measures: Collection[str]) -> ReadForm:
    try:
        definition = read_definition_json(content)
    except DefinitionError as error:
        return ReadForm(None, tuple(_place(problem) for problem in error.problems), ())
    problems = tuple(map(_place, _list_problems(definition, measures=measures)))
    return ReadForm(None if problems else definition, problems, ())


def _list_problems(definition: Definition, *, measures: Collection[str]) -> Iterator[str]:
    for problem in islice(locate_problems(definition), MOST_PROBLEMS):
        place, separator, reason = str(problem).partition(": ")
        yield f"{place}{separator}{KEY.sub(_name_key, reason, count=1)}"
    for section in definition.sections:
        if section.measure and section.measure not in measures:
            yield f"onderdeel '{section.code}': de maatregel '{section.measure}' bestaat niet."


def _name_key(found: re.Match[str]) -> str:
    return f"{found[1]}'{KEYS_IN_JSON.get(found[2], found[2])}'"


def _place(problem: str) -> PlacedRemark:
    place, _, reason = problem.partition(": ")
    return PlacedRemark(place, None, f"{reason[:1].upper()}{reason[1:]}")
