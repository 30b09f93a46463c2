"""What the page of a comparison shows, gathered for one municipality, one part of the questionnaire and one visitor."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.results.comparison.access import Visitor
from surveys.results.comparison.factors import tabulate_factors
from surveys.results.comparison.queries import HeldAnswer, find_nameable, load_held_answers
from surveys.results.comparison.questions import (
    NO_ANSWER_OF_REGION,
    NO_OWN_ANSWER,
    Column,
    NamedGroup,
    OwnColumn,
    compare_question,
    select_column,
)
from surveys.results.dimensions import Dimension, Unit
from surveys.results.models import ComparisonGroup, Release
from surveys.results.publication import NotInRelease, list_released_sections, released_table
from surveys.results.table import ResultTable
from surveys.territory.queries import load_profiles
from surveys.territory.similarity import Neighbour, rank_similar

NEIGHBOURS = 10
COUNTRY = "Nederland"


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody compares: `group` is one of their own, or None."""

    municipality: FrameMunicipality
    section: SectionDefinition
    group: ComparisonGroup | None


def list_compared_sections(release: Release) -> list[SectionDefinition]:
    """The parts of the questionnaire with a closed question; only these compare one answer with shares."""
    sections = [
        (section, tuple(question for question in section.questions if question.is_choice))
        for section in list_released_sections(release)
    ]
    return [
        SectionDefinition(section.code, section.title, questions, measure=section.measure)
        for section, questions in sections
        if questions
    ]


def describe_comparison(
    release: Release, choice: Choice, *, visitor: Visitor, frame: Collection[FrameMunicipality]
) -> dict[str, Any]:
    """The context of results/comparison.html: shares are those of the release, answers those that hold now."""
    wave = release.wave
    code = choice.municipality.municipality_id
    names = {each.municipality_id: each.name for each in frame}
    profiles = load_profiles(
        {each.municipality_id: each.population for each in frame}, on=wave.reference_date
    )
    neighbours = rank_similar(code, profiles=profiles, limit=NEIGHBOURS)
    questions = choice.section.questions
    groups = _list_named_groups(choice, neighbours=neighbours, names=names) if visitor.memberships else []
    held = _load_answers(wave, choice, visitor=visitor, groups=groups)
    tables = _load_tables(release, choice.municipality, questions=questions)
    own = _select_own(choice, visitor=visitor, answers=held.get(code, {}))
    nameable = find_nameable(wave, frame=names) if groups else set()
    columns = list(_list_columns(tables, choice.municipality))
    named = [_fill(group, held=held, nameable=nameable) for group in groups]
    return {
        "questions": [
            compare_question(question, columns=columns, own=own, groups=named) for question in questions
        ],
        "factors": tabulate_factors(profiles[code], neighbours=neighbours, names=names),
        "table": tables.get(""),
        "practices": _link_practices(choice.municipality),
        "is_without_region": choice.municipality.youth_region is None,
        "missing": _list_missing(tables, choice.municipality),
    }


def link_choice(wave: Wave, **choice: str) -> str:
    """The address of the comparison with what was chosen, without what was not."""
    chosen = {name: value for name, value in choice.items() if value}
    address = reverse("results:comparison", args=[wave.code])
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _list_named_groups(
    choice: Choice, *, neighbours: Iterable[Neighbour], names: Mapping[str, str]
) -> list[NamedGroup]:
    """Without answers yet; of an own group only the municipalities that this wave asked."""
    found = [
        NamedGroup(
            "De gemeenten die hier het meest op lijken",
            {each.profile.code: names[each.profile.code] for each in neighbours},
            {},
        )
    ]
    if choice.group is not None:
        members = {each.pk: names[each.pk] for each in choice.group.municipalities.all() if each.pk in names}
        found.append(NamedGroup(f"Uw groep: {choice.group.name}", members, {}))
    return found


def _load_answers(
    wave: Wave, choice: Choice, *, visitor: Visitor, groups: Iterable[NamedGroup]
) -> Mapping[str, Mapping[str, HeldAnswer]]:
    municipalities = {code for group in groups for code in group.names}
    if visitor.find_own_view(choice.municipality) is not None:
        municipalities.add(choice.municipality.municipality_id)
    if not municipalities:
        return {}
    codes = [question.code for question in choice.section.questions]
    return load_held_answers(wave, municipalities=municipalities, questions=codes)


def _fill(
    group: NamedGroup, *, held: Mapping[str, Mapping[str, HeldAnswer]], nameable: Collection[str]
) -> NamedGroup:
    """Only who agreed to be named says anything here."""
    answers = {code: held[code] for code in group.names if code in nameable and code in held}
    return NamedGroup(group.title, group.names, answers)


def _select_own(choice: Choice, *, visitor: Visitor, answers: Mapping[str, HeldAnswer]) -> OwnColumn | None:
    view = visitor.find_own_view(choice.municipality)
    if view is None or not view.may_see(choice.section.code):
        return None
    visible = {
        question: answer
        for question, answer in answers.items()
        if view.organisation in (None, answer.organisation)
    }
    return OwnColumn(
        code=choice.municipality.municipality_id,
        answers=visible,
        questions=[question.code for question in choice.section.questions],
        without=NO_OWN_ANSWER if view.organisation is None else NO_ANSWER_OF_REGION,
    )


def _load_tables(
    release: Release, municipality: FrameMunicipality, *, questions: Iterable[QuestionDefinition]
) -> dict[str, ResultTable]:
    """The public tables of the release that have a group of the municipality, by dimension; "" is the total.

    What the release does not show stays out: a breakdown, or everything when it counts no municipalities.
    """
    codes = [question.code for question in questions]
    wanted = ["", Dimension.SIZE_CLASS.value]
    if municipality.youth_region is not None:
        wanted.append(Dimension.YOUTH_REGION.value)
    tables: dict[str, ResultTable] = {}
    for dimension in wanted:
        with suppress(NotInRelease):
            tables[dimension] = released_table(
                release,
                unit=Unit.MUNICIPALITY,
                dimensions=[dimension] if dimension else [],
                questions=codes,
            )
    return tables


def _list_columns(tables: Mapping[str, ResultTable], municipality: FrameMunicipality) -> Iterable[Column]:
    region, size_class = municipality.youth_region, municipality.size_class
    places = [("", COUNTRY, "")]
    places.insert(0, (Dimension.SIZE_CLASS, size_class.name, size_class.name))
    if region is not None:
        places.insert(0, (Dimension.YOUTH_REGION, f"Jeugdregio {region.name}", region.name))
    for dimension, label, group in places:
        if dimension in tables:
            yield select_column(tables[dimension], label=label, group=(dimension, group))


def _list_missing(tables: Mapping[str, ResultTable], municipality: FrameMunicipality) -> list[str]:
    """What the release does not show, in Dutch."""
    if not tables:
        return [
            "De publicatie van deze meting heeft geen cijfers per gemeente. U ziet daarom geen percentages."
        ]
    missing = [] if Dimension.SIZE_CLASS in tables else ["grootteklasse"]
    if municipality.youth_region is not None and Dimension.YOUTH_REGION not in tables:
        missing.append("jeugdregio")
    return [f"De publicatie van deze meting heeft geen cijfers per {name}." for name in missing]


def _link_practices(municipality: FrameMunicipality) -> list[dict[str, str]]:
    """To the library, whose addresses are fixed; its filters have the codes of the territory."""
    found = [
        (
            f"gemeenten die op {municipality.name} lijken",
            "gemeenten-zoals-de-uwe/",
            {"gemeente": municipality.municipality_id},
        ),
        (municipality.size_class.name, "", {"grootteklasse": municipality.size_class_id}),
    ]
    if municipality.youth_region is not None:
        region = municipality.youth_region
        found.append((f"Jeugdregio {region.name}", "", {"regio": region.pk}))
    return [
        {"label": label, "url": f"/praktijkvoorbeelden/{page}?{urlencode(choice)}"}
        for label, page, choice in found
    ]
