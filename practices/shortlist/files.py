"""The kinds of files a list can be taken along as."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from practices.shortlist.contents import Contents
from practices.shortlist.odt import write_odt
from surveys.typesetting.pdf import typeset

NAME = "mijn-lijst-praktijkvoorbeelden"
TEMPLATE = Path(settings.BASE_DIR) / "templates" / "typeset" / "shortlist.typ"


class Write(Protocol):
    def __call__(self, contents: Contents, *, at: datetime) -> bytes: ...


def write_pdf(contents: Contents, *, at: datetime) -> bytes:
    return typeset(TEMPLATE, data=contents, made_at=at)


@dataclass(frozen=True, slots=True)
class Format:
    code: str
    label: str
    content_type: str
    write: Write


FORMATS = {
    each.code: each
    for each in (
        Format("pdf", "PDF, om te lezen en af te drukken", "application/pdf", write_pdf),
        Format(
            "odt",
            "ODT, om in een tekstverwerker verder mee te werken",
            "application/vnd.oasis.opendocument.text",
            write_odt,
        ),
    )
}
