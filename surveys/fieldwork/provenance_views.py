from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.views.generic import TemplateView

from surveys.fieldwork.access import access_watched_municipality, access_watched_wave
from surveys.fieldwork.provenance import list_disputes, list_provenance, list_speaking_responses
from surveys.fieldwork.views import WatchView, list_breadcrumbs
from surveys.trail.recording import record


class MunicipalityView(WatchView, TemplateView):
    """Which answer holds for one municipality, and where it comes from.

    Whoever reads answers leaves a line in the audit log.
    """

    template_name = "fieldwork/municipality.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.codes = {"wave_code": kwargs["wave"], "municipality_code": kwargs["municipality"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        municipality = access_watched_municipality(**self.codes)
        responses = list_speaking_responses(municipality)
        for response in responses:
            record(response, "fieldwork.read", by=self.person)
        self.page_title = municipality.name
        self.breadcrumbs_items = list_breadcrumbs(municipality.wave, label=self.page_title)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "wave": municipality.wave,
            "municipality": municipality,
            "responses": responses,
            "sections": list_provenance(municipality, responses=responses),
        }


class DisputesView(WatchView, TemplateView):
    """What municipalities say is not true of the answers given in their name."""

    template_name = "fieldwork/disputes.html"
    page_title = "Betwiste antwoorden"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = access_watched_wave(kwargs["wave"])
        self.breadcrumbs_items = list_breadcrumbs(wave, label=self.page_title)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "wave": wave,
            "disputes": list_disputes(wave),
            "overview_url": reverse("fieldwork:overview", args=[wave.code]),
        }
