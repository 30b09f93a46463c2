"""Taking a wave out of the database: every answer that counts, as the columns of a snapshot."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from surveys.coding.adjudicated import is_adjudicated, list_released_rounds
from surveys.coding.models import CodingRound
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import NUMBER_KINDS, Definition
from surveys.questionnaire.models import FrameMunicipality, Question, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Response, ResponseMunicipality
from surveys.results.counting import AnswerSource, count_answers, find_source
from surveys.results.dimensions import Dimension, Unit
from surveys.results.grouping import UNGROUPED, load_grouping
from surveys.results.release.columns import STATES, QuestionColumns, kind_of
from surveys.results.release.snapshot import NONE, Array, write_snapshot
from surveys.results.table import ResultTable

FORMAT = 1
# The decimals of `Answer.number`.
NUMBER = pa.decimal128(18, 3)
TERRITORIES = (Dimension.SIZE_CLASS, Dimension.YOUTH_REGION, Dimension.PROVINCE)


@dataclass
class _Frozen:
    """The columns in the making: `rows` has the row of every response (by key) and municipality (by code)."""

    rows: dict[int | str, int]
    groups: dict[str, dict[str, dict[str, int]]]
    columns: dict[str, Any] = field(default_factory=dict)

    def start(self, name: str, *, kind: str) -> Array:
        """A column without a value anywhere, or without a yes."""
        is_mark = kind == "mark"
        column = np.full(
            len(self.rows), not is_mark and NONE, dtype={"mark": "?", "row": "i4"}.get(kind, "i2")
        )
        self.columns[name] = column
        return column


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
            "pk", "organisation", "organisation__kind", "size_class_id", "youth_region_id", "province_id"
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
    sources = {unit: find_source(wave, unit=unit) for unit in (Unit.RESPONSE, Unit.MUNICIPALITY)}
    groups = {kind_of(unit): _describe_groups(wave, source=source) for unit, source in sources.items()}
    rows: dict[int | str, int] = {}
    for pk, *_ in [*responses, *frame]:
        rows[pk] = len(rows)
    frozen = _Frozen(
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
    _start_questions(frozen, definition=definition, questions=questions, rounds=rounds)
    question_codes = {
        pk: code
        for pk, code in load_comparable_codes(wave.version).questions.items()
        if code in set(questions)
    }
    for unit, source in sources.items():
        _freeze_answers(
            frozen,
            source,
            unit=unit,
            definition=definition,
            question_codes=question_codes,
            option_codes=load_comparable_codes(wave.version).options,
            rounds=rounds,
        )
    spoken_for: dict[int, list[str]] = defaultdict(list)
    for response, municipality, _ in coverage:
        spoken_for[response].append(municipality)
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
    frozen: _Frozen,
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
    for pk, organisation, _, *codes in responses:
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


def _start_questions(
    frozen: _Frozen, *, definition: Definition, questions: Iterable[str], rounds: Iterable[CodingRound]
) -> None:
    for code in questions:
        question, names = definition.questions[code], QuestionColumns(code)
        frozen.start(names.state, kind="place")
        frozen.start(names.respondent_type, kind="place")
        frozen.start(names.response, kind="row")
        if question.kind == "single":
            frozen.start(names.option, kind="place")
        elif question.kind == "multiple":
            for option in question.options:
                frozen.start(names.chose(option.code), kind="mark")
        elif question.kind in NUMBER_KINDS:
            frozen.columns[names.number] = [None] * len(frozen.rows)
    for coding_round in rounds:
        names = QuestionColumns(coding_round.version.codebook.question)
        frozen.start(names.is_coded, kind="mark")
        for theme in coding_round.version.themes.all():
            frozen.start(names.has_theme(theme.code), kind="mark")


def _freeze_answers(
    frozen: _Frozen,
    source: AnswerSource,
    *,
    unit: Unit,
    definition: Definition,
    question_codes: Mapping[int, str],
    option_codes: Mapping[int, str],
    rounds: Collection[CodingRound],
) -> None:
    key = "response" if unit == Unit.RESPONSE else "municipality"
    answers = source.answers.filter(question__in=question_codes).order_by()
    types = frozen.groups[kind_of(unit)][Dimension.RESPONDENT_TYPE]
    columns = frozen.columns
    for pk, question, state, respondent_type, response, number in answers.values_list(
        key,
        "question",
        "state",
        source.columns[Dimension.RESPONDENT_TYPE],
        f"{source.path}response",
        f"{source.path}number",
    ):
        if state == AnswerState.BLANK:
            continue
        row, names = frozen.rows[pk], QuestionColumns(question_codes[question])
        columns[names.state][row] = STATES.index(state)
        columns[names.respondent_type][row] = types[respondent_type]
        columns[names.response][row] = frozen.rows[response]
        if names.number in columns:
            columns[names.number][row] = number
    places = {
        code: {option.code: place for place, option in enumerate(question.options)}
        for code, question in definition.questions.items()
        if question.is_choice
    }
    chosen = answers.filter(**{f"{source.path}chosen__isnull": False})
    for pk, question, option in chosen.values_list(key, "question", f"{source.path}chosen__option"):
        code, option_code = question_codes[question], option_codes[option]
        names = QuestionColumns(code)
        if names.option in columns:
            columns[names.option][frozen.rows[pk]] = places[code][option_code]
        elif code in places:
            columns[names.chose(option_code)][frozen.rows[pk]] = True
    coded = answers.filter(is_adjudicated(rounds, path=source.path))
    theme = f"{source.path}settlements__themes__code"
    for pk, question, theme_code in coded.values_list(key, "question", theme):
        names = QuestionColumns(question_codes[question])
        columns[names.is_coded][frozen.rows[pk]] = True
        if theme_code is not None:
            columns[names.has_theme(theme_code)][frozen.rows[pk]] = True


def _finish(name: str, column: Any) -> pa.Array:
    if isinstance(column, list):
        return pa.array(column, type=pa.string() if name == "unit" else NUMBER)
    return pa.array(column)
