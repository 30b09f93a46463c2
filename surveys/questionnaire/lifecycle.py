"""The only writers of versions and waves. `by` is who did it: with it, each leaves a line in the audit trail."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.measures.models import Measure
from surveys.questionnaire.definition import MISSING_STATES, Definition, QuestionDefinition
from surveys.questionnaire.definition_checks import find_problems
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.models import (
    Condition,
    FrameMunicipality,
    Option,
    Question,
    QuestionnaireVersion,
    Section,
    Survey,
    Wave,
)
from surveys.questionnaire.queries import load_definition
from surveys.questionnaire.version_changes import (
    compare_versions,
    declare_changes,
    find_change_problems,
)
from surveys.territory.queries import list_municipalities
from surveys.trail.recording import record

# A wave's code stands in its address, where this word means something else.
RESERVED_WAVE_CODES = {"uitnodiging"}


class PublishedVersionIsImmutable(Exception):
    """This number of the survey is published already, with other content; the message is Dutch."""


class WaveTransitionRefused(Exception):
    """The wave cannot take this step now; the message is Dutch and says why."""


@transaction.atomic
def publish_definition(
    definition: Definition, *, by: Person | None = None, at: datetime | None = None
) -> QuestionnaireVersion:
    """Make the version that a wave can ask. Publishing the same content again returns what is there.

    Every question is compared with the same one in the version before; the rules fill in how it changed where
    its author left that open. Raises DefinitionError when the definition does not hold, names a measure that
    does not exist or calls a change less than it is, and PublishedVersionIsImmutable when this number has been
    published with other content.
    """
    measures = Measure.objects.in_bulk()
    unknown = [
        f"onderdeel '{section.code}': de maatregel '{section.measure}' bestaat niet."
        for section in definition.sections
        if section.measure and section.measure not in measures
    ]
    if problems := find_problems(definition) + unknown:
        raise DefinitionError(problems)
    Survey.objects.get_or_create(code=definition.survey)
    survey = Survey.objects.select_for_update().get(code=definition.survey)
    definition = _declare_changes(definition, survey=survey)
    published = survey.versions.filter(number=definition.number).first()
    if published is not None:
        if published.checksum == definition.checksum:
            return published
        raise PublishedVersionIsImmutable(
            f"Versie {definition.number} van '{definition.survey}' is gepubliceerd en verandert niet meer. "
            "Geef de gewijzigde vragenlijst een nieuw versienummer."
        )
    if survey.versions.filter(number__gt=definition.number).exists():
        raise DefinitionError(
            [f"vragenlijst: na versie {definition.number} is al een nieuwere gepubliceerd."]
        )
    version = QuestionnaireVersion.objects.create(
        survey=survey,
        number=definition.number,
        title=definition.title,
        source=definition.source,
        checksum=definition.checksum,
        published_at=at or timezone.now(),
    )
    _write_rows(version, definition)
    if by is not None:
        record(version, "questionnaire.publish", by=by)
    return version


@transaction.atomic
def plan_wave(
    *,
    code: str,
    title: str,
    version: QuestionnaireVersion,
    reference_date: date,
    opens_on: date,
    closes_on: date,
    preferably_before: date | None = None,
    previous: Wave | None = None,
    by: Person | None = None,
) -> Wave:
    """Make a wave and fix whom it asks: the municipalities as on the reference date become its frame.

    `preferably_before` is the soft deadline, and `previous` the wave whose answers are offered again. Raises
    UnknownDate when nothing is known of that date, and WaveTransitionRefused when the dates are not in order,
    the code is taken, or `previous` asked another survey or came later.
    """
    _check_dates(opens_on=opens_on, closes_on=closes_on, preferably_before=preferably_before)
    if previous is not None and previous.version.survey_id != version.survey_id:
        raise WaveTransitionRefused(f"{previous} had een andere vragenlijst. Kies een andere vorige meting.")
    if previous is not None and previous.reference_date >= reference_date:
        raise WaveTransitionRefused(
            f"De peildatum van {previous} ligt niet voor die van deze meting. Kies een andere vorige meting."
        )
    if code in RESERVED_WAVE_CODES:
        raise WaveTransitionRefused(
            f"De sleutel '{code}' is al een adres op de site. Kies een andere sleutel."
        )
    if Wave.objects.filter(code=code).exists():
        raise WaveTransitionRefused(f"Er is al een meting met de sleutel '{code}'. Kies een andere sleutel.")
    municipalities = list_municipalities(reference_date)
    wave = Wave.objects.create(
        code=code,
        title=title,
        version=version,
        reference_date=reference_date,
        opens_on=opens_on,
        closes_on=closes_on,
        preferably_before=preferably_before,
        previous=previous,
    )
    FrameMunicipality.objects.bulk_create(
        FrameMunicipality(
            wave=wave,
            municipality_id=municipality.code,
            name=municipality.name,
            population=municipality.population,
            province_id=municipality.province_code,
            size_class_id=municipality.size_class_code,
            youth_region_id=municipality.youth_region_code,
        )
        for municipality in municipalities
    )
    if by is not None:
        record(wave, "wave.plan", by=by)
    return wave


@transaction.atomic
def open_wave(wave: Wave, *, by: Person | None = None) -> None:
    """Let respondents in, within the wave's dates; also again after closing, until the results are public.

    Raises WaveTransitionRefused.
    """
    _lock(wave)
    if wave.status == Wave.Status.OPEN:
        raise WaveTransitionRefused("Deze meting is al open.")
    if wave.results_published_at is not None:
        raise WaveTransitionRefused(
            "De resultaten van deze meting zijn openbaar. De meting kan niet meer open."
        )
    _change_status(wave, Wave.Status.OPEN)
    if by is not None:
        record(wave, "wave.open", by=by)


@transaction.atomic
def close_wave(wave: Wave, *, by: Person | None = None) -> None:
    """From now on nobody can save or submit. Raises WaveTransitionRefused when the wave is not open."""
    _lock(wave)
    if wave.status != Wave.Status.OPEN:
        raise WaveTransitionRefused("Deze meting is niet open.")
    _change_status(wave, Wave.Status.CLOSED)
    if by is not None:
        record(wave, "wave.close", by=by)


@transaction.atomic
def move_deadline(
    wave: Wave, *, closes_on: date, preferably_before: date | None, by: Person | None = None
) -> None:
    """Give respondents more or less time: `closes_on` is the last day, `preferably_before` the soft one.

    Raises WaveTransitionRefused when the results are public, or when the days are not in order.
    """
    _lock(wave)
    if wave.results_published_at is not None:
        raise WaveTransitionRefused("De resultaten van deze meting zijn openbaar. De laatste dag ligt vast.")
    _check_dates(opens_on=wave.opens_on, closes_on=closes_on, preferably_before=preferably_before)
    wave.closes_on, wave.preferably_before = closes_on, preferably_before
    wave.save(update_fields=["closes_on", "preferably_before"])
    if by is not None:
        record(wave, "wave.move_deadline", by=by)


@transaction.atomic
def change_wave_version(wave: Wave, *, version: QuestionnaireVersion, by: Person | None = None) -> None:
    """From now on the wave asks a newer version: who has not begun gets it, who has is asked to move.

    Raises WaveTransitionRefused when the wave was closed or its results are public, and for anything but a
    newer version of the same survey.
    """
    _lock(wave)
    if wave.results_published_at is not None:
        raise WaveTransitionRefused("De resultaten van deze meting zijn openbaar. De vragenlijst ligt vast.")
    if wave.status == Wave.Status.CLOSED:
        raise WaveTransitionRefused("Deze meting is gesloten. Open de meting eerst.")
    if version.survey_id != wave.version.survey_id:
        raise WaveTransitionRefused(
            "Dat is een andere vragenlijst. Kies een versie van dezelfde vragenlijst."
        )
    if version.number <= wave.version.number:
        raise WaveTransitionRefused(f"Kies een nieuwere versie dan versie {wave.version.number}.")
    former, wave.version = wave.version.number, version
    wave.save(update_fields=["version"])
    if by is not None:
        record(wave, "wave.change_version", by=by, former=former, newer=version.number)


@transaction.atomic
def publish_results(wave: Wave, *, by: Person | None = None, at: datetime | None = None) -> None:
    """Make the results public. Raises WaveTransitionRefused unless the wave is closed and not public yet."""
    _lock(wave)
    if wave.results_published_at is not None:
        raise WaveTransitionRefused("De resultaten van deze meting zijn al openbaar.")
    if wave.status != Wave.Status.CLOSED:
        raise WaveTransitionRefused("Sluit de meting voordat u de resultaten openbaar maakt.")
    wave.results_published_at = at or timezone.now()
    wave.save(update_fields=["results_published_at"])
    if by is not None:
        record(wave, "wave.publish_results", by=by)


def _check_dates(*, opens_on: date, closes_on: date, preferably_before: date | None) -> None:
    if closes_on < opens_on:
        raise WaveTransitionRefused("De laatste dag ligt voor de eerste dag.")
    if preferably_before is not None and not opens_on <= preferably_before <= closes_on:
        raise WaveTransitionRefused("De dag bij “graag voor” ligt niet tussen de eerste en de laatste dag.")


def _lock(wave: Wave) -> None:
    """Look again, and let nobody else change it before we are done."""
    wave.refresh_from_db(from_queryset=Wave.objects.select_for_update())


def _change_status(wave: Wave, status: Wave.Status) -> None:
    wave.status = status
    wave.save(update_fields=["status"])


def _declare_changes(definition: Definition, *, survey: Survey) -> Definition:
    """Say of every question how it differs from the version before. Raises DefinitionError."""
    earlier = survey.versions.filter(number__lt=definition.number).last()
    if earlier is None:
        declared = [code for code, question in definition.questions.items() if question.change]
        if declared:
            raise DefinitionError(
                [f"vraag '{code}': 'change' hoort er niet: er is geen eerdere versie." for code in declared]
            )
        return definition
    changes = compare_versions(load_definition(earlier), definition)
    if problems := find_change_problems(changes):
        raise DefinitionError(problems)
    return declare_changes(definition, changes=changes)


def _write_rows(version: QuestionnaireVersion, definition: Definition) -> None:
    sections = {
        section.code: Section(
            version=version,
            code=section.code,
            title=section.title,
            measure_id=section.measure or None,
            intro=section.intro,
            more=section.more,
            position=position,
        )
        for position, section in enumerate(definition.sections, start=1)
    }
    Section.objects.bulk_create(sections.values())
    section_of = {
        each.code: sections[section.code] for section in definition.sections for each in section.questions
    }
    questions = {
        code: _make_question(question, version=version, section=section_of[code], position=position)
        for position, (code, question) in enumerate(definition.questions.items(), start=1)
    }
    Question.objects.bulk_create(questions.values())
    options = {
        (code, option.code): Option(
            question=questions[code],
            code=option.code,
            text=option.text,
            asks_text=option.asks_text,
            position=position,
        )
        for code, question in definition.questions.items()
        for position, option in enumerate(question.options, start=1)
    }
    Option.objects.bulk_create(options.values())
    conditions = {
        (code, condition): Condition(question=questions[code], source=questions[condition.question])
        for code, question in definition.questions.items()
        for condition in question.conditions
    }
    Condition.objects.bulk_create(conditions.values())
    Condition.options.through.objects.bulk_create(
        Condition.options.through(condition=row, option=options[condition.question, option])
        for (_, condition), row in conditions.items()
        for option in condition.any_of
    )


def _make_question(
    question: QuestionDefinition, *, version: QuestionnaireVersion, section: Section, position: int
) -> Question:
    return Question(
        version=version,
        section=section,
        code=question.code,
        kind=question.kind,
        text=question.text,
        help=question.help,
        definition=question.definition,
        requirement=question.requirement,
        unit=question.unit,
        minimum=question.minimum,
        maximum=question.maximum,
        decimals=question.decimals,
        layout=question.layout_as_dict(),
        rules=[rule.as_dict() for rule in question.rules],
        change=question.change,
        position=position,
        **{f"allows_{state}": state in question.missing for state in MISSING_STATES},
    )
