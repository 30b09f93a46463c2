"""The answers that hold per municipality as a workbook: one row per municipality of the frame."""

from collections.abc import Iterable
from datetime import datetime

from surveys.downloads.responses_workbook import describe_file
from surveys.downloads.wide_columns import PROVENANCES, WideLayout
from surveys.questionnaire.models import Wave
from surveys.results.table import MISSING_OPTIONS
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Meaning,
    Row,
    Sheet,
    Workbook,
)

LEAD = (
    Column("municipality", 12, meaning=Meaning("CBS-code van de gemeente")),
    Column("name", 28, meaning=Meaning("Naam van de gemeente op de peildatum")),
    Column("province", 18, meaning=Meaning("Provincie")),
    Column("size_class", 24, meaning=Meaning("Grootteklasse")),
    Column("youth_region", 28, meaning=Meaning("Jeugdregio op de peildatum")),
    Column("inhabitants", 12, ColumnStyle.NUMBER, Meaning("Inwoners op de peildatum")),
)
UNIT = "gemeente: een rij per gemeente die de meting vraagt"
BASE = (
    "Alle gemeenten die de meting vraagt, ook zonder antwoord. Per vraag staat er het antwoord dat voor de gemeente "
    "geldt: het eigen antwoord, en anders dat van haar jeugdregio. Er is niets geteld of gewogen."
)
COLUMN_MEANINGS = (
    *((f"Kolom {column.name}", column.meaning.label) for column in LEAD),
    ("Kolom met een code", "het antwoord dat geldt; bij meer keuzes staan er spaties tussen de codes"),
    (
        "Kolom met een code en __herkomst",
        ", ".join(f"{code} ({name})" for code, name in PROVENANCES.items())
        + ". Een betwist antwoord geldt niet en telt niet mee: de cel met het antwoord is dan leeg",
    ),
    ("Lege cel", "geen antwoord, niet gesteld volgens de route, of betwist"),
    *MISSING_OPTIONS.values(),
)


def build_resolved_workbook(
    rows: Iterable[Row],
    *,
    municipality_count: int,
    layout: WideLayout,
    wave: Wave,
    codebook: Sheet,
    caveats: Iterable[str],
    made_at: datetime,
) -> Workbook:
    explanation = [
        *describe_file(wave, unit=UNIT, base=BASE, caveats=caveats, made_at=made_at),
        *COLUMN_MEANINGS,
    ]
    return Workbook(
        title=f"{wave.title} ({wave.code}): antwoorden per gemeente",
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=Sheet("Gemeenten", layout.columns, rows, row_count=municipality_count),
        codebook=codebook,
    )
