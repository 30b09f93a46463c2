"""Mails about a response. Each reads what it needs when it is sent; nothing of an answer travels in the queue."""

from celery import shared_task
from django.urls import reverse

from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Membership, Person
from surveys.responses.models import Clarification, Correction, ReopenRequest, Response, Submission
from surveys.responses.receipts import name_receipt_file, typeset_receipt


@shared_task(acks_late=True)
def mail_receipt(submission_id: int) -> None:
    """The receipt with all answers, to whoever submitted and to the organisation's coordinators."""
    submission = Submission.objects.select_related(
        "submitted_by", "response__organisation", "response__wave", "response__version"
    ).get(pk=submission_id)
    pdf = typeset_receipt(submission)
    for person in list_addressees(submission.response, also=submission.submitted_by):
        send_mail_to(
            person,
            template="responses/mail/receipt",
            context={"submission": submission, "path": link_response(submission.response, "receipt")},
            attachments=[(name_receipt_file(submission), pdf, "application/pdf")],
        )


@shared_task(acks_late=True)
def mail_reopen_decision(request_id: int) -> None:
    """What the administrator decided, to whoever asked."""
    request = ReopenRequest.objects.select_related(
        "requested_by", "response__organisation", "response__wave"
    ).get(pk=request_id)
    if request.requested_by is not None:
        send_mail_to(
            request.requested_by,
            template="responses/mail/reopen_decision",
            context={"request": request, "path": link_response(request.response, "start")},
        )


@shared_task(acks_late=True)
def mail_clarification(clarification_id: int) -> None:
    """That there is a question back, to the organisation's coordinators."""
    clarification = Clarification.objects.select_related(
        "response__organisation", "response__wave", "response__submitted_by"
    ).get(pk=clarification_id)
    for person in list_addressees(clarification.response, also=clarification.response.submitted_by):
        send_mail_to(
            person,
            template="responses/mail/clarification",
            context={
                "response": clarification.response,
                "path": link_response(clarification.response, "clarifications"),
            },
        )


@shared_task(acks_late=True)
def mail_correction(correction_id: int) -> None:
    """That the researchers changed an answer, to the coordinators; what it was and became stands on the site."""
    correction = Correction.objects.select_related(
        "revision__answer__response__organisation",
        "revision__answer__response__wave",
        "revision__answer__response__submitted_by",
    ).get(pk=correction_id)
    response = correction.revision.answer.response
    for person in list_addressees(response, also=response.submitted_by):
        send_mail_to(
            person,
            template="responses/mail/correction",
            context={
                "response": response,
                "correction": correction,
                "path": link_response(response, "receipt"),
            },
        )


def list_addressees(response: Response, *, also: Person | None) -> list[Person]:
    """The organisation's coordinators and, once, `also`, as long as they still work there."""
    members = response.organisation.memberships.select_related("person").filter(person__is_active=True)
    return [
        member.person
        for member in members.order_by("pk")
        if member.role == Membership.Role.COORDINATOR or member.person == also
    ]


def link_response(response: Response, name: str) -> str:
    return reverse(
        f"responses:{name}",
        kwargs={"wave": response.wave.code, "organisation": response.organisation_id},
    )
