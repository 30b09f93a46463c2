"""Counting in the database: a fixed number of queries, whatever there is to count."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Aggregate, Case, Count, F, QuerySet, Sum, Value, When

from surveys.accounts.models import Organisation
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Answer, ResolvedAnswer, Response
from surveys.results.aggregation import GIVEN, Cell, Grouping, GroupKey, add_remarks, assemble_rows
from surveys.results.descriptions import describe_routing, list_provenance_remarks
from surveys.results.dimensions import BASE_RULES, Dimension, Unit, parse_dimensions
from surveys.results.respondent_caveats import list_respondent_caveats
from surveys.results.table import ResultTable

Provenance = ResolvedAnswer.Provenance

# Where a response has no one group, or a municipality none.
UNGROUPED = ""


@dataclass(frozen=True)
class _Source:
    """Where a unit's answers are: one row of `answers` is one unit × question, `columns` say its groups.

    Resolved answers are only those of submitted responses to questions that apply, without what is disputed.
    """

    answers: QuerySet[Answer] | QuerySet[ResolvedAnswer]
    columns: Mapping[Dimension, str]
    chosen: str
    weight: Aggregate
    respondent_types: Mapping[str, str]
    ungrouped_names: Mapping[Dimension, str]


@dataclass
class _Municipalities:
    """Of how many municipalities an answer to one question is given, deviates from the region's, is disputed."""

    given: int = 0
    deviating: int = 0
    disputed: int = 0


def count_answers(
    wave: Wave,
    *,
    unit: str,
    dimensions: Iterable[str] = (),
    questions: Collection[str] | None = None,
) -> ResultTable:
    """Count the submitted answers of a wave; drafts, excluded responses and hidden questions are left out.

    Results are those of the wave's version. An answer that was given to an earlier version counts under the same
    codes, unless the question means something else since.

    `unit` is one of `Unit`, `dimensions` at most two of `Dimension`, `questions` the codes to count (None is
    all of them). Raises ValueError for another unit or dimension and KeyError for a question that the wave
    does not ask.
    """
    unit = Unit(unit)
    dimensions = parse_dimensions(dimensions)
    definition = load_definition(wave.version)
    sections = _select_sections(definition, questions=questions)
    codes = load_comparable_codes(wave.version)
    counted_codes = {question.code for section in sections for question in section.questions}
    question_codes = {pk: code for pk, code in codes.questions.items() if code in counted_codes}
    municipalities = _count_municipalities(wave, question_codes=question_codes)
    remarks = list_respondent_caveats(wave, questions=question_codes)
    for question, counted in municipalities.items():
        if found := list_provenance_remarks(
            unit=unit, deviating=counted.deviating, disputed=counted.disputed
        ):
            remarks[question] = (*found, *remarks.get(question, ()))
    source = _find_source(wave, unit=unit)
    answers = source.answers.filter(question__in=question_codes)
    by_state = [
        Cell(question_codes[question], state, groups, units, weight)
        for question, state, groups, units, weight in _count_cells(
            answers, outcome="state", source=source, dimensions=dimensions
        )
    ]
    by_option = [
        Cell(question_codes[question], codes.options[option], groups, units, weight)
        for question, option, groups, units, weight in _count_cells(
            answers.filter(**{f"{source.chosen}__isnull": False}),
            outcome=f"{source.chosen}__option",
            source=source,
            dimensions=dimensions,
        )
    ]
    return ResultTable(
        wave=wave.code,
        wave_title=wave.title,
        version=wave.version.number,
        unit=unit,
        dimensions=dimensions,
        reference_date=wave.reference_date,
        base_rule=BASE_RULES[unit],
        caveats=collect_caveats(wave),
        rows=add_remarks(
            assemble_rows(
                sections,
                wave=wave.code,
                version=wave.version.number,
                unit=unit,
                grouping=_load_grouping(wave, source=source, dimensions=dimensions),
                by_state=by_state,
                by_option=by_option,
            ),
            remarks=remarks,
        ),
        municipalities={question: each.given for question, each in municipalities.items() if each.given},
        routing={
            question.code: routing
            for section in sections
            for question in section.questions
            if (routing := describe_routing(question, definition=definition))
        },
        remarks=remarks,
    )


def _select_sections(definition: Definition, *, questions: Collection[str] | None) -> list[SectionDefinition]:
    if questions is None:
        return list(definition.sections)
    for code in questions:
        if code not in definition.questions:
            raise KeyError(code)
    return [
        replace(section, questions=tuple(asked for asked in section.questions if asked.code in questions))
        for section in definition.sections
    ]


def _find_source(wave: Wave, *, unit: Unit) -> _Source:
    if unit == Unit.RESPONSE:
        return _Source(
            answers=Answer.objects.filter(
                response__wave=wave,
                response__status=Response.Status.SUBMITTED,
                is_routed=True,
                municipality=None,
            ),
            columns={
                Dimension.SIZE_CLASS: "response__size_class_id",
                Dimension.YOUTH_REGION: "response__youth_region_id",
                Dimension.PROVINCE: "response__province_id",
                Dimension.RESPONDENT_TYPE: "response__organisation__kind",
            },
            chosen="chosen",
            weight=Count("pk"),
            respondent_types={kind.value: kind.label.capitalize() for kind in Organisation.Kind},
            ungrouped_names={
                Dimension.SIZE_CLASS: "Meerdere grootteklassen",
                Dimension.YOUTH_REGION: "Meerdere jeugdregio's",
                Dimension.PROVINCE: "Meerdere provincies",
            },
        )
    return _Source(
        answers=ResolvedAnswer.objects.filter(wave=wave, municipality__frame_rows__wave=wave)
        .exclude(provenance=Provenance.DISPUTED)
        .annotate(
            respondent_type=Case(
                When(provenance=Provenance.OVERRIDDEN, then=Value(Provenance.INHERITED.value)),
                default=F("provenance"),
            )
        ),
        columns={
            Dimension.SIZE_CLASS: "municipality__frame_rows__size_class_id",
            Dimension.YOUTH_REGION: "municipality__frame_rows__youth_region_id",
            Dimension.PROVINCE: "municipality__frame_rows__province_id",
            Dimension.RESPONDENT_TYPE: "respondent_type",
        },
        chosen="answer__chosen",
        weight=Sum("municipality__frame_rows__population") if unit == Unit.INHABITANTS else Count("pk"),
        respondent_types={
            Provenance.OWN: "Eigen antwoord van de gemeente",
            Provenance.INHERITED: "Via de jeugdregio",
        },
        ungrouped_names={Dimension.YOUTH_REGION: "Geen jeugdregio bekend"},
    )


def _count_cells(
    answers: QuerySet[Answer] | QuerySet[ResolvedAnswer],
    *,
    outcome: str,
    source: _Source,
    dimensions: tuple[Dimension, ...],
) -> Iterator[tuple[int, Any, GroupKey, int, int]]:
    """One GROUP BY: (question, outcome, groups, units, weight), with the keys of the database."""
    columns = [source.columns[dimension] for dimension in dimensions]
    counts = (
        answers.order_by()
        .values_list("question", outcome, *columns)
        .annotate(units=Count("pk"), weight=source.weight)
    )
    for question, result, *groups, units, weight in counts:
        yield question, result, tuple(code or UNGROUPED for code in groups), units, weight


def _load_grouping(wave: Wave, *, source: _Source, dimensions: tuple[Dimension, ...]) -> Grouping:
    """The groups that exist in the frame, each dimension in the order in which it is read."""
    if not dimensions:
        return Grouping(dimensions=(), names={}, places=frozenset())
    frame = (
        FrameMunicipality.objects.filter(wave=wave)
        .order_by("size_class__lower_bound")
        .values_list(
            "size_class",
            "size_class__name",
            "province",
            "province__name",
            "youth_region",
            "youth_region__name",
        )
        .distinct()
    )
    size_classes, provinces, youth_regions, places = {}, {}, {}, set()
    for size_class, size_class_name, province, province_name, region, region_name in frame:
        size_classes[size_class] = size_class_name
        provinces[province] = province_name
        if region:
            youth_regions[region] = region_name
        for respondent_type in source.respondent_types:
            place = {
                Dimension.SIZE_CLASS: size_class,
                Dimension.PROVINCE: province,
                Dimension.YOUTH_REGION: region or UNGROUPED,
                Dimension.RESPONDENT_TYPE: respondent_type,
            }
            places.add(tuple(place[dimension] for dimension in dimensions))
    names: dict[str, dict[str, str]] = {
        Dimension.SIZE_CLASS: size_classes,
        Dimension.PROVINCE: _sort_by_name(provinces),
        Dimension.YOUTH_REGION: _sort_by_name(youth_regions),
        Dimension.RESPONDENT_TYPE: dict(source.respondent_types),
    }
    for dimension, name in source.ungrouped_names.items():
        names[dimension][UNGROUPED] = name
    return Grouping(dimensions=dimensions, names=names, places=frozenset(places))


def _sort_by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))


def _count_municipalities(wave: Wave, *, question_codes: Mapping[int, str]) -> dict[str, _Municipalities]:
    """The same for every unit, in one query."""
    counts = (
        ResolvedAnswer.objects.filter(wave=wave, question__in=question_codes)
        .order_by()
        .values_list("question", "provenance", "state")
        .annotate(municipalities=Count("pk"))
    )
    found: dict[str, _Municipalities] = {}
    for question, provenance, state, municipalities in counts:
        counted = found.setdefault(question_codes[question], _Municipalities())
        if provenance == Provenance.DISPUTED:
            counted.disputed += municipalities
            continue
        if provenance == Provenance.OVERRIDDEN:
            counted.deviating += municipalities
        if state == GIVEN:
            counted.given += municipalities
    return found
