"""What somebody asks of a release: prepare, change, plan, publish. What takes long a worker does (`finishing`).

What is public of a wave is its latest published release, and that never changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import MAXIMUM_DIMENSIONS, Unit, parse_answer_dimension, parse_dimensions
from surveys.results.grouping import can_group
from surveys.results.models import Release, ReleasedTable
from surveys.results.release.freezing import freeze_wave
from surveys.results.release.locking import ReleaseRefused, lock_unpublished, lock_wave
from surveys.results.release.snapshot import Snapshot
from surveys.results.release.tasks import finish_release_later
from surveys.trail.recording import record


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
    """Freeze the wave as it is now and have a worker count it; nobody sees it yet.

    A wave that has a release in public gets a correction of it.

    Raises ReleaseRefused while the wave is not closed, while another release is in the making, when a correction
    does not say what changed, and for what the wave does not have.
    """
    at = at or timezone.now()
    wave = lock_wave(wave)
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
    """Choose anew and freeze the wave anew, to be counted again. What was planned or waited for is dropped.

    Raises ReleaseRefused.
    """
    at = at or timezone.now()
    release = lock_unpublished(release)
    release.minimum_base = release.wave.minimum_public_base
    _fill(release, plan=plan, by=by, at=at)
    record(release, "release.change", by=by, at=at, questions=len(release.questions))
    return release


@transaction.atomic
def schedule_release(
    release: Release, *, publish_at: datetime, by: Person | None, at: datetime | None = None
) -> Release:
    """Make it public by itself, at that moment or shortly after. Raises ReleaseRefused."""
    at = at or timezone.now()
    release = _lock_ready(release)
    if publish_at <= at:
        raise ReleaseRefused("Kies een moment in de toekomst.")
    release.status, release.publish_at = Release.Status.SCHEDULED, publish_at
    release.problem = ""
    release.save(update_fields=["status", "publish_at", "problem"])
    record(release, "release.schedule", by=by, at=at, publish_at=publish_at.isoformat())
    return release


@transaction.atomic
def request_publication(release: Release, *, by: Person, at: datetime | None = None) -> Release:
    """Have a worker count everything once more and make it public. Raises ReleaseRefused."""
    release = _lock_ready(release)
    _start_publishing(release, by=by)
    record(release, "release.request", by=by, at=at)
    return release


@transaction.atomic
def start_due_releases(*, at: datetime) -> list[Release]:
    """Have workers publish what was planned for now or before; the list is of these."""
    due = Release.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status=Release.Status.SCHEDULED, publish_at__lte=at
    )
    started = list(due.select_related("wave").defer("snapshot").order_by("pk"))
    for release in started:
        _start_publishing(release, by=None)
    return started


def _start_publishing(release: Release, *, by: Person | None) -> None:
    release.status, release.published_by = Release.Status.PUBLISHING, by
    release.attempts, release.claimed_at, release.problem = 0, None, ""
    release.save(update_fields=["status", "published_by", "attempts", "claimed_at", "problem"])
    _send_to_worker(release)


def _send_to_worker(release: Release) -> None:
    """When the broker cannot be reached the release waits, and the next worker that starts finds it."""
    transaction.on_commit(lambda: finish_release_later.delay(release.pk), robust=True)


def _lock_ready(release: Release) -> Release:
    locked = lock_unpublished(release)
    if locked.status == Release.Status.PUBLISHING:
        raise ReleaseRefused("Deze publicatie wordt al openbaar gemaakt.")
    if not locked.is_ready:
        raise ReleaseRefused("De cijfers van deze publicatie zijn nog niet geteld.")
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
    release.status, release.publish_at = Release.Status.COUNTING, None
    release.attempts, release.claimed_at, release.problem = 0, None, ""
    release.facts, release.tables_sha256 = {}, ""
    release.save()
    ReleasedTable.objects.filter(release=release).delete()
    _send_to_worker(release)


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
        for asked in filter(None, map(parse_answer_dimension, dimensions)):
            if asked.question not in plan.questions:
                raise ReleaseRefused(
                    "Een uitsplitsing naar een vraag kan alleen als die vraag zelf ook meegaat."
                )
            if not can_group(known[asked.question], option=asked.option):
                raise ReleaseRefused("Uitsplitsen kan alleen naar een vraag met antwoorden om uit te kiezen.")
