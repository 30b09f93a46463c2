"""Names and codes as statistical programs accept them. Pure.

A variable of SPSS is called after its column when that can be, and otherwise as much like it as can be: names are
unique whatever the case, at most 64 bytes, and made of letters, digits and `. _ @ $ #`. What a name becomes depends
on the column only, so that it is the same in every file.
"""

import hashlib
import re
from collections.abc import Iterable
from decimal import Decimal

LONGEST_NAME = 64  # bytes
LONGEST_LABEL = 255  # bytes
LONGEST_VALUE_LABEL = 120  # bytes
LONGEST_NOTE = 80  # bytes
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._@$#]")
NO_FIRST_LETTER = re.compile(r"^[^A-Za-z]")
RESERVED = frozenset({"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"})
FIRST_LETTER = "v_"
DIGEST_LENGTH = 8

# What stands for kinds of nothing in a variable of numbers: no count, amount, year or percentage is below zero.
MISSING_NUMBERS = {"#weet_niet": -1, "#nvt": -2, "#geweigerd": -3, "#niet_gesteld": -4}
# Where numbers may be below zero: below everything that a question accepts.
BELOW_ALL_NUMBERS = -1_000_000_000_000


def name_variables(columns: Iterable[str]) -> list[str]:
    """One name per column, in the same order."""
    columns = tuple(columns)
    names = [make_name(column) for column in columns]
    taken: dict[str, set[str]] = {}
    for column, name in zip(columns, names, strict=True):
        taken.setdefault(name.casefold(), set()).add(column)
    return [
        name if name == column.lower() or len(taken[name.casefold()]) == 1 else add_digest(name, of=column)
        for column, name in zip(columns, names, strict=True)
    ]


def make_name(column: str) -> str:
    """The name of the column as long as no other column gets the same."""
    name = NOT_IN_A_NAME.sub("_", column).rstrip(".")
    if NO_FIRST_LETTER.match(name) or not name:
        name = FIRST_LETTER + name
    if name.upper() in RESERVED:
        name += "_"
    return name if len(name) <= LONGEST_NAME else add_digest(name, of=column)


def add_digest(name: str, *, of: str) -> str:
    digest = hashlib.sha256(of.encode("utf-8", "replace")).hexdigest()[:DIGEST_LENGTH]
    return f"{name[: LONGEST_NAME - DIGEST_LENGTH - 1]}_{digest}"


def choose_missing_numbers(*, lowest: Decimal) -> dict[str, int]:
    """The number of every kind of nothing in a variable whose numbers are not below `lowest`."""
    offset = BELOW_ALL_NUMBERS if lowest < 0 else 0
    return {code: offset + number for code, number in MISSING_NUMBERS.items()}


def cut_label(text: str, *, longest: int) -> str:
    """As much of the text on one line as fits in so many bytes of UTF-8."""
    line = " ".join(text.split())
    if len(line.encode()) <= longest:
        return line
    return line.encode()[: longest - len("…".encode())].decode("utf-8", "ignore") + "…"


def wrap_note(text: str) -> list[str]:
    """The text on lines of at most LONGEST_NOTE bytes of UTF-8; a word that is longer is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer.encode()) <= LONGEST_NOTE:
            lines[-1] = longer
        else:
            lines.append(cut_label(word, longest=LONGEST_NOTE))
    return lines
