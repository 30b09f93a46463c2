from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.fieldwork.access import access_watched_municipality
from surveys.fieldwork.provenance import list_disputes, list_provenance, list_speaking_responses
from surveys.fieldwork.views import WatchedWaveView
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.trail.recording import record


class MunicipalityView(WatchedWaveView, TemplateView):
    """Which answer holds for one municipality, and where it comes from.

    Whoever reads answers leaves a line in the audit log.
    """

    template_name = "fieldwork/municipality.html"

    @cached_property
    def municipality(self) -> FrameMunicipality:
        return access_watched_municipality(
            wave_code=self.kwargs["wave"], municipality_code=self.kwargs["municipality"]
        )

    @cached_property
    def wave(self) -> Wave:
        return self.municipality.wave

    def get_page_title(self) -> str:
        return self.municipality.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        municipality = self.municipality
        responses = list_speaking_responses(municipality)
        for response in responses:
            record(response, "fieldwork.read", by=self.person)
        return super().get_context_data(**kwargs) | {
            "municipality": municipality,
            "responses": responses,
            "sections": list_provenance(municipality, responses=responses),
        }


class DisputesView(WatchedWaveView, TemplateView):
    """What municipalities say is not true of the answers given in their name, in their own words.

    Whoever reads those leaves a line in the audit log.
    """

    template_name = "fieldwork/disputes.html"
    page_title = "Betwiste antwoorden"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.show_page(list_disputes(self.wave))
        regions = sorted({dispute.region.organisation_id for dispute in shown["page"].object_list})
        record(self.wave, "fieldwork.read", by=self.person, organisations=regions)
        return super().get_context_data(**kwargs) | {
            "overview_url": reverse("fieldwork:overview", args=[self.wave.code]),
            **shown,
        }
