"""What the catalogue file says about all measures together; each measure itself is a row in the database."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parent / "data" / "measures.toml"


@dataclass(frozen=True)
class Effect2022:
    """Expected effect of all measures together, in millions of euro: the sum of the rows and the printed one."""

    total_million: int
    printed_total_million: int
    note: str
    source: str


@cache
def read_effect_2022() -> Effect2022:
    """Both totals, with the note that explains why they differ."""
    catalogue = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    effect = catalogue["effect_2022"]
    return Effect2022(
        total_million=sum(row["expected_effect_2022_million"] for row in catalogue["measures"]),
        printed_total_million=effect["printed_total_million"],
        note=effect["note"],
        source=f"{effect['source']['title']}, {effect['source']['date']}",
    )
