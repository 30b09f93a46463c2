"""How far the review of a response is. Pure."""

from collections.abc import Collection
from enum import StrEnum


class ReviewState(StrEnum):
    TO_REVIEW = "to_review"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"
    NOT_SUBMITTED = "not_submitted"


REVIEW_STATE_LABELS = {
    ReviewState.TO_REVIEW: "te beoordelen",
    ReviewState.ACCEPTED: "geaccepteerd",
    ReviewState.SENT_BACK: "teruggestuurd",
    ReviewState.EXCLUDED: "buiten beschouwing",
    ReviewState.WITHDRAWN: "ingetrokken",
    ReviewState.NOT_SUBMITTED: "nog niet ingediend",
}


def judge_review_state(status: str, *, verdicts: Collection[str]) -> ReviewState:
    """From the response's status and the verdicts on its latest submission: a new one has none yet."""
    match status:
        case "excluded":
            return ReviewState.EXCLUDED
        case "withdrawn":
            return ReviewState.WITHDRAWN
        case "submitted":
            return ReviewState.ACCEPTED if "accepted" in verdicts else ReviewState.TO_REVIEW
    return ReviewState.SENT_BACK if "sent_back" in verdicts else ReviewState.NOT_SUBMITTED
