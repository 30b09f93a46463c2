"""Where the answers of a unit are, and which groups the unit is in: the same for counting and for freezing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Case, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression

from surveys.accounts.models import Organisation
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import ComparableCodes
from surveys.responses.models import Answer, ResolvedAnswer, Response
from surveys.results.aggregation import GIVEN
from surveys.results.dimensions import Dimension, Unit, parse_answer_dimension
from surveys.results.grouping import CHOSEN, NOT_CHOSEN, UNGROUPED, can_group

# SQLite sorts whatever it groups: the answers of so many responses in memory, of more on disk.
PART = 25_000

Provenance = ResolvedAnswer.Provenance
Answers = QuerySet[Answer] | QuerySet[ResolvedAnswer]
Units = QuerySet[Response] | QuerySet[FrameMunicipality]

RESPONSE_COLUMNS: dict[str, str] = {
    Dimension.SIZE_CLASS: "size_class_id",
    Dimension.YOUTH_REGION: "youth_region_id",
    Dimension.PROVINCE: "province_id",
    Dimension.RESPONDENT_TYPE: "organisation__kind",
}
FRAME_COLUMNS: dict[str, str] = {
    Dimension.SIZE_CLASS: "size_class_id",
    Dimension.YOUTH_REGION: "youth_region_id",
    Dimension.PROVINCE: "province_id",
}


@dataclass(frozen=True)
class AnswerSource:
    """Where a unit's answers are: one row of `answers` is one unit × question, `columns` say its groups.

    `path` leads from a row to the answer itself, `key` to the unit. Resolved answers are only those of submitted
    responses to questions that apply, without what is `disputed`; `holding` has both. `own_answers` are those that
    were given for one unit alone, whose numbers may be added up.

    `units` are those that delivered, whatever they answered; `unit_columns`, `unit_key` and `unit_weight` are of them.
    A weight is the column that says for how many a unit counts, and empty where it counts for one.
    """

    answers: Answers
    disputed: Answers
    holding: Answers
    own_answers: Answers
    columns: Mapping[str, str]
    path: str
    key: str
    weight: str
    units: Units
    unit_columns: Mapping[str, str]
    unit_key: str
    unit_weight: str
    respondent_types: Mapping[str, str]
    ungrouped_names: Mapping[Dimension, str]


def find_source(wave: Wave, *, unit: Unit) -> AnswerSource:
    """The answers that count, and what is frozen of them when a release is prepared."""
    return _find_responses(wave) if unit == Unit.RESPONSE else _find_municipalities(wave, unit=unit)


def _find_responses(wave: Wave) -> AnswerSource:
    answers = Answer.objects.filter(
        response__wave=wave,
        response__status=Response.Status.SUBMITTED,
        is_routed=True,
        municipality=None,
    )
    return AnswerSource(
        answers=answers,
        disputed=answers.none(),
        holding=answers,
        own_answers=answers,
        columns={dimension: f"response__{column}" for dimension, column in RESPONSE_COLUMNS.items()},
        path="",
        key="response",
        weight="",
        units=Response.objects.filter(wave=wave, status=Response.Status.SUBMITTED),
        unit_columns=RESPONSE_COLUMNS,
        unit_key="pk",
        unit_weight="",
        respondent_types={kind.value: kind.label.capitalize() for kind in Organisation.Kind},
        ungrouped_names={
            Dimension.SIZE_CLASS: "Meerdere grootteklassen",
            Dimension.YOUTH_REGION: "Meerdere jeugdregio's",
            Dimension.PROVINCE: "Meerdere provincies",
        },
    )


def _find_municipalities(wave: Wave, *, unit: Unit) -> AnswerSource:
    holding = ResolvedAnswer.objects.filter(wave=wave, municipality__frame_rows__wave=wave).annotate(
        respondent_type=Case(
            When(provenance=Provenance.OVERRIDDEN, then=Value(Provenance.INHERITED.value)),
            default=F("provenance"),
        )
    )
    submitted = Response.objects.filter(wave=wave, status=Response.Status.SUBMITTED)
    return AnswerSource(
        answers=holding.exclude(provenance=Provenance.DISPUTED),
        disputed=holding.filter(provenance=Provenance.DISPUTED),
        holding=holding,
        own_answers=holding.filter(provenance__in=[Provenance.OWN, Provenance.OVERRIDDEN]),
        columns={
            **{
                dimension: f"municipality__frame_rows__{column}"
                for dimension, column in FRAME_COLUMNS.items()
            },
            Dimension.RESPONDENT_TYPE: "respondent_type",
        },
        path="answer__",
        key="municipality",
        weight="municipality__frame_rows__population" if unit == Unit.INHABITANTS else "",
        units=FrameMunicipality.objects.filter(
            wave=wave, municipality__in=submitted.values("municipalities")
        ),
        unit_columns=FRAME_COLUMNS,
        unit_key="municipality",
        unit_weight="population" if unit == Unit.INHABITANTS else "",
        respondent_types={
            Provenance.OWN: "Eigen antwoord van de gemeente",
            Provenance.INHERITED: "Via de jeugdregio",
        },
        ungrouped_names={Dimension.YOUTH_REGION: "Geen jeugdregio bekend"},
    )


def list_parts(source: AnswerSource) -> list[Q]:
    """Conditions that divide the answers over parts of at most `PART` units, each unit in one part; in one query.

    One part, without a query, where parts gain nothing: municipalities are few, and PostgreSQL adds up in memory, while
    it would read every chosen option again for each part.
    """
    if source.key != "response" or connections[source.answers.db].vendor != "sqlite":
        return [Q()]
    keys = source.units.aggregate(first=Min("pk", default=0), last=Max("pk", default=0))
    starts = range(keys["first"], keys["last"] + 1, PART)
    return [Q(response__pk__range=(start, start + PART - 1)) for start in starts]


class UnitGroups:
    """Which group of each dimension a unit is in, as SQL for its answers and for the units themselves.

    Raises ValueError for the dimension of a question that the wave does not ask, or that cannot be one.
    """

    def __init__(
        self,
        source: AnswerSource,
        *,
        dimensions: tuple[str, ...],
        definition: Definition,
        codes: ComparableCodes,
    ) -> None:
        self._source, self._codes = source, codes
        self.dimensions = dimensions
        self.by_answer = {
            dimension: list(self._list_answer_groups(dimension, definition=definition))
            for dimension in dimensions
            if parse_answer_dimension(dimension)
        }

    def of_answers(self, answers: Answers) -> tuple[Answers, list[str]]:
        """The answers with their groups, and how these columns are called."""
        return self._annotate(answers, columns=self._source.columns, key=self._source.key)

    def of_units(self) -> tuple[Units, list[str]]:
        """Likewise for the units that delivered. A municipality has a type only where it has an answer."""
        return self._annotate(
            self._source.units, columns=self._source.unit_columns, key=self._source.unit_key
        )

    def choose(self, question: str, *, options: tuple[str, ...]) -> Q:
        """Of the units: those that chose one of the options. What is disputed opens questions all the same."""
        return Q(
            **{f"{self._source.unit_key}__in": self._select(self._source.holding, question, options=options)}
        )

    def _annotate(self, rows: Any, *, columns: Mapping[str, str], key: str) -> tuple[Any, list[str]]:
        groups: dict[str, BaseExpression | F] = {}
        for number, dimension in enumerate(self.dimensions):
            if dimension in self.by_answer:
                groups[f"group_{number}"] = Case(
                    *(
                        When(**{f"{key}__in": units}, then=Value(code))
                        for code, units in self.by_answer[dimension]
                    ),
                    default=Value(UNGROUPED),
                )
            else:
                groups[f"group_{number}"] = (
                    F(columns[dimension]) if dimension in columns else Value(UNGROUPED)
                )
        return rows.order_by().annotate(**groups), list(groups)

    def _list_answer_groups(
        self, dimension: str, *, definition: Definition
    ) -> Iterator[tuple[str, QuerySet[Any, Any]]]:
        """The code of each group with the keys of its units; the first that fits is the unit's group."""
        asked = parse_answer_dimension(dimension)
        question = definition.questions.get(asked.question) if asked else None
        if asked is None or question is None or not can_group(question, option=asked.option):
            raise ValueError(f"{dimension} is no dimension of this wave.")
        answers = self._source.answers
        if asked.option:
            yield CHOSEN, self._select(answers, question.code, options=(asked.option,))
            yield NOT_CHOSEN, self._select(answers, question.code)
            return
        for option in question.options:
            yield option.code, self._select(answers, question.code, options=(option.code,))

    def _select(
        self, answers: Answers, question: str, *, options: tuple[str, ...] = ()
    ) -> QuerySet[Any, Any]:
        """The keys of the units that answered the question, with one of the options when there are any."""
        keys = [pk for pk, code in self._codes.questions.items() if code == question]
        given = answers.filter(question__in=keys, state=GIVEN)
        if options:
            given = given.filter(**{f"{self._source.path}chosen__option__code__in": options})
        units: QuerySet[Any, Any] = given.values(self._source.key)
        return units
