from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from wagtail.models import ModelLogEntry

from surveys.fieldwork.overview import build_overview
from surveys.fieldwork.queries import list_frame_rows, list_response_rows
from surveys.fieldwork.standings import find_standings
from surveys.fieldwork.timeline import CountingSpan, DayCount, SubmissionMoment, count_per_day, find_spans
from surveys.fieldwork.watch import LastContact, Watch
from surveys.outreach.models import Message, Purpose, Reply
from surveys.questionnaire.models import Wave
from surveys.responses.completeness import count_missing
from surveys.responses.models import Response, ResponseMunicipality, Submission
from surveys.responses.snapshots import read_snapshot
from surveys.territory.queries import load_tile_positions

REOPEN = "response.reopen"
# After these a submission counts no longer.
ENDING_ACTIONS = (REOPEN, "response.withdraw", "response.exclude")
# Of these mails it is known, or not certain, that they went.
LEFT = (Message.Status.SENT, Message.Status.UNCLEAR, Message.Status.BOUNCED)


def watch_response(wave: Wave, *, today: date) -> Watch:
    """The state of the response, in a fixed number of queries however many responses there are."""
    frame = list_frame_rows(wave)
    missing = count_missing(wave)
    responses = [replace(row, missing=missing.get(row.id)) for row in list_response_rows(wave)]
    return Watch(
        overview=build_overview(frame, responses=responses),
        frame=tuple(frame),
        standings=find_standings(frame, responses=responses),
        positions=load_tile_positions({row.code: row.population for row in frame}),
        days=tuple(_count_days(wave, today=today)),
        contacts=find_last_contacts(wave),
    )


def _count_days(wave: Wave, *, today: date) -> list[DayCount]:
    """From the first day of the wave, or the first submission, until today or until nothing changed any more."""
    spans = load_spans(wave)
    first = min([wave.opens_on, *(span.first for span in spans)])
    last_changes = [span.end or span.first for span in spans]
    return count_per_day(spans, first=first, last=min(today, max([wave.closes_on, *last_changes])))


def load_spans(wave: Wave) -> list[CountingSpan]:
    """From when until when each submission of the wave counted, in five queries.

    The audit log tells when a response was reopened, withdrawn or excluded.
    """
    statuses = dict(Response.objects.filter(wave=wave).values_list("pk", "status"))
    submissions = list(
        Submission.objects.filter(response__wave=wave).values_list("pk", "response", "submitted_at")
    )
    endings: dict[int, list[datetime]] = defaultdict(list)
    reopenings: dict[int, list[datetime]] = defaultdict(list)
    for response, action, at in _list_endings(statuses):
        endings[response].append(localtime(at))
        if action == REOPEN:
            reopenings[response].append(at)
    changed_since = [
        pk for pk, response, at in submissions if any(moment >= at for moment in reopenings[response])
    ]
    covered = _list_covered(wave)
    covered_then = {
        pk: frozenset(each.code for each in read_snapshot(content).municipalities)
        for pk, content in Submission.objects.filter(pk__in=changed_since).values_list("pk", "content")
    }
    return find_spans(
        [
            SubmissionMoment(response, localtime(at), covered_then.get(pk, covered[response]))
            for pk, response, at in submissions
        ],
        endings=endings,
        counting=[pk for pk, status in statuses.items() if status == Response.Status.SUBMITTED],
    )


def find_last_contacts(wave: Wave) -> dict[str, LastContact]:
    """The last mail that left for each organisation, or the later answer to one, by its code; in two queries."""
    mails = Message.objects.filter(mailing__wave=wave, status__in=LEFT).annotate(
        left_at=Coalesce("sent_at", "claimed_at")
    )
    contacts = [
        (organisation, localtime(at), f"{Purpose(purpose).label}: {Message.Status(status).label}")
        for organisation, at, purpose, status in mails.values_list(
            "organisation", "left_at", "mailing__purpose", "status"
        )
    ]
    replies = Reply.objects.filter(message__mailing__wave=wave)
    contacts += [
        (organisation, localtime(at), f"Reactie: {Reply.Kind(kind).label.lower()}")
        for organisation, at, kind in replies.values_list("message__organisation", "recorded_at", "kind")
    ]
    return {
        organisation: LastContact(at, text)
        for organisation, at, text in sorted(contacts, key=lambda contact: contact[1])
    }


def _list_endings(response_ids: Collection[int]) -> Iterable[tuple[int, str, datetime]]:
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Response),
        object_id__in=[str(pk) for pk in response_ids],
        action__in=ENDING_ACTIONS,
    )
    for object_id, action, at in entries.values_list("object_id", "action", "timestamp"):
        yield int(object_id), action, at


def _list_covered(wave: Wave) -> dict[int, frozenset[str]]:
    """The municipalities each response speaks for now: since it was submitted, unless it was reopened."""
    codes: dict[int, set[str]] = defaultdict(set)
    rows = ResponseMunicipality.objects.filter(response__wave=wave)
    for response, municipality in rows.values_list("response", "municipality"):
        codes[response].add(municipality)
    return defaultdict(frozenset, {response: frozenset(each) for response, each in codes.items()})
