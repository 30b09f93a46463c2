"""The send log of a mailing, or of everything that was sent in a wave, as a file."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from surveys.outreach.mailing_views import OneMailingView
from surveys.outreach.models import Mailing, Message
from surveys.outreach.queries import list_messages, list_wave_messages
from surveys.outreach.send_log import build_send_log
from surveys.outreach.views import WaveInviteView
from surveys.questionnaire.models import Wave
from surveys.tabular.sending import TABLE_FORMATS, send_workbook
from surveys.trail.recording import record


class WaveSendLogView(WaveInviteView):
    """Whoever takes addresses along leaves a line in the trail."""

    @property
    def subject(self) -> Wave | Mailing:
        """What the log is of, under which the line stands."""
        return self.wave

    @property
    def file_name(self) -> str:
        return f"maatregelenmonitor_{self.wave.code}_verzendlijst"

    def list_messages(self) -> QuerySet[Message]:
        return list_wave_messages(self.wave)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file_format = self.kwargs["file_format"]
        if file_format not in TABLE_FORMATS:
            raise Http404("There is no such file.")
        subject, messages = self.subject, list(self.list_messages())
        facts = [
            ("Meting", f"{self.wave.title} ({self.wave.code})"),
            ("Gemaakt op", date_format(timezone.localtime(), "j F Y, H:i")),
        ]
        record(subject, "outreach.download", by=self.person, format=file_format, number=len(messages))
        return send_workbook(
            build_send_log(messages, facts=facts), name=self.file_name, file_format=file_format
        )


class MailingSendLogView(OneMailingView, WaveSendLogView):
    @property
    def subject(self) -> Mailing:
        return self.mailing

    @property
    def file_name(self) -> str:
        return f"{super().file_name}_{self.mailing.pk}"

    def list_messages(self) -> QuerySet[Message]:
        return list_messages(self.mailing)
