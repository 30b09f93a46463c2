"""Counting the themes that hold, in the database: per response, or per municipality that the text speaks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from surveys.coding.adjudicated import is_adjudicated
from surveys.coding.models import CodingRound
from surveys.coding.texts import select_round_texts
from surveys.questionnaire.queries import load_codes
from surveys.responses.models import Answer, ResolvedAnswer
from surveys.responses.units import Unit


@dataclass(frozen=True, slots=True)
class CountedUnits:
    """`units` is the number of responses or municipalities; `weight` what counts: the same, or the inhabitants."""

    units: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """How many units have each theme, by its code in the order of the codebook; a unit may have more themes.

    `base` are the units whose text has themes that more than one person stands for (see `adjudicated`), `answered`
    those with a text.
    """

    unit: Unit
    answered: CountedUnits
    base: CountedUnits
    themes: Mapping[str, CountedUnits]


def count_themes(coding_round: CodingRound, *, unit: str) -> ThemeCounts:
    """Count what holds of the texts as they are now, for who codes; the public counts are those of `results`.

    Units are those of `results.counting`: a region's text counts once as a response, and once for every municipality
    that it holds for; what is disputed is left out. In four queries. Raises ValueError for another unit.
    """
    unit = Unit(unit)
    texts = select_unit_texts(coding_round, unit=unit)
    settled = texts.filter(is_adjudicated([coding_round], path=_path(unit)))
    theme = f"{_path(unit)}settlements__themes__code"
    weight = (
        Sum("municipality__frame_rows__population", default=0) if unit == Unit.INHABITANTS else Count("pk")
    )
    counted = settled.order_by().values_list(theme).annotate(units=Count("pk"), weight=weight)
    by_theme = {code: CountedUnits(units, size) for code, units, size in counted}
    codes = coding_round.version.themes.values_list("code", flat=True)
    return ThemeCounts(
        unit=unit,
        answered=CountedUnits(**texts.aggregate(units=Count("pk"), weight=weight)),
        base=CountedUnits(**settled.aggregate(units=Count("pk"), weight=weight)),
        themes={code: by_theme.get(code, CountedUnits()) for code in codes},
    )


def select_unit_texts(
    coding_round: CodingRound, *, unit: Unit
) -> QuerySet[Answer] | QuerySet[ResolvedAnswer]:
    """One row per response, or per municipality, that has a text; municipalities with their row in the frame."""
    texts = select_round_texts(coding_round)
    if unit == Unit.RESPONSE:
        return texts.filter(municipality=None)
    wave = coding_round.wave
    question = load_codes(wave.version).questions[coding_round.version.codebook.question]
    return ResolvedAnswer.objects.filter(
        wave=wave, question=question, answer__in=texts.values("pk"), municipality__frame_rows__wave=wave
    ).exclude(provenance=ResolvedAnswer.Provenance.DISPUTED)


def _path(unit: Unit) -> str:
    """From the unit to its answer."""
    return "" if unit == Unit.RESPONSE else "answer__"
