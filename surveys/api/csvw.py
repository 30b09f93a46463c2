"""The long file as CSV, and what its columns are after the W3C's CSV on the Web. Pure but for the temporary file."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from surveys.api.columns import DATATYPES
from surveys.results.dimensions import UNIT_NAMES, Unit
from surveys.results.table import RESULT_COLUMNS, ResultTable
from surveys.tabular.csv_metadata import CONTEXT, DIALECT
from surveys.tabular.workbook import Column, Sheet, Workbook
from surveys.tabular.writers.csv import write_csv

MEANINGS = {
    "wave": "code van de meting",
    "version": "versie van de vragenlijst",
    "measure": "sleutel van de maatregel; leeg bij een algemene vraag",
    "question": "code van de vraag",
    "question_text": "tekst van de vraag",
    "option": "code van het antwoord of het thema; een code met # ervoor is geen van beide",
    "option_text": "tekst van het antwoord, of naam van het thema",
    "unit": "wat geteld is: response (reacties), municipality (gemeenten) of inhabitants (inwoners)",
    "dimension_1": "eerste uitsplitsing; leeg bij een totaal",
    "group_1": "groep in de eerste uitsplitsing",
    "dimension_2": "tweede uitsplitsing",
    "group_2": "groep in de tweede uitsplitsing",
    "n": "hoeveel dit antwoord gaven",
    "base": "hoeveel de vraag beantwoordden",
    "share": "n gedeeld door base, als deel van 1",
    "lower": "ondergrens van het 95%-interval, als dat bestaat",
    "upper": "bovengrens van het 95%-interval, als dat bestaat",
    "status": "ok, suppressed (afgeschermd) of no_data (geen antwoorden)",
    "note": "opmerking bij de rij",
    "value": "som, gemiddelde, mediaan of kwartiel van een getal",
    "value_unit": "waarin value is uitgedrukt",
}


def write_results(table: ResultTable) -> bytes:
    """The bytes of the file: UTF-8 with a BOM, `;` between the columns, a decimal point."""
    sheet = Sheet(
        name="Resultaten",
        columns=tuple(Column(name) for name in RESULT_COLUMNS),
        rows=(tuple(getattr(row, name) for name in RESULT_COLUMNS) for row in table.rows),
        row_count=len(table.rows),
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.csv"
        write_csv(Workbook(title=table.wave_title, explanation=sheet, data=sheet), path)
        return path.read_bytes()


def describe_file(table: ResultTable, *, url: str, licence: str, source: str) -> dict[str, Any]:
    """The metadata of the file at `url`; an empty cell is no value."""
    return {
        "@context": CONTEXT,
        "url": url,
        "dc:title": f"{table.wave_title}: resultaten, uitgave {table.release}",
        "dc:description": " ".join(
            (f"Geteld per {UNIT_NAMES[Unit(table.unit)]}.", table.base_rule, *table.caveats)
        ),
        "dc:identifier": table.release,
        **({"dc:issued": table.released_on.isoformat()} if table.released_on else {}),
        "dc:temporal": table.reference_date.isoformat(),
        "dc:license": {"@id": licence},
        "dc:source": source,
        "dialect": DIALECT,
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "dc:description": MEANINGS[name],
                    "datatype": DATATYPES[name],
                    "null": "",
                    "required": name in ("wave", "version", "question", "option", "unit", "status"),
                }
                for name in RESULT_COLUMNS
            ]
        },
    }
