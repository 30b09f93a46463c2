"""Who stands behind the figures of a frozen wave, in the form that disclosure control reads."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from surveys.questionnaire.definition import QuestionDefinition
from surveys.results.aggregation import GIVEN, UNANSWERED_OPTIONS
from surveys.results.dimensions import Dimension, Unit, parse_answer_dimension
from surveys.results.outcomes import list_outcomes
from surveys.results.protection.microdata import Microdata, Place, Reply
from surveys.results.release.columns import (
    STATES,
    Axis,
    QuestionColumns,
    find_answer_axis,
    list_axis_columns,
    list_outcome_columns,
)
from surveys.results.release.counting import FrozenWave
from surveys.results.release.snapshot import NONE, Array, Kind
from surveys.results.table import MISSING_OPTIONS

TERRITORIES = (Dimension.SIZE_CLASS.value, Dimension.YOUTH_REGION.value, Dimension.PROVINCE.value)
TYPE = Dimension.RESPONDENT_TYPE.value
UNIT_COLUMNS = ("unit", "inhabitants", "may_be_named", *TERRITORIES)
# The option under which a kind of missing stands in the table.
KINDS_OF_MISSING = {state: option for state, (option, _) in {**MISSING_OPTIONS, **UNANSWERED_OPTIONS}.items()}
KINDS: tuple[Kind, ...] = ("response", "municipality")


def list_microdata(
    frozen: FrozenWave, *, questions: Collection[str], dimensions: Collection[str]
) -> Microdata:
    """`dimensions` are all those that a table of the release is broken down by."""
    return Microdata(
        replies=list_replies(frozen, questions=questions, dimensions=dimensions),
        places=list(_list_places(frozen, dimensions=dimensions)),
        leads={
            code: [condition.question for condition in question.conditions]
            for code, question in frozen.definition.questions.items()
            if question.conditions
        },
    )


def list_replies(
    frozen: FrozenWave, *, questions: Collection[str], dimensions: Collection[str]
) -> list[Reply]:
    return [
        reply
        for kind in KINDS
        for question in frozen.definition.questions.values()
        if question.code in questions
        for reply in _list_question(frozen, question, kind=kind, dimensions=dimensions)
    ]


def list_participants(frozen: FrozenWave) -> tuple[list[Reply], list[Place]]:
    """The municipalities that a response speaks for, and all there are, with the groups in which they lie."""
    places = [
        place for place in _list_places(frozen, dimensions=TERRITORIES) if place.unit == Unit.MUNICIPALITY
    ]
    columns = frozen.read(["unit", "may_be_named"], kind="municipality")
    willing = dict(zip(columns["unit"].tolist(), columns["may_be_named"].tolist(), strict=True))
    took_part = {code for codes in frozen.document["coverage"] for code in codes}
    return [
        Reply(
            unit=place.unit,
            contributor=place.contributor,
            response="",
            question="",
            groups=place.groups,
            is_answered=True,
            outcomes=frozenset(("#deelname",)),
            may_be_named=willing[place.contributor],
        )
        for place in places
        if place.contributor in took_part
    ], places


def _list_question(
    frozen: FrozenWave, question: QuestionDefinition, *, kind: Kind, dimensions: Collection[str]
) -> Iterator[Reply]:
    names = QuestionColumns(question.code)
    themes = frozen.find_themes(question.code)
    wanted = [*UNIT_COLUMNS, names.state, names.response, *list_outcome_columns(question, themes=themes)]
    for dimension in dimensions:
        wanted += list_axis_columns(dimension, names=names)
    arrays = frozen.read(wanted, kind=kind)
    columns = {name: column.tolist() for name, column in arrays.items()}
    groups = {
        dimension: _name_groups(frozen, dimension, arrays=arrays, names=names, kind=kind)
        for dimension in dimensions
    }
    coverage = frozen.document["coverage"]
    responses = frozen.read(["unit"], kind="response")["unit"].tolist()
    outcomes = {names.chose(each.code): each.code for each in list_outcomes(question)}
    outcomes |= {names.has_theme(theme): theme for theme in themes}
    for row, state in enumerate(columns[names.state]):
        if state == NONE:
            continue
        response = columns[names.response][row]
        is_answered = STATES[state] == GIVEN
        found = {code for column, code in outcomes.items() if column in columns and columns[column][row]}
        if not is_answered:
            found = {KINDS_OF_MISSING[STATES[state]]}
        elif question.kind == "single":
            found = {question.options[columns[names.option][row]].code}
        yield Reply(
            unit=Unit(kind),
            contributor=columns["unit"][row],
            response=responses[response] if response != NONE else "",
            question=question.code,
            groups={dimension: names_of_rows[row] for dimension, names_of_rows in groups.items()},
            is_answered=is_answered,
            outcomes=frozenset(found),
            is_coded=bool(themes) and columns[names.is_coded][row],
            number=_find_number(columns, names=names, row=row),
            inhabitants=columns["inhabitants"][row],
            municipalities=len(coverage[row]) if kind == "response" else 1,
            may_be_named=columns["may_be_named"][row],
        )


def _name_groups(
    frozen: FrozenWave, dimension: str, *, arrays: Mapping[str, Array], names: QuestionColumns, kind: Kind
) -> list[str]:
    """The group of every unit, as the rows call it."""
    by_code = frozen.name_groups(dimension, kind=kind)
    if asked := parse_answer_dimension(dimension):
        question = frozen.definition.questions[asked.question]
        axis = find_answer_axis(arrays, question, option=asked.option)
    else:
        (column,) = list_axis_columns(dimension, names=names)
        axis = Axis(arrays[column], list(by_code))
    return [by_code.get(axis.name(place), "") for place in axis.column.tolist()]


def _find_number(columns: Mapping[str, list[Any]], *, names: QuestionColumns, row: int) -> float | None:
    column = columns.get(names.number(""))
    return None if column is None or column[row] is None else float(column[row])


def _list_places(frozen: FrozenWave, *, dimensions: Collection[str]) -> Iterator[Place]:
    """Every municipality of the frame, as a municipality and as a response, and every youth region as a response."""
    names = {
        dimension: list(frozen.name_groups(dimension, kind="municipality").values())
        for dimension in TERRITORIES
    }
    columns = {
        name: column.tolist() for name, column in frozen.read(UNIT_COLUMNS, kind="municipality").items()
    }
    types = frozen.name_groups(TYPE, kind="response")
    own_type, region_type = types["municipality"], types["youth_region"]
    has_type = TYPE in dimensions
    mixed = {
        dimension: frozen.name_groups(dimension, kind="response").get("", "") for dimension in TERRITORIES
    }
    members: defaultdict[int, list[Mapping[str, str]]] = defaultdict(list)
    for row, code in enumerate(columns["unit"]):
        groups = {
            dimension: names[dimension][columns[dimension][row]]
            for dimension in TERRITORIES
            if dimension in dimensions
        }
        inhabitants = columns["inhabitants"][row]
        yield Place(Unit.MUNICIPALITY, code, groups, inhabitants)
        of_response = {TYPE: own_type} if has_type else {}
        yield Place(Unit.RESPONSE, code, {**groups, **of_response}, inhabitants)
        members[columns[Dimension.YOUTH_REGION][row]].append(groups)
    for region, inside in sorted(members.items()):
        code, _ = frozen.document["groups"]["municipality"]["names"][Dimension.YOUTH_REGION][region]
        if not code:
            continue
        # Where its members lie is public: a region that speaks for all of them lies there too.
        of_region = {
            dimension: name if len({groups[dimension] for groups in inside}) == 1 else mixed[dimension]
            for dimension, name in inside[0].items()
        }
        yield Place(Unit.RESPONSE, code, {**of_region, **({TYPE: region_type} if has_type else {})})
