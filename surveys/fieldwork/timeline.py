"""How the response grew: per day what had been submitted and still counted. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class SubmissionMoment:
    """A response was submitted, on behalf of `municipality_codes`."""

    response: int
    at: datetime
    municipality_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountingSpan:
    """A submission counts at the end of every day from `first` on, up to but not including `end` (None: until now)."""

    response: int
    first: date
    end: date | None
    municipality_codes: frozenset[str]

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class DayCount:
    """What counted at the end of a day: responses, and the municipalities that they speak for, each counted once."""

    day: date
    responses: int
    municipalities: int


def find_spans(
    submissions: Iterable[SubmissionMoment],
    *,
    endings: Mapping[int, Collection[datetime]],
    counting: Collection[int],
) -> list[CountingSpan]:
    """From when until when each submission counted.

    `endings` are the moments at which a response was reopened, withdrawn or excluded, by its id; `counting` are the
    responses that count now. Moments are in local time: their date is the day. A submission that does not count any
    more without a moment at which that ended is left out, rather than counted too long.
    """
    by_response: dict[int, list[SubmissionMoment]] = defaultdict(list)
    for submission in submissions:
        by_response[submission.response].append(submission)
    spans = []
    for response, moments in by_response.items():
        moments.sort(key=lambda moment: moment.at)
        following = [moment.at for moment in moments[1:]]
        for submission, next_at in zip(moments, [*following, None], strict=True):
            if next_at is None and response in counting:
                spans.append(_make_span(submission, end=None))
                continue
            later = [*endings.get(response, ()), *([next_at] if next_at else [])]
            end = min((moment for moment in later if moment >= submission.at), default=None)
            if end is not None:
                spans.append(_make_span(submission, end=end.date()))
    return spans


def count_per_day(spans: Collection[CountingSpan], *, first: date, last: date) -> list[DayCount]:
    """One count for each day from `first` through `last`; both days included."""
    counts = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        held = [span for span in spans if span.holds_on(day)]
        codes = frozenset[str]().union(*(span.municipality_codes for span in held))
        counts.append(DayCount(day, responses=len(held), municipalities=len(codes)))
    return counts


def keep_changes(counts: Sequence[DayCount]) -> list[DayCount]:
    """The days on which something changed, and the first and last day: what a table shows of a line."""
    return [
        count
        for index, count in enumerate(counts)
        if index in (0, len(counts) - 1)
        or (count.responses, count.municipalities)
        != (counts[index - 1].responses, counts[index - 1].municipalities)
    ]


def _make_span(submission: SubmissionMoment, *, end: date | None) -> CountingSpan:
    return CountingSpan(submission.response, submission.at.date(), end, submission.municipality_codes)
