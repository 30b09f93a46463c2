"""What goes on about a response apart from its answers: submissions, requests to reopen, questions back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import Wave
from surveys.responses.models import (
    Clarification,
    ReopenRequest,
    Response,
    ResponseMunicipality,
    Submission,
)
from surveys.responses.snapshots import compute_checksum


def list_submissions(response: Response) -> list[Submission]:
    """Every submission, the latest first, with what a receipt needs."""
    submissions = Submission.objects.filter(response=response).select_related(
        "submitted_by", "response__organisation", "response__wave"
    )
    return list(submissions.order_by("-number"))


def verify_submission(submission: Submission) -> bool:
    """Whether what is stored is still what was submitted."""
    return compute_checksum(submission.content) == submission.checksum


def list_clarifications(
    response: Response, *, sections: Collection[str] | None = None
) -> list[Clarification]:
    """The questions back, open ones first; `sections` (codes) narrows them to what somebody may see."""
    clarifications = Clarification.objects.filter(response=response).select_related(
        "question__section", "asked_by", "replied_by", "closed_by"
    )
    if sections is not None:
        clarifications = clarifications.filter(question__section__code__in=sections)
    return sorted(clarifications.order_by("-asked_at"), key=lambda each: not each.is_open)


def count_open_clarifications(
    response: Response | None, *, sections: Collection[str] | None = None
) -> dict[str, int]:
    """How many questions back wait for a reply, by the code of the section."""
    counts: dict[str, int] = {}
    if response is not None:
        for each in list_clarifications(response, sections=sections):
            if each.is_open:
                code = each.question.section.code
                counts[code] = counts.get(code, 0) + 1
    return counts


def find_open_request(response: Response | None) -> ReopenRequest | None:
    """The request to reopen that an administrator still has to decide on."""
    if response is None:
        return None
    return response.reopen_requests.filter(decision=ReopenRequest.Decision.OPEN).first()


def find_decided_request(response: Response | None) -> ReopenRequest | None:
    """The request to reopen that was decided after the last submission: granted for a draft, refused otherwise."""
    if response is None or (response.status == Response.Status.DRAFT and not response.reopening_reason):
        return None
    decision = ReopenRequest.Decision
    decided = response.reopen_requests.filter(
        decision=decision.GRANTED if response.status == Response.Status.DRAFT else decision.REFUSED
    )
    return decided.exclude(response__submissions__submitted_at__gt=F("decided_at")).first()


def list_open_requests(wave: Wave) -> list[ReopenRequest]:
    """What the administrator has to decide on in a wave, the oldest first."""
    requests = ReopenRequest.objects.filter(response__wave=wave, decision=ReopenRequest.Decision.OPEN)
    return list(requests.select_related("response__organisation", "requested_by").order_by("requested_at"))


@dataclass(frozen=True)
class NamingChoice:
    """Whether a municipality may be named; `may_change` is false where it decided itself and its region looks."""

    code: str
    name: str
    may_be_named: bool
    is_decided: bool
    may_change: bool


def list_naming_choices(wave: Wave, *, organisation: Organisation) -> list[NamingChoice]:
    """The municipalities that an organisation delivers for in the wave, by name, each once.

    A municipality finds itself here as soon as it, or its region in its name, answers.
    """
    rows = ResponseMunicipality.objects.filter(response__wave=wave)
    is_region = organisation.kind == Organisation.Kind.YOUTH_REGION
    if is_region:
        rows = rows.filter(response__organisation=organisation)
    else:
        rows = rows.filter(municipality=organisation.municipality_id)
    own_people = Membership.objects.filter(
        person=OuterRef("naming_decided_by"), organisation__municipality=OuterRef("municipality")
    )
    choices = {
        row.municipality_id: NamingChoice(
            row.municipality_id,
            row.municipality.name,
            row.may_be_named,
            row.naming_decided_at is not None,
            may_change=not (is_region and row.decided_itself),
        )
        for row in rows.annotate(decided_itself=Exists(own_people)).select_related("municipality")
    }
    return sorted(choices.values(), key=lambda choice: choice.name)
