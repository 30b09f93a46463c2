"""What every code and text of a definition must keep to. Pure."""

import re
from collections.abc import Iterable, Iterator

# Codes become names of fields and columns.
CODE = re.compile(r"[a-z][a-z0-9_-]*")

# What the database has room for.
CODE_LENGTH = 60


def check_uniqueness(codes: Iterable[str], *, noun: str) -> Iterator[str]:
    seen = set[str]()
    for code in codes:
        if code in seen:
            yield f"{noun} '{code}': deze code komt meer dan één keer voor."
        seen.add(code)


def check_code(code: str, *, length: int = CODE_LENGTH) -> Iterator[str]:
    if not code:
        yield "'code' ontbreekt."
    elif not CODE.fullmatch(code):
        yield "de code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."
    if len(code) > length:
        yield f"de code is langer dan {length} tekens."


def check_text(key: str, text: str, *, length: int | None = None) -> Iterator[str]:
    if not text:
        yield f"'{key}' ontbreekt."
    elif length is not None and len(text) > length:
        yield f"'{key}' is langer dan {length} tekens."
