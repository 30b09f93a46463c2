"""One mailing: what will go, start, stop and go on, how far it is, and what became of every mail."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.outreach.access import access_mailing
from surveys.outreach.lifecycle.mailings import (
    discard_mailing,
    resume_mailing,
    start_mailing,
    stop_mailing,
)
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Mailing, Message
from surveys.outreach.previews import preview_letter
from surveys.outreach.queries import count_messages, list_mailings, list_messages
from surveys.outreach.views import WaveInviteView

Status = Message.Status

STEPS: dict[str, tuple[Callable[..., object], str]] = {
    "starten": (start_mailing, "De mails worden nu verstuurd. U kunt dit scherm verlaten."),
    "stoppen": (stop_mailing, "Het versturen is gestopt. Een mail die net onderweg was, gaat nog weg."),
    "hervatten": (resume_mailing, "Het versturen gaat verder waar het was gebleven."),
    "weggooien": (discard_mailing, "De verzending is weggegooid. Er is niets verstuurd."),
}


class MailingListView(WaveInviteView, TemplateView):
    template_name = "outreach/mailing_list.html"
    page_title = "Verzendingen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | self.show_page(list_mailings(self.wave))


class OneMailingView(WaveInviteView):
    @cached_property
    def mailing(self) -> Mailing:
        return access_mailing(self.wave, self.kwargs["mailing"])

    @property
    def mailing_url(self) -> str:
        return reverse("outreach:mailing", args=[self.wave.code, self.mailing.pk])


class MailingView(OneMailingView, TemplateView):
    """The send log; `?stand=` narrows it to one status."""

    template_name = "outreach/mailing.html"

    def get_page_title(self) -> str:
        return f"{self.mailing.get_purpose_display().capitalize()} versturen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        status = self.request.GET.get("stand", "")
        counts = count_messages(self.mailing)
        log = list_messages(self.mailing)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "mailing": self.mailing,
            "counts": [(value, label, counts[value]) for value, label in Status.choices if value in counts],
            "state": describe_progress(self.mailing, counts=counts, url=self.mailing_url),
            "status": status,
            "letter": self.preview() if self.mailing.status == Mailing.Status.DRAFT else None,
            **self.show_page(log.filter(status=status) if status in Status.values else log),
        }

    def preview(self) -> object:
        first = list_messages(self.mailing)[0]
        return preview_letter(self.wave, purpose=self.mailing.purpose, organisation=first.organisation)


class ProgressView(OneMailingView):
    """For static/js/progress.js."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        return JsonResponse(
            describe_progress(self.mailing, counts=count_messages(self.mailing), url=self.mailing_url)
        )


class MailingStepView(OneMailingView):
    """Start, stop, go on or throw away; the last word of the address says which."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step, done = STEPS[self.kwargs["step"]]
        target = self.overview_url if self.kwargs["step"] == "weggooien" else self.mailing_url
        try:
            step(self.mailing, by=self.person)
        except OutreachRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.mailing_url)
        messages.success(request, done)
        return redirect(target)


def describe_progress(mailing: Mailing, *, counts: dict[str, int], url: str) -> dict[str, Any]:
    """How far the mailing is, with a sentence; `status` is what progress.js knows: it follows until `done`."""
    number = sum(counts.values())
    waiting = sum(counts.get(status, 0) for status in Message.UNFINISHED)
    settled = number - waiting
    trouble = sum(counts.get(status, 0) for status in (Status.FAILED, Status.UNCLEAR, Status.BOUNCED))
    attention = f" Niet aangekomen of onzeker: {trouble}." if trouble else ""
    is_sending = mailing.status == Mailing.Status.SENDING
    return {
        "status": "running" if is_sending else "done",
        "progress": 100 * settled // number if number else 100,
        "message": f"{mailing.get_status_display().capitalize()}. Afgehandeld: {settled} van {number}.{attention}",
        "file_url": None if is_sending else url,
    }
