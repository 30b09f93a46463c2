"""The responses as a workbook: the wide format, one row per response and one column per question."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.downloads.results_workbook import NO_RELEASE
from surveys.downloads.wide_columns import WideLayout
from surveys.offline.wide_format import MUNICIPALITIES, RESPONDENT, STATUS
from surveys.questionnaire.models import Wave
from surveys.results.credits import NO_LICENCE, SOURCE
from surveys.results.table import MISSING_OPTIONS
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    Meaning,
    Row,
    Sheet,
    Workbook,
)

CONFIDENTIAL = (
    "Dit bestand bevat antwoorden die bij één organisatie horen. Het is alleen voor intern gebruik: "
    "deel het niet en bewaar het niet langer dan nodig is."
)
UNIT = "reactie: een rij per reactie van een gemeente of jeugdregio"
BASE = "Alle reacties op deze meting, ook wat nog niet is ingediend of niet meetelt. Er is niets geteld of gewogen."
STATUS_NAMES: dict[str | int, str] = {
    "submitted": "ingediend",
    "draft": "nog bezig",
    "excluded": "buiten beschouwing",
    "withdrawn": "ingetrokken",
}
COLUMN_MEANINGS = (
    ("Kolom respondent", "CBS-code van de gemeente (GM) of code van de jeugdregio (JZ)"),
    (
        "Kolom municipalities",
        "CBS-codes van de gemeenten waarvoor de antwoorden gelden, met spaties ertussen",
    ),
    ("Kolom status", ", ".join(f"{code} ({name})" for code, name in STATUS_NAMES.items())),
    ("Kolom met een code", "het antwoord; bij meer keuzes staan er spaties tussen de codes"),
    ("Kolom met vraag.rij.kolom", "een vakje van een tabel; bij een typering vraag.dimensie"),
    ("Volgorde", "de codes in de gekozen volgorde, de belangrijkste eerst"),
    ("Datum", "jaar-maand-dag, zoals 2026-11-22"),
    ("Bestand", "de naam van het bestand"),
    ("Kolom met @ en een CBS-code", "wat de jeugdregio voor die ene gemeente anders antwoordt"),
    ("Kolom met een code en __toelichting", "wat er is ingevuld na 'Anders, namelijk'"),
    (
        "Kolom met een code en __kanttekening",
        "wat de respondent bij het antwoord gelezen wil hebben; noem die alleen met naam als dat mag",
    ),
    (
        "Kolom met een code en __correctie",
        "wat de onderzoekers na het indienen in het antwoord wijzigden: wat er stond, waarom, wanneer en door wie",
    ),
    ("Lege cel", "niet ingevuld, of niet gesteld volgens de route"),
    *((code, text) for code, text in MISSING_OPTIONS.values()),
)

LEAD = (
    Column(RESPONDENT, 12, meaning=Meaning("Wie er antwoordt")),
    Column(MUNICIPALITIES, 24, meaning=Meaning("Gemeenten waarvoor de antwoorden gelden")),
    Column(STATUS, 12, meaning=Meaning("Stand van de reactie", STATUS_NAMES)),
)


def build_responses_workbook(
    rows: Iterable[Row],
    *,
    response_count: int,
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
        title=f"{wave.title} ({wave.code}): reacties",
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=Sheet(name="Reacties", columns=layout.columns, rows=rows, row_count=response_count),
        codebook=codebook,
    )


def describe_file(
    wave: Wave, *, unit: str, base: str, caveats: Iterable[str], made_at: datetime
) -> list[tuple[str, str]]:
    """What has to be known of every file with answers of organisations: `unit` is a row, `base` are all of them."""
    return [
        ("Meting", f"{wave.title} ({wave.code})"),
        ("Versie vragenlijst", str(wave.version.number)),
        ("Uitgave", NO_RELEASE),
        ("Eenheid", unit),
        ("Basis", base),
        ("Peildatum", date_format(wave.reference_date, "j F Y")),
        ("Vertrouwelijk", CONFIDENTIAL),
        *(("Let op", caveat) for caveat in caveats),
        ("Gemaakt op", date_format(localtime(made_at), "j F Y, H:i")),
        ("Bron", SOURCE),
        ("Licentie", NO_LICENCE),
    ]
