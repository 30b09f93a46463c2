"""The sheets of an XLSForm as rows of named cells, and everything that is wrong with them by its place. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from surveys.questionnaire.word_lists import join_words

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"

# Columns that say one thing in several languages, as in `label::Nederlands (nl)`.
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
ACCEPT = "body::accept"
OWN_PREFIX = "mm_"
COLUMNS = {
    SURVEY: (
        "type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint",
        "constraint_message", "appearance", ACCEPT, "mm_code", "mm_kind", "mm_measure", "mm_more", "mm_unit",
        "mm_decimals", "mm_missing", "mm_maximum_ranked", "mm_maximum_megabytes", "mm_rules", "mm_change",
    ),
    CHOICES: (
        "list_name", "name", "label", "mm_asks_text", "mm_kind", "mm_unit", "mm_minimum", "mm_maximum",
        "mm_decimals",
    ),
    SETTINGS: ("form_title", "form_id", "version", "default_language", "mm_source"),
}  # fmt: skip
REQUIRED_COLUMNS = {SURVEY: ("type", "name"), CHOICES: ("list_name", "name"), SETTINGS: ()}
ALIASES = {
    SURVEY: {
        "caption": "label", "command": "type", "tag": "name", "relevance": "relevant", "bind::relevant": "relevant",
        "bind::required": "required", "bind::constraint": "constraint", "control::appearance": "appearance",
        "constraining_message": "constraint_message", "control::accept": ACCEPT,
    },
    CHOICES: {"caption": "label", "value": "name"},
    SETTINGS: {"id_string": "form_id", "set_form_id": "form_id", "set_form_title": "form_title"},
}  # fmt: skip

# What these columns do changes what is asked or answered, and a definition has no place for it.
UNSUPPORTED = {
    "calculation": "een berekening", "calculate": "een berekening", "choice_filter": "een filter op de antwoorden",
    "default": "een antwoord dat al is ingevuld", "read_only": "een veld dat vast ligt",
    "readonly": "een veld dat vast ligt", "trigger": "iets dat na een ander antwoord gebeurt",
    "repeat_count": "een aantal herhalingen", "count": "een aantal herhalingen",
    "parameters": "een instelling van een vraag",
    "image": "een afbeelding", "big-image": "een afbeelding", "audio": "geluid", "video": "beeld",
    "media": "een afbeelding, geluid of beeld", "save_to": "een register", "disabled": "een regel die uit staat",
    "bind": "een eigen instelling van het formulier", "body": "een eigen instelling van het formulier",
    "control": "een eigen instelling van het formulier", "instance": "een eigen instelling van het formulier",
}  # fmt: skip
OFF = ("no", "false", "false()", "0")

DUTCH = re.compile(r"\bnl\b|nederlands|dutch|vlaams", re.IGNORECASE)
EXPECTED_WITHIN = 20


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: text by column number from 1; None is a formula, whose outcome is not read."""

    number: int
    cells: Mapping[int, str | None]


@dataclass(frozen=True)
class RawSheet:
    name: str
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class FormRow:
    """`cells` by the name of their column; empty cells are left out. `number` is that of the row in the file."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def read(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class PlacedRemark:
    """A Dutch sentence and where it belongs; without a row it is about the whole sheet."""

    sheet: str
    row: int | None
    reason: str


@dataclass
class Report:
    """What came up while reading: `problems` keep the file out, `left_out` says what a definition does not hold.

    Each is named once, in the order in which it was found: the values are of no meaning.
    """

    problems: dict[PlacedRemark, None] = field(default_factory=dict)
    left_out: dict[PlacedRemark, None] = field(default_factory=dict)

    def refuse(self, row: FormRow, reason: str) -> None:
        self.refuse_at(row.sheet, row.number, reason)

    def refuse_at(self, sheet: str, row: int | None, reason: str) -> None:
        self.problems[PlacedRemark(sheet, row, reason)] = None

    def leave_out(self, row: FormRow, reason: str) -> None:
        self.leave_out_at(row.sheet, row.number, reason)

    def leave_out_at(self, sheet: str, row: int | None, reason: str) -> None:
        self.left_out[PlacedRemark(sheet, row, reason)] = None


def name_cells(sheet: RawSheet, *, kind: str, default_language: str, report: Report) -> list[FormRow]:
    """The rows below the one with the names of the columns; `kind` is survey, choices or settings."""
    if not sheet.rows:
        return []
    language = choose_language(list_languages(sheet), default=default_language)
    columns = _name_columns(sheet, kind=kind, language=language, report=report)
    heading = sheet.rows[0]
    for name, times in Counter(columns.values()).items():
        if times > 1:
            report.refuse_at(
                kind, heading.number, f"De kolom '{name}' staat er {times} keer. Laat er één staan."
            )
    if None in heading.cells.values():
        report.refuse_at(kind, heading.number, "Een kolomnaam is een formule. Typ de naam zelf.")
    missing = [name for name in REQUIRED_COLUMNS[kind] if name not in columns.values()]
    if missing:
        _refuse_heading(sheet, missing, kind=kind, report=report)
        return []
    found = []
    for row in sheet.rows[1:]:
        cells = dict(_read_cells(row, columns, kind=kind, report=report))
        if cells:
            found.append(FormRow(kind, row.number, cells))
    return found


def list_languages(sheet: RawSheet) -> list[str]:
    """The languages that the texts of a sheet stand in, in the order of their columns; "" for none named."""
    heading = sheet.rows[0].cells.values() if sheet.rows else ()
    split = [_split_language(_clean_name(cell), kind=SURVEY) for cell in heading if cell]
    return list(dict.fromkeys(language for name, language in split if name == "label"))


def choose_language(languages: Collection[str], *, default: str) -> str:
    """Dutch when it is there, else what the form calls its default, else the texts without a language."""
    dutch = next((language for language in languages if DUTCH.search(language)), None)
    if dutch is not None:
        return dutch
    if default in languages or "" in languages:
        return default if default in languages else ""
    return next(iter(languages), "")


def _name_columns(sheet: RawSheet, *, kind: str, language: str, report: Report) -> dict[int, str]:
    """The names of the columns that are read, by number; another column is left out, with a word about it."""
    heading = sheet.rows[0]
    filled = {number for row in sheet.rows[1:] for number in row.cells}
    headings = {
        number: _split_language(_clean_name(cell), kind=kind)
        for number, cell in heading.cells.items()
        if cell
    }
    spoken = {name for name, said_in in headings.values() if said_in and said_in == language}
    named = {}
    for number in sorted(filled - heading.cells.keys()):
        report.leave_out_at(kind, heading.number, f"Kolom {number} heeft geen naam.")
    for number, (name, said_in) in headings.items():
        written = heading.cells[number]
        if said_in != (language if name in spoken else ""):
            if number in filled:
                report.leave_out_at(
                    kind, heading.number, f"De kolom '{written}': een vragenlijst heeft één taal."
                )
        elif name in COLUMNS[kind] or name in TRANSLATED or _name_base(name) in UNSUPPORTED:
            named[number] = name
        elif name.startswith(OWN_PREFIX):
            nearest = get_close_matches(name, COLUMNS[kind], n=1)
            hint = f" Bedoelt u '{nearest[0]}'?" if nearest else ""
            report.refuse_at(kind, heading.number, f"De kolom '{written}' kennen wij hier niet.{hint}")
        elif number in filled:
            report.leave_out_at(kind, heading.number, f"De kolom '{written}' hoort niet bij een vragenlijst.")
    return named


def _refuse_heading(sheet: RawSheet, missing: list[str], *, kind: str, report: Report) -> None:
    names = join_words([f"'{name}'" for name in missing])
    verb = "ontbreken" if len(missing) > 1 else "ontbreekt"
    lower = next(
        (
            row.number
            for row in sheet.rows[1:EXPECTED_WITHIN]
            if set(REQUIRED_COLUMNS[kind]) <= {_clean_name(cell) for cell in row.cells.values() if cell}
        ),
        None,
    )
    hint = f" In rij {lower} staan ze wel: haal de rijen erboven weg." if lower else ""
    report.refuse_at(kind, sheet.rows[0].number, f"In de eerste rij {verb} {names}.{hint}")


def _read_cells(
    row: RawRow, columns: Mapping[int, str], *, kind: str, report: Report
) -> Iterator[tuple[str, str]]:
    for number, cell in row.cells.items():
        name = columns.get(number)
        if name is None:
            continue
        if cell is None:
            report.refuse_at(kind, row.number, f"In '{name}' staat een formule. Zet er de uitkomst zelf in.")
        elif text := cell.strip():
            if name in COLUMNS[kind] or name in TRANSLATED:
                yield name, text
            elif text.lower() not in OFF:
                what = UNSUPPORTED[_name_base(name)]
                report.refuse_at(kind, row.number, f"De kolom '{name}' geeft {what}. Dat kennen wij niet.")


def _clean_name(cell: str) -> str:
    """A heading as its author meant it: `Label :: Nederlands (nl)` and `constraint message` are known names."""
    name, separator, language = cell.partition("::")
    name = "_".join(name.split()).lower() if not separator else name.strip().lower()
    return f"{name}::{language.strip()}" if separator else name


def _split_language(name: str, *, kind: str) -> tuple[str, str]:
    """The name of the column as we know it, and the language of its texts."""
    base, separator, language = name.partition("::")
    if not separator and base.partition(":")[0] in TRANSLATED:
        base, _, language = base.partition(":")
    base = ALIASES[kind].get(base, base)
    if base in TRANSLATED:
        return base, language.strip()
    return ALIASES[kind].get(name, name), ""


def _name_base(name: str) -> str:
    return name.partition("::")[0]
