"""One mail: what became of it, and what a researcher notes or decides about it. Also bounces, many at once."""

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.outreach.access import access_message
from surveys.outreach.contact_list import UnreadableList
from surveys.outreach.forms import BounceForm, BouncesForm, ReplyForm
from surveys.outreach.lifecycle.messages import (
    CAN_BOUNCE,
    CAN_GO_AGAIN,
    confirm_sent,
    note_bounce,
    note_bounces,
    send_again,
)
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.replies import note_reply
from surveys.outreach.list_file import is_address, read_rows, read_upload
from surveys.outreach.models import Message
from surveys.outreach.views import OutreachStepView, WaveInviteView

SEPARATORS = re.compile(r"[\s,;<>()\"']+")
NAMED_UNKNOWN = 20


class MessageView(WaveInviteView):
    @cached_property
    def message(self) -> Message:
        return access_message(self.wave, self.kwargs["message"])

    @property
    def message_url(self) -> str:
        return reverse("outreach:message", args=[self.wave.code, self.message.pk])

    def get_page_subtitle(self) -> str:
        return str(self.message.organisation)


class MessageDetailView(MessageView, TemplateView):
    template_name = "outreach/message.html"
    page_title = "Mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "message": self.message,
            "replies": self.message.replies.select_related("recorded_by"),
            "can_bounce": self.message.status in CAN_BOUNCE,
            "can_go_again": self.message.status in CAN_GO_AGAIN,
            "is_unclear": self.message.status == Message.Status.UNCLEAR,
        }


class MessageStepView(MessageView, OutreachStepView):
    """A step with one mail, and back to it."""

    @property
    def cancel_url(self) -> str:
        return self.message_url


class BounceView(MessageStepView):
    form_class = BounceForm
    page_title = "Mail kwam terug"
    consequence = "Geef de organisatie daarna een ander adres. Dan kunt u haar opnieuw uitnodigen."
    done_message = "Genoteerd dat de mail terugkwam."

    def take_step(self, form: Form) -> str:
        note_bounce(self.message, reason=form.cleaned_data["reason"], by=self.person)
        return self.message_url


class ReplyView(MessageStepView):
    form_class = ReplyForm
    page_title = "Reactie noteren"
    done_message = "De reactie is genoteerd."

    def take_step(self, form: Form) -> str:
        note_reply(self.message, by=self.person, **form.cleaned_data)
        return self.message_url


class SettleView(MessageView):
    """An uncertain mail arrived after all, or a mail that did not arrive goes again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if self.kwargs["step"] == "aangekomen":
                confirm_sent(self.message, by=self.person)
                messages.success(request, "De mail geldt nu als verstuurd.")
            else:
                send_again(self.message, by=self.person)
                messages.success(request, "De mail gaat opnieuw naar hetzelfde adres.")
        except OutreachRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.message_url)


class BouncesView(OutreachStepView):
    """Many at once, from what a mail server or a colleague hands over."""

    form_class = BouncesForm
    page_title = "Teruggekomen mails"
    button = "Noteren"
    consequence = "Van elk adres noteren wij dat de laatste mail van deze meting terugkwam."

    def take_step(self, form: Form) -> str:
        text = form.cleaned_data["addresses"]
        if form.cleaned_data["file"]:
            text = f"{text}\n{read_text(form.cleaned_data['file'])}"
        addresses = {word.lower() for word in SEPARATORS.split(text) if is_address(word)}
        if not addresses:
            raise OutreachRefused("Wij vinden hier geen e-mailadres in.")
        number, unknown = note_bounces(self.wave, addresses, by=self.person)
        if unknown:
            listed = ", ".join(unknown[:NAMED_UNKNOWN]) + (" en meer" if len(unknown) > NAMED_UNKNOWN else "")
            messages.warning(self.request, f"Naar deze adressen ging geen mail die nog open stond: {listed}.")
        self.done_message = f"Teruggekomen mails genoteerd: {number}."
        return self.overview_url


def read_text(file: "UploadedFile[bytes]") -> str:
    """What is in the file as text, whatever its columns are. Raises OutreachRefused."""
    try:
        content, name = read_upload(file), (file.name or "").lower()
        if not name.endswith(".xlsx"):
            return content.decode("utf-8", errors="replace")
        return "\n".join(" ".join(row) for row in read_rows(content, name=name))
    except UnreadableList as refusal:
        raise OutreachRefused(str(refusal)) from refusal
