from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, QuerySet, Sum
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from surveys.questionnaire.definition import (
    MISSING_STATES,
    ConditionDefinition,
    Definition,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
    read_layout,
    read_rule,
)
from surveys.questionnaire.models import (
    Condition,
    FrameMunicipality,
    Option,
    Question,
    QuestionnaireVersion,
    Section,
    Wave,
)
from surveys.questionnaire.question_differences import ChangeKind
from surveys.questionnaire.routing import map_families
from surveys.questionnaire.version_changes import QuestionChange, trace_changes
from surveys.statements import select_one

# In SQL, of a `wave` and an `organisation`: whether the frame has it, as a municipality or as a region.
IS_ASKED = """EXISTS (
        SELECT 1 FROM questionnaire_framemunicipality asked
        WHERE asked.wave_id = wave.id AND organisation.code IN (asked.municipality_id, asked.youth_region_id)
    )"""
# In SQL, of a `wave` and the day of today: what `is_wave_open` says.
IS_OPEN = "wave.status = 'open' AND %s BETWEEN wave.opens_on AND wave.closes_on"
ASKED_WAVE = f"""
    SELECT {{wave}}, {{version}}
    FROM questionnaire_wave wave
    JOIN questionnaire_questionnaireversion version ON version.id = wave.version_id
    JOIN accounts_organisation organisation ON organisation.code = %s
    WHERE wave.id = %s AND {IS_ASKED}
"""  # noqa: S608


@dataclass(frozen=True)
class VersionCodes:
    """The primary keys behind the codes of a version: `options` by (question code, option code)."""

    questions: dict[str, int]
    options: dict[tuple[str, str], int]


@dataclass(frozen=True)
class ComparableCodes:
    """The codes behind the primary keys of questions and options, of one version and of comparable earlier ones.

    `option_questions` has the code of the question that an option belongs to.
    """

    questions: dict[int, str]
    options: dict[int, str]
    option_questions: dict[int, str]


@dataclass(frozen=True)
class FrameSummary:
    municipalities: int
    inhabitants: int
    youth_regions: int


def load_definition(version: QuestionnaireVersion) -> Definition:
    """What was published, in five queries; remembered, because a published version never changes."""
    return _load_definition_once(version.pk, version.checksum)


def load_codes(version: QuestionnaireVersion) -> VersionCodes:
    """The keys that a definition has no need of, in two queries; remembered like `load_definition`."""
    return _load_codes_once(version.pk, version.checksum)


def load_comparable_codes(version: QuestionnaireVersion) -> ComparableCodes:
    """What may be counted under the questions of `version`: in one query, none for a first version.

    Left out are the questions of earlier versions whose meaning changed since.
    """
    codes = load_codes(version)
    found = ComparableCodes(
        questions={pk: code for code, pk in codes.questions.items()},
        options={pk: option for (_, option), pk in codes.options.items()},
        option_questions={pk: question for (question, _), pk in codes.options.items()},
    )
    if version.number == 1:
        return found
    path = list(QuestionnaireVersion.objects.filter(survey=version.survey_id, number__lte=version.number))
    for place, earlier in enumerate(path[:-1]):
        changes = _trace_changes_once(tuple((each.pk, each.checksum) for each in path[place:]))
        comparable = {code for code, change in changes.items() if change.is_comparable}
        former = load_codes(earlier)
        found.questions.update({pk: code for code, pk in former.questions.items() if code in comparable})
        for (code, option), pk in former.options.items():
            if code in comparable:
                found.options[pk], found.option_questions[pk] = option, code
    return found


def load_changes(old: QuestionnaireVersion, new: QuestionnaireVersion) -> dict[str, QuestionChange]:
    """How each question of `new` differs from `old`, and what is gone, by code; one query once it was asked.

    Steps between count too. Empty for one and the same version; the other way round when `old` is the newer one.
    """
    if old.pk == new.pk:
        return {}
    low, high = sorted((old.number, new.number))
    path = QuestionnaireVersion.objects.filter(survey=old.survey_id, number__range=(low, high))
    return _trace_changes_once(tuple(path.order_by("number").values_list("pk", "checksum")))


def list_changes_since_former(version: QuestionnaireVersion) -> list[QuestionChange] | None:
    """What changed since the version before, without what stayed the same; None for a first version."""
    former = QuestionnaireVersion.objects.filter(survey=version.survey_id, number__lt=version.number).last()
    if former is None:
        return None
    changes = load_changes(former, version).values()
    return [change for change in changes if change.kind is not ChangeKind.UNCHANGED]


def load_families(version: QuestionnaireVersion) -> dict[str, frozenset[str]]:
    """See `routing.map_families`; remembered like `load_definition`."""
    return _map_families_once(version.pk, version.checksum)


def verify_checksum(version: QuestionnaireVersion) -> bool:
    """Whether the rows still say what was published, read anew from the database."""
    return _read_rows(version).checksum == version.checksum


def is_wave_open(wave: Wave, *, today: date) -> bool:
    """Whether respondents may save and submit: opened by somebody, and `today` lies within its dates."""
    return wave.status == Wave.Status.OPEN and wave.opens_on <= today <= wave.closes_on


def find_asked_wave(wave: Wave, *, organisation_code: str) -> Wave | None:
    """The wave as it is now, with its version, when its frame has the municipality or region; one query."""
    found = select_one(ASKED_WAVE, [organisation_code, wave.pk], wave=Wave, version=QuestionnaireVersion)
    if found is None:
        return None
    now: Wave = found["wave"]
    now.version = found["version"]
    return now


def list_frame(wave: Wave, *, youth_region: str | None = None) -> list[FrameMunicipality]:
    """The municipalities the wave asks, by name; with `youth_region` (a code) only that region's members."""
    frame = wave.frame.all()
    return list(frame if youth_region is None else frame.filter(youth_region=youth_region))


def list_waves() -> list[Wave]:
    """Every wave, the latest reference date first."""
    return list(Wave.objects.select_related("version"))


def list_versions() -> list[QuestionnaireVersion]:
    """Every published version, per survey the latest first."""
    return list(QuestionnaireVersion.objects.order_by("survey", "-number"))


def summarise_frame(wave: Wave) -> FrameSummary:
    """How many are asked, in one query."""
    return FrameSummary(
        **wave.frame.aggregate(
            municipalities=Count("pk"),
            inhabitants=Sum("population", default=0),
            youth_regions=Count("youth_region", distinct=True),
        )
    )


def list_wave_history(wave: Wave) -> QuerySet[ModelLogEntry]:
    """Who took which step and when, the latest first."""
    entries: QuerySet[ModelLogEntry] = registry.get_logs_for_instance(wave)
    return entries.select_related("user")


@lru_cache(maxsize=32)
def _load_definition_once(version_pk: int, checksum: str) -> Definition:
    return _read_rows(QuestionnaireVersion.objects.get(pk=version_pk, checksum=checksum))


@lru_cache(maxsize=32)
def _trace_changes_once(path: tuple[tuple[int, str], ...]) -> dict[str, QuestionChange]:
    return trace_changes([_load_definition_once(pk, checksum) for pk, checksum in path])


@lru_cache(maxsize=32)
def _map_families_once(version_pk: int, checksum: str) -> dict[str, frozenset[str]]:
    return map_families(_load_definition_once(version_pk, checksum))


@lru_cache(maxsize=32)
def _load_codes_once(version_pk: int, checksum: str) -> VersionCodes:
    questions = Question.objects.filter(version=version_pk, version__checksum=checksum)
    options = Option.objects.filter(question__version=version_pk, question__version__checksum=checksum)
    return VersionCodes(
        questions=dict(questions.values_list("code", "pk")),
        options={
            (question, code): pk for question, code, pk in options.values_list("question__code", "code", "pk")
        },
    )


def _read_rows(version: QuestionnaireVersion) -> Definition:
    options = _read_options(version)
    conditions = _read_conditions(version)
    questions: dict[int, list[QuestionDefinition]] = {}
    for row in Question.objects.filter(version=version):
        questions.setdefault(row.section_id, []).append(
            _make_question(row, options=options.get(row.pk, []), conditions=conditions.get(row.pk, {}))
        )
    return Definition(
        survey=version.survey_id,
        title=version.title,
        number=version.number,
        source=version.source,
        sections=tuple(
            SectionDefinition(
                code=section.code,
                title=section.title,
                measure=section.measure_id or "",
                intro=section.intro,
                more=section.more,
                questions=tuple(questions.get(section.pk, ())),
            )
            for section in Section.objects.filter(version=version)
        ),
    )


def _read_options(version: QuestionnaireVersion) -> dict[int, list[OptionDefinition]]:
    options: dict[int, list[OptionDefinition]] = {}
    for row in Option.objects.filter(question__version=version).order_by("position"):
        options.setdefault(row.question_id, []).append(OptionDefinition(row.code, row.text, row.asks_text))
    return options


def _read_conditions(version: QuestionnaireVersion) -> dict[int, dict[str, list[str]]]:
    """Per question: the code of the question it depends on, with the option codes that open it."""
    rows = (
        Condition.options.through.objects.filter(condition__question__version=version)
        .order_by("condition__source__position", "option__position")
        .values_list("condition__question", "condition__source__code", "option__code")
    )
    conditions: dict[int, dict[str, list[str]]] = {}
    for question, source, option in rows:
        conditions.setdefault(question, {}).setdefault(source, []).append(option)
    return conditions


def _make_question(
    row: Question, *, options: list[OptionDefinition], conditions: dict[str, list[str]]
) -> QuestionDefinition:
    return QuestionDefinition(
        code=row.code,
        kind=row.kind,
        text=row.text,
        requirement=row.requirement,
        help=row.help,
        definition=row.definition,
        options=tuple(options),
        conditions=tuple(ConditionDefinition(source, tuple(codes)) for source, codes in conditions.items()),
        missing=tuple(state for state in MISSING_STATES if getattr(row, f"allows_{state}")),
        unit=row.unit,
        minimum=_trim(row.minimum),
        maximum=_trim(row.maximum),
        decimals=row.decimals,
        rules=tuple(read_rule(rule) for rule in row.rules),
        change=row.change,
        **read_layout(row.layout),
    )


def _trim(bound: Decimal | None) -> Decimal | None:
    """The column has three decimals; what was written had its own."""
    return None if bound is None else Decimal(f"{bound.normalize():f}")
