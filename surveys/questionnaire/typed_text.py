"""Text as people type it: cleaned, quoted in messages, and refused with words they understand. Pure."""

import re

LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Databases refuse NUL and lone surrogates; the other control characters mean nothing in an answer.
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class InvalidAnswer(ValueError):
    """`messages` are full Dutch sentences for next to the field."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def clean_text(value: str) -> str:
    """Every kind of line end becomes `\\n`; outer white space and what no database keeps are left out."""
    return UNSTORABLE.sub("", LINE_ENDS.sub("\n", value)).strip()


def clean_line(value: str) -> str:
    """As `clean_text`, on one line: an input field cannot show a line end."""
    return clean_text(value).replace("\n", " ")


def quote(value: str) -> str:
    """Name what was typed in a message, but never a page of it."""
    line = clean_line(value)
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"
