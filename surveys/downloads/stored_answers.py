"""What the database says of the answers of a unit, as JSON that it composes itself.

A row per answer or per chosen option costs Python more than writing the file. So a unit is one row with all its
answers in one value, and `wide_rows` puts them in the cells. An answer is called after the key of its question, with
`@` and a municipality behind it when it deviates (`wide_rows.name_answer`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL

from surveys.downloads.wide_columns import Place
from surveys.questionnaire.answer_values import MISSING_CODES, AnswerState
from surveys.responses.models import ResolvedAnswer


@dataclass(frozen=True, slots=True)
class AnswersOfUnit:
    """The answers `a` of the unit whose row it is, and what each is called."""

    tables: str
    condition: str
    name: str


# Answers that the routing hides are left out: the question was not asked.
OF_RESPONSE = AnswersOfUnit(
    tables="responses_answer a",
    condition="a.response_id = responses_response.id AND a.is_routed",
    name="CASE WHEN a.municipality_id IS NULL THEN CAST(a.question_id AS text) "
    "ELSE CAST(a.question_id AS text) || '@' || a.municipality_id END",
)
# Those that hold for a municipality of the frame; what is disputed does not hold.
OF_MUNICIPALITY = AnswersOfUnit(
    tables="responses_resolvedanswer resolved JOIN responses_answer a ON a.id = resolved.answer_id",
    condition="resolved.wave_id = questionnaire_framemunicipality.wave_id "
    "AND resolved.municipality_id = questionnaire_framemunicipality.municipality_id "
    f"AND resolved.provenance <> '{ResolvedAnswer.Provenance.DISPUTED}'",
    name="CAST(resolved.question_id AS text)",
)
CHOICE = (
    "CASE WHEN c.rank = 0 THEN CAST(c.option_id AS text) ELSE CAST(c.option_id AS text) || ':' || c.rank END"
)
COVERED = "FROM responses_responsemunicipality m WHERE m.response_id = responses_response.id"
PROVENANCES = (
    "FROM responses_resolvedanswer resolved WHERE resolved.wave_id = questionnaire_framemunicipality.wave_id "
    "AND resolved.municipality_id = questionnaire_framemunicipality.municipality_id"
)


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a database makes an object and a list of many rows, a list of one, and JSON of a text and of a number."""

    combine: str
    collect: str
    listed: str
    text: str
    number: str
    join: str


DIALECTS = {
    "sqlite": _Dialect(
        combine="json_group_object({}, {})",
        collect="json_group_array({})",
        listed="json_array({})",
        text="{}",
        number="{}",
        join="group_concat({}, ' ')",
    ),
    "postgresql": _Dialect(
        combine="CAST(json_object_agg({}, {}) AS text)",
        collect="CAST(json_agg({}) AS text)",
        listed="json_build_array({})",
        text="to_json({})",
        number="to_json(trim_scale({}))",
        join="string_agg({}, ' ')",
    ),
}


def compose_stored(unit: AnswersOfUnit, *, places: Iterable[Place]) -> dict[str, RawSQL]:
    """The columns of `wide_rows.StoredUnit` for which the file has a place."""
    places = list(places)
    composed = {"answers": _compose_answers(unit)}
    if any(place.explanation is not None for place in places):
        composed["explanations"] = _compose_explanations(unit)
    if any(place.parts for place in places):
        composed["parts"] = _compose_parts(unit)
    if any(place.caveat is not None for place in places):
        composed["caveats"] = _combine(
            unit.name, "a.caveat", rows=f"FROM {unit.tables} WHERE {unit.condition} AND a.caveat <> ''"
        )
    if any(place.provenance is not None for place in places):
        composed["provenances"] = _combine(unit.name, "resolved.provenance", rows=PROVENANCES)
    return composed


def compose_covered() -> RawSQL:
    """The municipalities for which a response speaks, with spaces between them."""
    return _select(DIALECTS[connection.vendor].join.format("m.municipality_id"), rows=COVERED)


def _compose_answers(unit: AnswersOfUnit) -> RawSQL:
    """Options are one text: their keys, with the rank where they have one (`12 15` or `15:1 12:2`).

    A table or typology has no value here, but its parts.
    """
    dialect = DIALECTS[connection.vendor]
    states = " ".join(f"WHEN '{state}' THEN '{code}'" for state, code in MISSING_CODES.items())
    chosen = dialect.join.format(CHOICE)
    value = f"""CASE
        WHEN a.state <> '{AnswerState.GIVEN}' THEN {dialect.text.format(f"CASE a.state {states} END")}
        WHEN a.number IS NOT NULL THEN {dialect.number.format("a.number")}
        WHEN a.text <> '' THEN {dialect.text.format("a.text")}
        WHEN a.day IS NOT NULL THEN {dialect.text.format("a.day")}
        WHEN a.file_id IS NOT NULL THEN (
            SELECT {dialect.text.format("f.name")} FROM responses_evidencefile f WHERE f.id = a.file_id
        )
        ELSE (SELECT {dialect.text.format(chosen)} FROM responses_answeroption c WHERE c.answer_id = a.id)
    END"""  # noqa: S608 - only texts of this module
    return _combine(unit.name, value, rows=f"FROM {unit.tables} WHERE {unit.condition}")


def _compose_explanations(unit: AnswersOfUnit) -> RawSQL:
    joined = f"{unit.tables} JOIN responses_answeroption c ON c.answer_id = a.id"
    listed = DIALECTS[connection.vendor].listed.format(f"{unit.name}, c.option_id, c.rank, c.text")
    return _collect(
        listed,
        rows=f"FROM {joined} WHERE {unit.condition} AND a.state = '{AnswerState.GIVEN}' AND c.text <> ''",
    )


def _compose_parts(unit: AnswersOfUnit) -> RawSQL:
    dialect = DIALECTS[connection.vendor]
    joined = f"{unit.tables} JOIN responses_answercell t ON t.answer_id = a.id"
    values = f'{unit.name}, t."row", t."column", t.option, {dialect.number.format("t.number")}'
    return _collect(
        dialect.listed.format(values),
        rows=f"FROM {joined} WHERE {unit.condition} AND a.state = '{AnswerState.GIVEN}'",
    )


def _combine(name: str, value: str, *, rows: str) -> RawSQL:
    return _select(DIALECTS[connection.vendor].combine.format(name, value), rows=rows)


def _collect(value: str, *, rows: str) -> RawSQL:
    return _select(DIALECTS[connection.vendor].collect.format(value), rows=rows)


def _select(value: str, *, rows: str) -> RawSQL:
    return RawSQL(f"SELECT {value} {rows}", [], output_field=TextField())  # noqa: S611 - as above
