"""Mails about a review. Each reads what it needs when it is sent; nothing of an answer travels in the queue."""

from celery import shared_task

from surveys.accounts.mail import send_mail_to
from surveys.fieldwork.models import Review
from surveys.responses.tasks import link_response, list_addressees


@shared_task(acks_late=True)
def mail_sent_back(review_id: int) -> None:
    """That the response is open again and why, to the coordinators and whoever submitted."""
    review = Review.objects.select_related(
        "submission__submitted_by", "submission__response__organisation", "submission__response__wave"
    ).get(pk=review_id)
    response = review.submission.response
    for person in list_addressees(response, also=review.submission.submitted_by):
        send_mail_to(
            person,
            template="fieldwork/mail/sent_back",
            context={"response": response, "review": review, "path": link_response(response, "start")},
        )
