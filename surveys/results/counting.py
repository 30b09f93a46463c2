"""Counting in the database: a fixed number of queries, whatever there is to count."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Aggregate, Case, Count, F, QuerySet, Sum, Value, When

from surveys.accounts.models import Organisation
from surveys.coding.adjudicated import is_adjudicated, list_released_rounds
from surveys.coding.models import CodebookVersion, CodingRound
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.models import Question, Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Answer, ResolvedAnswer, Response
from surveys.results.aggregation import (
    GIVEN,
    Cell,
    GroupKey,
    ThemeCells,
    add_remarks,
    assemble_rows,
)
from surveys.results.descriptions import describe_routing, list_coding_remarks, list_provenance_remarks
from surveys.results.dimensions import (
    BASE_RULE_THEMES,
    BASE_RULES,
    Dimension,
    Unit,
    name_dimension,
    parse_dimensions,
)
from surveys.results.grouping import UNGROUPED, load_grouping
from surveys.results.respondent_caveats import list_respondent_caveats
from surveys.results.table import ResultTable
from surveys.results.themes import CodedQuestion, CodedTheme

Provenance = ResolvedAnswer.Provenance


@dataclass(frozen=True)
class AnswerSource:
    """Where a unit's answers are: one row of `answers` is one unit × question, `columns` say its groups.

    `path` leads from a row to the answer itself.
    Resolved answers are only those of submitted responses to questions that apply, without what is disputed.
    """

    answers: QuerySet[Answer] | QuerySet[ResolvedAnswer]
    columns: Mapping[str, str]
    path: str
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
    codes, unless the question means something else since. Open questions are counted by theme once a round of
    coding was released.

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
    rounds = list_released_rounds(
        wave,
        questions=[code for code in counted_codes if definition.questions[code].kind == Question.Kind.TEXT],
    )
    municipalities = _count_municipalities(wave, question_codes=question_codes, rounds=rounds)
    source = find_source(wave, unit=unit)
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
            answers.filter(**{f"{source.path}chosen__isnull": False}),
            outcome=f"{source.path}chosen__option",
            source=source,
            dimensions=dimensions,
        )
    ]
    themes = _count_themes(
        rounds, answers=answers, question_codes=question_codes, source=source, dimensions=dimensions
    )
    remarks = list_respondent_caveats(wave, questions=question_codes)
    for question, found in _list_count_remarks(
        unit, municipalities=municipalities, by_state=by_state, themes=themes
    ).items():
        remarks[question] = (*found, *remarks.get(question, ()))
    return ResultTable(
        wave=wave.code,
        wave_title=wave.title,
        version=wave.version.number,
        unit=unit,
        dimensions=dimensions,
        reference_date=wave.reference_date,
        base_rule=f"{BASE_RULES[unit]} {BASE_RULE_THEMES}" if rounds else BASE_RULES[unit],
        caveats=collect_caveats(wave),
        rows=add_remarks(
            assemble_rows(
                sections,
                wave=wave.code,
                version=wave.version.number,
                unit=unit,
                grouping=load_grouping(
                    wave,
                    dimensions=dimensions,
                    respondent_types=source.respondent_types,
                    ungrouped_names=source.ungrouped_names,
                ),
                by_state=by_state,
                by_option=by_option,
                themes=themes,
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
        coded=themes.questions,
        dimension_names={code: name_dimension(code, questions=definition.questions) for code in dimensions},
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


def find_source(wave: Wave, *, unit: Unit) -> AnswerSource:
    """The answers that count, and what is frozen of them when a release is prepared."""
    if unit == Unit.RESPONSE:
        return AnswerSource(
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
            path="",
            weight=Count("pk"),
            respondent_types={kind.value: kind.label.capitalize() for kind in Organisation.Kind},
            ungrouped_names={
                Dimension.SIZE_CLASS: "Meerdere grootteklassen",
                Dimension.YOUTH_REGION: "Meerdere jeugdregio's",
                Dimension.PROVINCE: "Meerdere provincies",
            },
        )
    return AnswerSource(
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
        path="answer__",
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
    source: AnswerSource,
    dimensions: tuple[str, ...],
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


def _count_themes(
    rounds: Sequence[CodingRound],
    *,
    answers: QuerySet[Answer] | QuerySet[ResolvedAnswer],
    question_codes: Mapping[int, str],
    source: AnswerSource,
    dimensions: tuple[str, ...],
) -> ThemeCells:
    """Two times GROUP BY, however many questions have themes; no query when none has."""
    coded = answers.filter(is_adjudicated(rounds, path=source.path))

    def count(outcome: str) -> list[Cell]:
        cells = _count_cells(coded, outcome=outcome, source=source, dimensions=dimensions)
        return [Cell(question_codes[question], *cell) for question, *cell in cells]

    return ThemeCells(
        questions={each.version.codebook.question: _describe_themes(each.version) for each in rounds},
        by_coded=count("state"),
        by_theme=count(f"{source.path}settlements__themes__code"),
    )


def _describe_themes(version: CodebookVersion) -> CodedQuestion:
    return CodedQuestion(
        version=version.number,
        themes=tuple(
            CodedTheme(theme.code, theme.name, theme.definition, theme.example)
            for theme in version.themes.all()
        ),
    )


def _list_count_remarks(
    unit: Unit,
    *,
    municipalities: Mapping[str, _Municipalities],
    by_state: Iterable[Cell],
    themes: ThemeCells,
) -> dict[str, tuple[str, ...]]:
    """What the counts leave out, per question."""
    remarks: dict[str, tuple[str, ...]] = {
        question: list_provenance_remarks(unit=unit, deviating=counted.deviating, disputed=counted.disputed)
        for question, counted in municipalities.items()
    }
    given = Counter[str]()
    for cell in by_state:
        given[cell.question] += cell.units if cell.outcome == GIVEN else 0
    coded = Counter[str]()
    for cell in themes.by_coded:
        coded[cell.question] += cell.units
    for question, asked in themes.questions.items():
        waiting = given[question] - coded[question]
        found = list_coding_remarks(unit=unit, version=asked.version, waiting=waiting)
        remarks[question] = (*remarks.get(question, ()), *found)
    return {question: found for question, found in remarks.items() if found}


def _count_municipalities(
    wave: Wave, *, question_codes: Mapping[int, str], rounds: Sequence[CodingRound]
) -> dict[str, _Municipalities]:
    """The same for every unit, in one query, and one more when questions have themes.

    Of a question with themes the municipalities are those whose text was put into themes.
    """
    resolved = ResolvedAnswer.objects.filter(wave=wave, question__in=question_codes).order_by()
    counts = resolved.values_list("question", "provenance", "state").annotate(municipalities=Count("pk"))
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
    for coding_round in rounds:
        found.setdefault(coding_round.version.codebook.question, _Municipalities()).given = 0
    coded = resolved.exclude(provenance=Provenance.DISPUTED).filter(is_adjudicated(rounds, path="answer__"))
    for question, municipalities in coded.values_list("question").annotate(municipalities=Count("pk")):
        found[question_codes[question]].given += municipalities
    return found
