"""Who delivered without answering: a question that was left blank, and one that the routing did not ask."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from surveys.questionnaire.definition import ConditionDefinition, Definition
from surveys.questionnaire.models import Question, Wave
from surveys.questionnaire.queries import ComparableCodes
from surveys.results.aggregation import NOT_ASKED_STATE, NOT_FILLED_IN_STATE, Cell, GroupKey
from surveys.results.dimensions import Dimension
from surveys.results.grouping import UNGROUPED
from surveys.results.sources import AnswerSource, UnitGroups

Route = tuple[ConditionDefinition, ...]
# Units and weight.
Pair = tuple[int, int]


@dataclass(frozen=True)
class _Delivered:
    """The units in one group (and of one version, for responses), and how many of them each route reaches."""

    version: int | None
    groups: GroupKey
    everybody: Pair
    reached: dict[Route, Pair]


def count_unanswered(
    wave: Wave,
    *,
    source: AnswerSource,
    groups: UnitGroups,
    definition: Definition,
    codes: ComparableCodes,
    questions: Collection[str],
    answered: Iterable[Cell],
) -> list[Cell]:
    """Cells for the states "not filled in" and "not asked"; in one query, one more when the wave has versions.

    `questions` are codes, `answered` the cells of everybody who said something, disputed or not. A municipality
    without an answer has no respondent type: it is in no group of that dimension.
    """
    routes = {definition.questions[code].conditions for code in questions} - {()}
    delivered = list(_count_delivered(source, groups=groups, routes=sorted(routes, key=repr)))
    asked_in = _list_asked(wave, codes=codes)
    said: Counter[tuple[str, GroupKey]] = Counter()
    said_weight: Counter[tuple[str, GroupKey]] = Counter()
    for cell in answered:
        key = cell.question, _leave_out_types(cell.groups, source=source, groups=groups)
        said[key] += cell.units
        said_weight[key] += cell.weight
    cells = []
    for code in questions:
        route = definition.questions[code].conditions
        blank: dict[GroupKey, list[int]] = {}
        unasked: dict[GroupKey, list[int]] = {}
        for row in delivered:
            is_asked = asked_in is None or row.version is None or (row.version, code) in asked_in
            units, weight = (row.reached[route] if route else row.everybody) if is_asked else (0, 0)
            _add(blank, row.groups, units, weight)
            _add(unasked, row.groups, row.everybody[0] - units, row.everybody[1] - weight)
        for group, (units, weight) in blank.items():
            silent = units - said[code, group]
            if silent:
                cells.append(
                    Cell(code, NOT_FILLED_IN_STATE, group, silent, weight - said_weight[code, group])
                )
        cells += [
            Cell(code, NOT_ASKED_STATE, group, units, weight)
            for group, (units, weight) in unasked.items()
            if units
        ]
    return cells


def _add(sums: dict[GroupKey, list[int]], key: GroupKey, units: int, weight: int) -> None:
    found = sums.setdefault(key, [0, 0])
    found[0] += units
    found[1] += weight


def _leave_out_types(key: GroupKey, *, source: AnswerSource, groups: UnitGroups) -> GroupKey:
    return tuple(
        UNGROUPED if dimension == Dimension.RESPONDENT_TYPE and dimension not in source.unit_columns else code
        for dimension, code in zip(groups.dimensions, key, strict=True)
    )


def _count_delivered(
    source: AnswerSource, *, groups: UnitGroups, routes: list[Route]
) -> Iterator[_Delivered]:
    units, columns = groups.of_units()
    has_versions = source.key == "response"
    counts: dict[str, Any] = {}
    for number, route in enumerate([(), *routes]):
        condition = Q()
        for each in route:
            condition &= groups.choose(each.question, options=each.any_of)
        counts[f"units_{number}"] = Count("pk", filter=condition or None)
        if source.unit_weight:
            counts[f"weight_{number}"] = Sum(source.unit_weight, filter=condition or None, default=0)
    grouping = [*columns, *(["version"] if has_versions else [])]
    for row in units.values(*grouping).annotate(**counts):
        pairs = [
            (row[f"units_{number}"], row[f"weight_{number}" if source.unit_weight else f"units_{number}"])
            for number in range(len(routes) + 1)
        ]
        yield _Delivered(
            version=row["version"] if has_versions else None,
            groups=tuple(row[column] or UNGROUPED for column in columns),
            everybody=pairs[0],
            reached=dict(zip(routes, pairs[1:], strict=True)),
        )


def _list_asked(wave: Wave, *, codes: ComparableCodes) -> set[tuple[int, str]] | None:
    """Which versions ask a question in the same meaning, as (version, question code); None when there is only one."""
    if wave.version.number == 1:
        return None
    return set(Question.objects.filter(pk__in=codes.questions).values_list("version", "code"))
