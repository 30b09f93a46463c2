"""The only writers of releases. What is public of a wave is its latest published release, and never changes."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.lifecycle import publish_results
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import MAXIMUM_DIMENSIONS, Unit, parse_answer_dimension, parse_dimensions
from surveys.results.models import Release, ReleasedTable
from surveys.results.release.computing import compute_contents, load_contents
from surveys.results.release.freezing import freeze_wave
from surveys.results.release.snapshot import Snapshot
from surveys.trail.recording import record

logger = logging.getLogger(__name__)


class ReleaseRefused(Exception):
    """The release cannot take this step now; the message is Dutch and says why."""


@dataclass(frozen=True, slots=True)
class ReleasePlan:
    """What somebody chooses: codes of questions, breakdowns of one or two dimensions, units, and the texts.

    `note` says what is different from the release before and why; a first release has none.
    """

    title: str
    questions: Sequence[str]
    breakdowns: Sequence[Sequence[str]]
    units: Sequence[str]
    introduction: str = ""
    note: str = ""


@transaction.atomic
def prepare_release(
    wave: Wave, *, plan: ReleasePlan, by: Person | None, at: datetime | None = None
) -> Release:
    """Freeze the wave as it counts now; nobody sees it yet. A wave that has one public gets a correction of it.

    Raises ReleaseRefused while the wave is not closed, while another release is in the making, when a correction
    does not say what changed, and for what the wave does not have.
    """
    at = at or timezone.now()
    wave = _lock_wave(wave)
    former = Release.objects.filter(wave=wave).order_by("number").defer("snapshot").last()
    if former and not former.is_published:
        raise ReleaseRefused("Er staat al een publicatie klaar. Wijzig die, of maak haar eerst openbaar.")
    number = former.number + 1 if former else 1
    release = Release(
        wave=wave,
        number=number,
        code=f"{wave.code}-{number}",
        corrects=former,
        minimum_base=wave.minimum_public_base,
    )
    _fill(release, plan=plan, by=by, at=at)
    record(release, "release.prepare", by=by, at=at, questions=len(release.questions))
    return release


@transaction.atomic
def change_release(
    release: Release, *, plan: ReleasePlan, by: Person | None, at: datetime | None = None
) -> Release:
    """Choose anew and freeze the wave anew. A planned moment is dropped. Raises ReleaseRefused."""
    at = at or timezone.now()
    release = _lock_unpublished(release)
    release.minimum_base = release.wave.minimum_public_base
    release.status, release.publish_at = Release.Status.PREPARED, None
    _fill(release, plan=plan, by=by, at=at)
    record(release, "release.change", by=by, at=at, questions=len(release.questions))
    return release


@transaction.atomic
def schedule_release(
    release: Release, *, publish_at: datetime, by: Person | None, at: datetime | None = None
) -> Release:
    """Make it public by itself, at that moment or shortly after. Raises ReleaseRefused."""
    at = at or timezone.now()
    release = _lock_unpublished(release)
    if publish_at <= at:
        raise ReleaseRefused("Kies een moment in de toekomst.")
    release.status, release.publish_at = Release.Status.SCHEDULED, publish_at
    release.save(update_fields=["status", "publish_at"])
    record(release, "release.schedule", by=by, at=at, publish_at=publish_at.isoformat())
    return release


@transaction.atomic
def publish_release(release: Release, *, by: Person | None, at: datetime | None = None) -> Release:
    """From now on this is what everybody sees of the wave; it never changes any more.

    Everything is counted once more, from the snapshot alone. Raises ReleaseRefused.
    """
    at = at or timezone.now()
    release = _lock_unpublished(release)
    is_same = compute_contents(release).compute_sha256() == release.tables_sha256
    if not is_same or load_contents(release).compute_sha256() != release.tables_sha256:
        raise ReleaseRefused(
            "De cijfers zijn niet meer gelijk aan wat bij het klaarzetten is geteld. Tel opnieuw via ‘Wijzigen’."
        )
    if release.wave.results_published_at is None:
        publish_results(release.wave, by=by, at=at)
    release.status, release.published_at, release.published_by = Release.Status.PUBLISHED, at, by
    release.save(update_fields=["status", "published_at", "published_by"])
    record(release, "release.publish", by=by, at=at, tables_sha256=release.tables_sha256)
    return release


def publish_due_releases(*, at: datetime) -> list[Release]:
    """Publish what was planned for now or before; one that is refused does not hold up another."""
    due = Release.objects.filter(status=Release.Status.SCHEDULED, publish_at__lte=at).defer("snapshot")
    published = []
    for release in due:
        try:
            published.append(publish_release(release, by=None, at=at))
        except ReleaseRefused:
            logger.exception("release.publish refused", extra={"object": release.code})
    return published


def _lock_wave(wave: Wave) -> Wave:
    locked = Wave.objects.select_for_update(of=("self",)).select_related("version").get(pk=wave.pk)
    if locked.status != Wave.Status.CLOSED:
        raise ReleaseRefused("Sluit de meting eerst. Anders veranderen de antwoorden nog.")
    return locked


def _lock_unpublished(release: Release) -> Release:
    wave = _lock_wave(release.wave)
    locked = Release.objects.select_related("corrects").get(pk=release.pk)
    locked.wave = wave
    if locked.is_published:
        raise ReleaseRefused(
            "Deze publicatie is openbaar en verandert niet meer. Maak een nieuwe publicatie."
        )
    return locked


def _fill(release: Release, *, plan: ReleasePlan, by: Person | None, at: datetime) -> None:
    _check_plan(release, plan=plan)
    definition = load_definition(release.wave.version)
    release.title, release.introduction, release.note = plan.title, plan.introduction, plan.note
    release.questions = [code for code in definition.questions if code in plan.questions]
    release.breakdowns = [list(each) for each in plan.breakdowns]
    release.units = [unit.value for unit in Unit if unit in plan.units]
    release.prepared_at, release.prepared_by = at, by
    release.snapshot = freeze_wave(release.wave, questions=release.questions, units=release.units)
    release.snapshot_sha256 = Snapshot(release.snapshot).compute_sha256()
    contents = compute_contents(release)
    release.facts, release.tables_sha256 = contents.facts, contents.compute_sha256()
    release.save()
    ReleasedTable.objects.filter(release=release).delete()
    ReleasedTable.objects.bulk_create(
        (
            ReleasedTable(release=release, unit=unit, breakdown=breakdown, question=question, content=content)
            for unit, breakdown, question, content in (
                (each.unit, each.breakdown, each.question, each.content) for each in contents.tables
            )
        ),
        batch_size=200,
    )


def _check_plan(release: Release, *, plan: ReleasePlan) -> None:
    known = load_definition(release.wave.version).questions
    if release.number > 1 and not plan.note.strip():
        raise ReleaseRefused("Schrijf op wat er anders is dan in de vorige publicatie, en waarom.")
    if not plan.questions or any(code not in known for code in plan.questions):
        raise ReleaseRefused("Kies vragen die in deze meting zijn gesteld.")
    if not plan.units or any(unit not in list(Unit) for unit in plan.units):
        raise ReleaseRefused("Kies wat u telt: reacties, gemeenten of inwoners.")
    for breakdown in plan.breakdowns:
        try:
            dimensions = parse_dimensions(breakdown)
        except ValueError as error:
            raise ReleaseRefused(f"Kies hooguit {MAXIMUM_DIMENSIONS} bekende uitsplitsingen.") from error
        asked = [found.question for each in dimensions if (found := parse_answer_dimension(each))]
        if any(code not in plan.questions for code in asked):
            raise ReleaseRefused("Een uitsplitsing naar een vraag kan alleen als die vraag zelf ook meegaat.")
