"""Sentences that more than one page of a contribution says."""

from practices.contributing.completeness import Completeness
from practices.contributing.reading import name_part

READ_ONLY = "U kunt dit voorbeeld lezen, maar niet wijzigen."
SAVED = "Uw voorbeeld is opgeslagen."
WORDS_STAY = (
    "Uw laatste wijzigingen zijn niet opgeslagen. Ze staan nog op deze pagina: kopieer wat u wilt bewaren."
)
NOT_SAVED_YET = (
    "U bent opnieuw ingelogd. Wat u had geschreven, staat hieronder. Kies “Opslaan” om het te bewaren."
)
SOMEBODY_ELSE = "Een collega"
# Of the parts that the form asks for with a question.
SHORT_NAMES = {
    "measures": "maatregel",
    "themes": "ander thema",
    "municipalities": "gemeente",
    "year": "jaar",
    "status": "hoe ver het is",
    "audience": "voor wie",
    "effect": "effect",
    "source": "bron",
    "contact": "contact",
}


def name_shortly(name: str) -> str:
    """As it reads in a list."""
    return SHORT_NAMES.get(name) or name_part(name).lower()


def describe_completeness(completeness: Completeness) -> dict[str, object]:
    """For practices/contributing/completeness.html; `missing` and `welcome` are names of parts."""
    return {
        "done": completeness.done,
        "total": completeness.total,
        "label": f"{completeness.done} van {completeness.total} onderdelen ingevuld",
        "is_enough": completeness.is_enough,
        "missing": [" of ".join(name_shortly(name) for name in group) for group in completeness.missing],
        "welcome": [name_shortly(name) for name in completeness.welcome],
    }
