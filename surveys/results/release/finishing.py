"""What takes long and a worker does: counting a release from its snapshot, and counting it again before it is public.

A worker takes a release with one atomic UPDATE that raises `attempts` and notes the moment. It counts outside of any
transaction, so nobody waits for it, and writes only while the release still has that moment: a worker that was thought
dead, or whose release was changed meanwhile, writes nothing.
"""

import logging
import traceback
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.questionnaire.lifecycle import publish_results
from surveys.results.models import Release, ReleasedTable
from surveys.results.release.computing import compute_contents, load_contents
from surveys.results.release.locking import ReleaseRefused, lock_unpublished
from surveys.results.release.snapshot import Snapshot, UnreadableSnapshot
from surveys.results.release.verification import list_differences
from surveys.trail.recording import record

logger = logging.getLogger(__name__)

# Counting takes minutes at most: a worker that is at it for this long is gone.
LEASE = timedelta(minutes=15)
MAXIMUM_ATTEMPTS = 3

NOT_DONE = "Het tellen is niet gelukt. Probeer het opnieuw of neem contact op met de beheerder."
NOT_THE_SAME = (
    "De cijfers zijn niet meer gelijk aan wat bij het klaarzetten is geteld. Tel opnieuw via ‘Wijzigen’."
)


class BeingFinished(Exception):
    """Another worker is busy with this release."""


class TakenOver(Exception):
    """Somebody changed the release, or another worker took it; what this one made is thrown away."""


def finish_release(release_id: int) -> None:
    """Take the release, do what it waits for, and note how that went.

    Does nothing for a release that waits for nothing or is gone. Raises BeingFinished while another worker is at it.
    Whatever else goes wrong ends with a Dutch sentence on the release, which can be tried again.
    """
    release = _claim(release_id)
    if release is None:
        return
    try:
        if release.attempts > MAXIMUM_ATTEMPTS:
            _give_up(release, problem=NOT_DONE)
        elif release.status == Release.Status.COUNTING:
            count_release(release)
        else:
            _recount_and_publish(release)
    except TakenOver:
        logger.info("Release %s was taken over", release.code)
    except ReleaseRefused as refusal:
        _give_up(release, problem=str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever it was, nobody must wait for ever
        # The place says enough; the message of an error can hold an answer.
        place = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Release %s failed with %s\n%s", release.code, type(error).__name__, place)
        _give_up(release, problem=NOT_DONE)


def count_release(release: Release, *, at: datetime | None = None) -> Release:
    """Count and protect everything that the release shows, from its snapshot, and store it. Takes long.

    Raises TakenOver when the release was changed meanwhile, ReleaseRefused when its wave was opened again, and
    UnreadableSnapshot.
    """
    contents = compute_contents(release)
    with transaction.atomic():
        locked = _lock_own(release)
        ReleasedTable.objects.filter(release=locked).delete()
        ReleasedTable.objects.bulk_create(
            (
                ReleasedTable(
                    release=locked,
                    unit=table.unit,
                    breakdown=table.breakdown,
                    question=table.question,
                    content=table.content,
                )
                for table in contents.tables
            ),
            batch_size=200,
        )
        locked.facts, locked.tables_sha256 = contents.facts, contents.compute_sha256()
        locked.status, locked.claimed_at, locked.problem = Release.Status.PREPARED, None, ""
        locked.save(update_fields=["facts", "tables_sha256", "status", "claimed_at", "problem"])
        record(locked, "release.count", by=None, at=at, tables_sha256=locked.tables_sha256)
    return locked


@transaction.atomic
def publish_release(release: Release, *, by: Person | None, at: datetime | None = None) -> Release:
    """From now on this is what everybody sees of the wave; it never changes any more.

    What is stored must have the checksums that were noted when it was counted; a worker counts everything once more
    before it comes here (`finish_release`). Raises ReleaseRefused.
    """
    at = at or timezone.now()
    release = lock_unpublished(release)
    if not release.is_counted:
        raise ReleaseRefused("De cijfers van deze publicatie zijn nog niet geteld.")
    if not _has_its_checksums(release):
        raise ReleaseRefused(NOT_THE_SAME)
    if release.wave.results_published_at is None:
        publish_results(release.wave, by=by, at=at)
    release.status, release.published_at, release.published_by = Release.Status.PUBLISHED, at, by
    release.claimed_at, release.problem = None, ""
    release.save(update_fields=["status", "published_at", "published_by", "claimed_at", "problem"])
    record(release, "release.publish", by=by, at=at, tables_sha256=release.tables_sha256)
    return release


def _claim(release_id: int) -> Release | None:
    now = timezone.now()
    waiting = Release.objects.filter(pk=release_id, status__in=Release.WAITING)
    release = waiting.select_related("wave").first()
    if release is None:
        return None
    is_claimed = (
        Release.objects.filter(pk=release_id, status=release.status, attempts=release.attempts)
        .exclude(claimed_at__gte=now - LEASE)
        .update(attempts=release.attempts + 1, claimed_at=now)
    )
    if not is_claimed:
        raise BeingFinished
    release.attempts += 1
    release.claimed_at = now
    return release


def _recount_and_publish(release: Release) -> None:
    if list_differences(release):
        raise ReleaseRefused(NOT_THE_SAME)
    with transaction.atomic():
        publish_release(_lock_own(release), by=release.published_by)


def _lock_own(release: Release) -> Release:
    locked = lock_unpublished(release)
    held, now = (
        (each.status, each.claimed_at, each.prepared_at, each.snapshot_sha256) for each in (release, locked)
    )
    if held != now:
        raise TakenOver
    return locked


def _has_its_checksums(release: Release) -> bool:
    try:
        snapshot = Snapshot(release.snapshot).compute_sha256()
    except UnreadableSnapshot:
        return False
    return (
        snapshot == release.snapshot_sha256
        and load_contents(release).compute_sha256() == release.tables_sha256
    )


@transaction.atomic
def _give_up(release: Release, *, problem: str) -> None:
    """What was not counted is to be counted again; what was counted stays, and is not public."""
    is_uncounted = release.status == Release.Status.COUNTING
    own = Release.objects.filter(pk=release.pk, status=release.status, claimed_at=release.claimed_at)
    status = Release.Status.FAILED if is_uncounted else Release.Status.PREPARED
    if own.update(status=status, claimed_at=None, publish_at=None, problem=problem):
        record(release, "release.fail", by=None, reason=problem)
