"""How far the review of a wave and of one response is, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from surveys.fieldwork.flag_queries import RaisedFlag, load_flags
from surveys.fieldwork.flags import FlagKind
from surveys.fieldwork.models import Review
from surveys.fieldwork.provenance import list_disputes
from surveys.fieldwork.review_state import REVIEW_STATE_LABELS, ReviewState, judge_review_state
from surveys.fieldwork.work_list import Task, TaskKind, sort_tasks
from surveys.questionnaire.models import Wave
from surveys.responses.follow_up import list_open_requests
from surveys.responses.models import Clarification, Response, Submission

FLAG_TASKS = {FlagKind.OVERLAP: TaskKind.OVERLAP, FlagKind.DISPUTE: TaskKind.DISPUTE}


@dataclass(frozen=True)
class LatestSubmission:
    """A submission without its content."""

    id: int
    number: int
    checksum: str
    receipt_code: str
    submitted_at: datetime


@dataclass(frozen=True)
class ReviewedResponse:
    """A response with its latest submission, if any, and the verdicts on that, the latest first."""

    response: Response
    submission: LatestSubmission | None
    reviews: tuple[Review, ...]

    @property
    def state(self) -> ReviewState:
        verdicts = {review.verdict for review in self.reviews}
        return judge_review_state(self.response.status, verdicts=verdicts)

    @property
    def label(self) -> str:
        return REVIEW_STATE_LABELS[self.state]

    @property
    def review(self) -> Review | None:
        """The latest verdict."""
        return self.reviews[0] if self.reviews else None


def load_reviewed_responses(wave: Wave) -> list[ReviewedResponse]:
    """Every response of the wave by name of the organisation, in three queries."""
    responses = Response.objects.filter(wave=wave).select_related("organisation")
    return _add_reviews(list(responses.order_by("organisation__name", "organisation")))


def load_reviewed_response(response: Response) -> ReviewedResponse:
    """In two queries."""
    (reviewed,) = _add_reviews([response])
    return reviewed


def list_flags(response: Response) -> list[RaisedFlag]:
    """What is flagged in one response, what nobody looked at first; the whole wave is held against it."""
    raised = load_flags(response.wave).get(response.pk, [])
    return sorted(raised, key=lambda each: each.seen is not None)


def list_tasks(wave: Wave) -> list[Task]:
    """Everything somebody still has to do in the wave, what waits longest first; a fixed number of queries."""
    reviewed = load_reviewed_responses(wave)
    return sort_tasks(
        [
            *_list_reviews(reviewed),
            *_list_requests(wave),
            *_list_questions_back(wave),
            *_list_unseen(wave, reviewed),
        ]
    )


def _add_reviews(responses: list[Response]) -> list[ReviewedResponse]:
    ids = [response.pk for response in responses]
    latest: dict[int, LatestSubmission] = {}
    rows = Submission.objects.filter(response__in=ids).order_by("response", "number")
    columns = ("pk", "number", "checksum", "receipt_code", "submitted_at")
    for response_id, pk, number, checksum, code, at in rows.values_list("response", *columns):
        latest[response_id] = LatestSubmission(pk, number, checksum, code, at)
    reviews: dict[int, list[Review]] = {}
    submission_ids = [submission.id for submission in latest.values()]
    for review in Review.objects.filter(submission__in=submission_ids).select_related("reviewed_by"):
        reviews.setdefault(review.submission_id, []).insert(0, review)
    return [
        ReviewedResponse(response, submission, tuple(reviews.get(submission.id, ())) if submission else ())
        for response in responses
        for submission in [latest.get(response.pk)]
    ]


def _list_reviews(reviewed: list[ReviewedResponse]) -> list[Task]:
    return [
        Task(
            TaskKind.REVIEW,
            each.response.organisation_id,
            str(each.response.organisation),
            "Ingediend"
            if each.submission.number == 1
            else f"Voor de {each.submission.number}e keer ingediend",
            each.submission.submitted_at,
        )
        for each in reviewed
        if each.state is ReviewState.TO_REVIEW and each.submission
    ]


def _list_requests(wave: Wave) -> list[Task]:
    return [
        Task(
            TaskKind.REOPENING,
            request.response.organisation_id,
            str(request.response.organisation),
            request.reason,
            request.requested_at,
        )
        for request in list_open_requests(wave)
    ]


def _list_questions_back(wave: Wave) -> list[Task]:
    """An answered one waits for the reviewer since the answer, an open one for the organisation since the question."""
    rows = Clarification.objects.filter(response__wave=wave, closed_at=None).select_related(
        "response__organisation", "question"
    )
    return [
        Task(
            TaskKind.REPLIED if row.replied_at else TaskKind.ASKED,
            row.response.organisation_id,
            str(row.response.organisation),
            row.question.text,
            row.replied_at or row.asked_at,
            "vragen-terug-section",
        )
        for row in rows
    ]


def _list_unseen(wave: Wave, reviewed: list[ReviewedResponse]) -> list[Task]:
    responses = {each.response.pk: each.response for each in reviewed}
    return [
        Task(
            FLAG_TASKS.get(raised.flag.kind, TaskKind.FLAG),
            responses[response_id].organisation_id,
            str(responses[response_id].organisation),
            f"{raised.flag.label}: {raised.flag.title}",
            raised.flag.arose_at,
            "signalen-section",
        )
        for response_id, flags in load_flags(wave, disputes=list_disputes(wave)).items()
        for raised in flags
        if raised.seen is None
    ]
