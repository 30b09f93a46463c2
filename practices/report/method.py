"""How the figures of a report came about, in words for who has to trust them. Pure."""

from collections.abc import Iterable
from typing import Any

from surveys.questionnaire.day_parsing import write_day
from surveys.results.notation import format_count, format_share
from surveys.results.reach import list_reach
from surveys.results.release.response import ReleasedResponse
from surveys.results.table import ResultTable

Section = dict[str, Any]

ROUNDING = (
    "Percentages zijn afgerond op hele procenten. Daardoor tellen ze soms op tot 99 of 101. Een percentage dat niet "
    "nul is, staat er nooit als 0\N{NO-BREAK SPACE}%."
)
PRECISION = (
    "Dit rapport telt reacties. Gemeenten kiezen zelf of zij meedoen: er is niet geloot. Daarom staan er geen marges "
    "bij een aandeel van de reacties. Op de site kunt u dezelfde vragen ook per gemeente tellen. Daar staan de marges "
    "wel, met wat er uitkomt als iedereen had geantwoord."
)
PRECISION_OF_OTHER_UNITS = (
    "Bij een percentage staat tussen welke grenzen het ligt als alleen toeval bepaalde wie antwoordde. Gemeenten "
    "kiezen zelf of zij meedoen. Wat dat met de uitkomst doet, zeggen die grenzen niet."
)
UNWEIGHTED = "De cijfers zijn niet gewogen: elk antwoord telt even zwaar."
PROTECTED = (
    "Telt een groep minder dan {minimum} gemeenten? Dan tonen we die groep niet. Ook andere groepen tonen we dan soms "
    "niet: anders is de kleine groep uit te rekenen. Afgeschermd is iets anders dan nul: een nul staat er als nul."
)
FROZEN = (
    "De cijfers zijn die van één uitgave. Een uitgave staat vast: wat een gemeente later wijzigt, verandert haar niet. "
    "Klopt er iets niet, dan komt er een nieuwe uitgave, met de datum en de reden erbij."
)
LIBRARY = (
    "De uitleg, de bevindingen en de praktijkvoorbeelden komen uit de bibliotheek van de site, zoals die was op de dag "
    "waarop dit rapport is gemaakt. Verandert daar een tekst, dan maakt de site het rapport opnieuw, met dezelfde "
    "cijfers."
)


def describe_response(response: ReleasedResponse) -> Section:
    """The three figures of the reach, and per size class how many municipalities took part where that may be shown."""
    return {
        "rows": [(fact["value"], fact["label"], fact["base"]) for fact in list_reach(response)],
        "size_classes": [
            (
                group.label,
                f"{format_count(group.municipalities)} van {format_count(group.municipalities_total)}",
                format_share(group.municipality_share or 0),
                format_share(group.inhabitant_share or 0),
            )
            for group in response.size_classes
        ],
    }


def describe_method(table: ResultTable, *, minimum_base: int, has_intervals: bool) -> list[Section]:
    """Titles with paragraphs; `minimum_base` is the smallest group of municipalities that is shown."""
    return [
        _write("Wat is geteld", table.base_rule, ROUNDING),
        _write(
            "Hoe zeker de cijfers zijn",
            PRECISION_OF_OTHER_UNITS if has_intervals else PRECISION,
            table.weighting or UNWEIGHTED,
        ),
        _write("Wat is afgeschermd", PROTECTED.format(minimum=minimum_base)),
        _write(
            "Gemeenten, regio’s en inwoners",
            "De indeling in gemeenten, jeugdregio’s en provincies en het aantal inwoners zijn van "
            f"{write_day(table.reference_date)}.",
        ),
        _write("Cijfers die vaststaan, en teksten van nu", FROZEN, LIBRARY),
    ]


def _write(title: str, *paragraphs: str) -> Section:
    return {"title": title, "paragraphs": list(paragraphs)}


def list_sources(table: ResultTable, *, texts: Iterable[str]) -> list[str]:
    """Every source once: of the figures, of the territory, and of the texts in their own order."""
    day = write_day(table.reference_date)
    own = (
        f"{table.wave_title}, peildatum {day}, uitgave {table.release}: antwoorden van gemeenten en jeugdregio’s.",
        f"Centraal Bureau voor de Statistiek: gemeenten, regio’s en inwoners op {day}.",
    )
    return list(dict.fromkeys([*own, *filter(None, texts)]))
