"""The groups that a table is broken down by, as they are in the frame of a wave."""

from collections.abc import Iterable, Mapping
from itertools import product

from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.results.aggregation import Grouping
from surveys.results.dimensions import Dimension, parse_answer_dimension

# Where a response has no one group, or a municipality none.
UNGROUPED = ""
# The groups of those who could choose more than one option, by one of them.
CHOSEN, NOT_CHOSEN = "gekozen", "niet_gekozen"
NO_ANSWER = "Geen antwoord op deze vraag"


def load_grouping(
    wave: Wave,
    *,
    dimensions: tuple[str, ...],
    respondent_types: Mapping[str, str],
    ungrouped_names: Mapping[Dimension, str],
    questions: Mapping[str, QuestionDefinition],
) -> Grouping:
    """The groups that exist in the frame, each dimension in the order in which it is read; in one query.

    `respondent_types` and `ungrouped_names` say by code what the groups are called that depend on the unit. The
    groups of a question, one of `questions` (by code), are its options and who gave no answer to it.
    """
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
    answers = {
        code: name_answers(questions[asked.question], option=asked.option)
        for code in dimensions
        if (asked := parse_answer_dimension(code))
    }
    size_classes, provinces, youth_regions = {}, {}, {}
    places: set[tuple[str, ...]] = set()
    for size_class, size_class_name, province, province_name, region, region_name in frame:
        size_classes[size_class] = size_class_name
        provinces[province] = province_name
        if region:
            youth_regions[region] = region_name
        place: dict[str, Iterable[str]] = {
            Dimension.SIZE_CLASS: [size_class],
            Dimension.PROVINCE: [province],
            Dimension.YOUTH_REGION: [region or UNGROUPED],
            Dimension.RESPONDENT_TYPE: respondent_types,
            **answers,
        }
        places.update(product(*(place[dimension] for dimension in dimensions)))
    names: dict[str, dict[str, str]] = {
        Dimension.SIZE_CLASS: size_classes,
        Dimension.PROVINCE: _sort_by_name(provinces),
        Dimension.YOUTH_REGION: _sort_by_name(youth_regions),
        Dimension.RESPONDENT_TYPE: dict(respondent_types),
        **answers,
    }
    for dimension, name in ungrouped_names.items():
        names[dimension][UNGROUPED] = name
    return Grouping(dimensions=dimensions, names=names, places=frozenset(places))


def can_group(question: QuestionDefinition, *, option: str) -> bool:
    """Whether units have groups by their answer to the question; where more may be chosen, by one `option` (a code)."""
    if option:
        return question.kind == "multiple" and any(each.code == option for each in question.options)
    return question.kind == "single"


def name_answers(question: QuestionDefinition, *, option: str) -> dict[str, str]:
    if option:
        return {CHOSEN: "Gekozen", NOT_CHOSEN: "Niet gekozen", UNGROUPED: NO_ANSWER}
    return {**{each.code: each.text for each in question.options}, UNGROUPED: NO_ANSWER}


def _sort_by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
