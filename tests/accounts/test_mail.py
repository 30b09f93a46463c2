import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from celery import Task
from celery.exceptions import Retry
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from surveys.accounts.delivery import MailRefused
from surveys.accounts.mail import pack_message, send_mail_to, unpack_message
from surveys.accounts.mail_backends import FolderBackend
from surveys.accounts.tasks import RETRIES, deliver_mail
from tests.accounts.people import make_person

RECEIPT = b"%PDF-1.7 \x00\xff"
TEMPLATE = "account/email/password_reset_key"
LINK = {"password_reset_url": "https://monitor.example/?a=1&b='s", "days_valid": 3}


def make_message() -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        "Ontvangst van 's-Hertogenbosch",
        "Beste Özlem,\n\nBedankt.",
        "van@monitor.example",
        ["naar@gemeente.example"],
        cc=["ook@gemeente.example"],
        reply_to=["vraag@monitor.example"],
        headers={"X-Reden": "ontvangst"},
    )
    message.attach_alternative("<p>Beste Özlem</p>", "text/html")
    message.attach("ontvangst.pdf", RECEIPT, "application/pdf")
    message.attach("antwoorden.csv", "vraag;antwoord\nëën;ja", "text/csv")
    return message


def read_parts(message: EmailMessage) -> list[tuple[str, str | None, object]]:
    """Media type, file name and content of every part, as a mail program finds them."""
    parsed = message_from_bytes(message.message().as_bytes(), policy=default)
    return [
        (part.get_content_type(), part.get_filename(), part.get_content())
        for part in parsed.walk()
        if not part.is_multipart()
    ]


class BrokenServer(mail.backends.base.BaseEmailBackend):  # type: ignore[name-defined]
    def send_messages(self, email_messages: object) -> int:
        raise SMTPRecipientsRefused({"naar@gemeente.example": (550, b"gerda@gemeente.example unknown")})


def test_a_message_survives_the_queue_with_attachments_and_html() -> None:
    message = make_message()

    travelled = unpack_message(json.loads(json.dumps(pack_message(message))))

    assert read_parts(travelled) == read_parts(message)
    assert ("application/pdf", "ontvangst.pdf", RECEIPT) in read_parts(travelled)
    assert travelled.recipients() == ["naar@gemeente.example", "ook@gemeente.example"]
    for header in ("Subject", "From", "To", "Cc", "Reply-To", "X-Reden"):
        assert travelled.message()[header] == message.message()[header], header


def test_an_html_message_without_text_stays_html() -> None:
    message = EmailMessage("Onderwerp", "<p>Hallo</p>", to=["naar@gemeente.example"])
    message.content_subtype = "html"

    travelled = unpack_message(pack_message(message))

    assert [part[0] for part in read_parts(travelled)] == ["text/html"]


@pytest.mark.django_db
def test_a_mail_is_text_and_html_with_the_files_that_were_given() -> None:
    person = make_person("ozlem@gemeente.example", first_name="Özlem", last_name="d'Hondt")

    send_mail_to(person, template=TEMPLATE, context=LINK, attachments=[("a.pdf", RECEIPT, "application/pdf")])

    (message,) = mail.outbox
    assert message.to == ["ozlem@gemeente.example"]
    text, html, pdf = read_parts(message)
    assert text[0] == "text/plain"
    assert str(text[2]).startswith("Beste Özlem d'Hondt,\n\nU of iemand anders")
    # A text is not HTML: nothing in it is escaped, everything in the other is.
    assert "https://monitor.example/?a=1&b='s" in str(text[2])
    assert html[0] == "text/html"
    assert "Beste Özlem d&#x27;Hondt," in str(html[2])
    assert "https://monitor.example/?a=1&amp;b=&#x27;s" in str(html[2])
    assert pdf == ("application/pdf", "a.pdf", RECEIPT)


def test_an_address_without_a_name_is_greeted_all_the_same() -> None:
    send_mail_to("info@gemeente.example", template=TEMPLATE, context=LINK)

    (message,) = mail.outbox
    assert str(message.body).startswith("Goedendag,\n\n")


@pytest.mark.django_db
def test_the_worker_delivers_what_was_queued_when_the_transaction_succeeds(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    queued: list[str] = []
    monkeypatch.setattr(deliver_mail, "delay", lambda packed: queued.append(json.dumps(packed)))
    settings.EMAIL_BACKEND = "surveys.accounts.mail_backends.QueueBackend"
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    with django_capture_on_commit_callbacks() as callbacks:
        send_mail_to("een@gemeente.example", template=TEMPLATE, context=LINK)
    assert queued == []
    for callback in callbacks:
        callback()
    assert mail.outbox == []

    deliver_mail.apply([json.loads(queued[0])], throw=True)

    (message,) = mail.outbox
    assert message.to == ["een@gemeente.example"]
    assert [part[0] for part in read_parts(message)] == ["text/plain", "text/html"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_sends_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[object] = []
    monkeypatch.setattr(deliver_mail, "delay", queued.append)
    settings.EMAIL_BACKEND = "surveys.accounts.mail_backends.QueueBackend"

    def send_and(error: type[Exception] | None) -> None:
        with transaction.atomic():
            send_mail_to("een@gemeente.example", template=TEMPLATE, context=LINK)
            if error:
                raise error

    with pytest.raises(LookupError):
        send_and(LookupError)
    assert queued == []
    send_and(None)
    assert len(queued) == 1


def test_a_mail_server_that_refuses_is_tried_again_and_named_without_the_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DELIVERY_EMAIL_BACKEND = f"{__name__}.BrokenServer"
    waits: list[float] = []
    problems: list[BaseException] = []

    def note(self: Task, *, exc: BaseException, countdown: float) -> Retry:
        waits.append(countdown)
        problems.append(exc)
        return Retry(exc=exc)

    monkeypatch.setattr(Task, "retry", note)
    for attempt in range(RETRIES):
        deliver_mail.push_request(retries=attempt)
        with pytest.raises(Retry) as raised:
            deliver_mail.run(pack_message(make_message()))
        deliver_mail.pop_request()
        assert raised.value.__context__ is None

    assert waits == sorted(waits)
    assert waits[0] == 60
    assert {type(problem) for problem in problems} == {MailRefused}
    assert {str(problem) for problem in problems} == {"SMTPRecipientsRefused"}


def test_a_message_is_only_gone_when_it_is_delivered() -> None:
    assert deliver_mail.acks_late


def test_without_a_mail_server_every_mail_is_printed_and_kept_as_a_file(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.MAIL_DIR = tmp_path / "mail"

    FolderBackend().send_messages([make_message(), make_message()])

    files = sorted(settings.MAIL_DIR.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    parsed = message_from_bytes(files[0].read_bytes(), policy=default)
    assert parsed["To"] == "naar@gemeente.example"
    assert "Ontvangst van 's-Hertogenbosch" in capsys.readouterr().out
