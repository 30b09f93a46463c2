"""Taking a wave out of the database: every answer that counts, as the columns of a snapshot."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from surveys.coding.adjudicated import list_released_rounds
from surveys.coding.quoting import list_quotes
from surveys.fieldwork.queries import summarise_response
from surveys.questionnaire.models import FrameMunicipality, Question, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Response, ResponseMunicipality
from surveys.results.counting import count_answers
from surveys.results.dimensions import Dimension, Unit
from surveys.results.grouping import UNGROUPED, load_grouping
from surveys.results.release.answer_freezing import (
    AnswerFreezer,
    Delivered,
    FrozenColumns,
    start_questions,
)
from surveys.results.release.columns import kind_of
from surveys.results.release.response import write_response
from surveys.results.release.snapshot import Kind, write_snapshot
from surveys.results.sources import AnswerSource, find_source
from surveys.results.table import ResultTable

FORMAT = 1
QUOTES_PER_THEME = 2
# The decimals of `Answer.number`.
NUMBER = pa.decimal128(18, 3)
TERRITORIES = (Dimension.SIZE_CLASS, Dimension.YOUTH_REGION, Dimension.PROVINCE)


def freeze_wave(wave: Wave, *, questions: Collection[str], units: Collection[str]) -> bytes:
    """The snapshot (see `release/snapshot.py`) of the wave as it counts now, with the `questions` (codes).

    In a fixed number of queries.
    """
    definition = load_definition(wave.version)
    rounds = list_released_rounds(
        wave,
        questions=[code for code in questions if definition.questions[code].kind == Question.Kind.TEXT],
    )
    responses = list(
        Response.objects.filter(wave=wave, status=Response.Status.SUBMITTED)
        .order_by("organisation")
        .values_list(
            "pk",
            "organisation",
            "organisation__kind",
            "version",
            "size_class_id",
            "youth_region_id",
            "province_id",
        )
    )
    frame = list(
        FrameMunicipality.objects.filter(wave=wave)
        .order_by("municipality")
        .values_list("municipality", "population", "size_class_id", "youth_region_id", "province_id")
    )
    coverage = list(
        ResponseMunicipality.objects.filter(response__wave=wave, response__status=Response.Status.SUBMITTED)
        .order_by("response__organisation", "municipality")
        .values_list("response", "municipality", "may_be_named")
    )
    sources = {kind_of(unit): find_source(wave, unit=unit) for unit in (Unit.RESPONSE, Unit.MUNICIPALITY)}
    groups = {kind: _describe_groups(wave, source=source) for kind, source in sources.items()}
    rows: dict[int | str, int] = {}
    for pk, *_ in [*responses, *frame]:
        rows[pk] = len(rows)
    frozen = FrozenColumns(
        rows=rows,
        groups={
            kind: {
                dimension: {code: place for place, (code, _) in enumerate(names)}
                for dimension, names in each["names"].items()
            }
            for kind, each in groups.items()
        },
    )
    _freeze_units(frozen, responses=responses, frame=frame, coverage=coverage)
    start_questions(frozen, definition=definition, questions=questions, rounds=rounds)
    codes = load_comparable_codes(wave.version)
    spoken_for: dict[int, list[str]] = defaultdict(list)
    for response, municipality, _ in coverage:
        spoken_for[response].append(municipality)
    delivered: dict[Kind, dict[int | str, Delivered]] = {
        "response": {pk: Delivered(kind, version) for pk, _, kind, version, *_ in responses},
        "municipality": {code: Delivered() for codes in spoken_for.values() for code in codes},
    }
    asked = None
    if wave.version.number > 1:
        comparable = Question.objects.filter(pk__in=codes.questions)
        asked = set(comparable.values_list("version", "code"))
    for kind, source in sources.items():
        freezer = AnswerFreezer(
            frozen, source, kind=kind, definition=definition, codes=codes, questions=questions
        )
        freezer.freeze_states()
        freezer.freeze_choices()
        freezer.freeze_numbers()
        freezer.freeze_themes(rounds)
        freezer.freeze_silence(delivered[kind], asked=asked)
    document = {
        "format": FORMAT,
        "wave": wave.code,
        "wave_title": wave.title,
        "version": wave.version.number,
        "reference_date": wave.reference_date.isoformat(),
        "definition": definition.as_dict(),
        "definition_sha256": definition.checksum,
        "responses": len(responses),
        "coverage": [spoken_for[pk] for pk, *_ in responses],
        "groups": groups,
        "headers": {
            unit: _write_header(count_answers(wave, unit=unit, questions=list(questions))) for unit in units
        },
        "response": write_response(summarise_response(wave)),
        "quotes": list_quotes(
            wave, questions=[each.version.codebook.question for each in rounds], limit=QUOTES_PER_THEME
        ),
    }
    return write_snapshot(
        document, {name: _finish(name, column) for name, column in sorted(frozen.columns.items())}
    )


def _describe_groups(wave: Wave, *, source: AnswerSource) -> dict[str, Any]:
    dimensions = tuple(dimension.value for dimension in Dimension)
    grouping = load_grouping(
        wave,
        dimensions=dimensions,
        respondent_types=source.respondent_types,
        ungrouped_names=source.ungrouped_names,
        questions={},
    )
    return {
        "names": {dimension: list(map(list, grouping.names[dimension].items())) for dimension in dimensions},
        "places": sorted(map(list, grouping.places)),
    }


def _write_header(table: ResultTable) -> dict[str, Any]:
    """What stands beside the figures of one unit; what is counted in it was counted when the wave was frozen."""
    return {
        "base_rule": table.base_rule,
        "caveats": list(table.caveats),
        "municipalities": dict(table.municipalities),
        "routing": dict(table.routing),
        "remarks": {question: list(remarks) for question, remarks in table.remarks.items()},
        "coded": {
            question: {
                "version": coded.version,
                "themes": [
                    [theme.code, theme.name, theme.definition, theme.example] for theme in coded.themes
                ],
            }
            for question, coded in table.coded.items()
        },
    }


def _freeze_units(
    frozen: FrozenColumns,
    *,
    responses: Iterable[tuple[Any, ...]],
    frame: Iterable[tuple[Any, ...]],
    coverage: Iterable[tuple[int, str, bool]],
) -> None:
    size = len(frozen.rows)
    frozen.columns["unit"] = [""] * size
    inhabitants = frozen.columns["inhabitants"] = np.zeros(size, dtype="i4")
    may_be_named = frozen.columns["may_be_named"] = np.ones(size, dtype="?")
    territories = {dimension: frozen.start(dimension, kind="place") for dimension in TERRITORIES}
    for pk, organisation, _, _, *codes in responses:
        row = frozen.rows[pk]
        frozen.columns["unit"][row] = organisation
        for dimension, code in zip(TERRITORIES, codes, strict=True):
            territories[dimension][row] = frozen.groups["response"][dimension][code or UNGROUPED]
    for municipality, population, *codes in frame:
        row = frozen.rows[municipality]
        frozen.columns["unit"][row] = municipality
        inhabitants[row] = population
        for dimension, code in zip(TERRITORIES, codes, strict=True):
            territories[dimension][row] = frozen.groups["municipality"][dimension][code or UNGROUPED]
    for response, municipality, is_willing in coverage:
        may_be_named[[frozen.rows[response], frozen.rows[municipality]]] &= is_willing


def _finish(name: str, column: Any) -> pa.Array:
    if isinstance(column, list):
        return pa.array(column, type=pa.string() if name == "unit" else NUMBER)
    return pa.array(column)
