"""The screens under /beheer/ to run waves and to read what was published."""

from typing import Any, cast

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from surveys.accounts.models import Person
from surveys.questionnaire.access import access_version, access_wave
from surveys.questionnaire.forms import MoveDeadlineForm, PlanWaveForm
from surveys.questionnaire.lifecycle import (
    WaveTransitionRefused,
    close_wave,
    move_deadline,
    open_wave,
    plan_wave,
    publish_results,
)
from surveys.questionnaire.models import Wave
from surveys.questionnaire.outline import outline_definition
from surveys.questionnaire.queries import (
    list_changes_since_former,
    list_versions,
    list_wave_history,
    list_waves,
    load_definition,
    summarise_frame,
    verify_checksum,
)
from surveys.territory.queries import UnknownDate

TITLE = "Metingen"
ICON = "calendar-check"
RUN_WAVES = "questionnaire.run_waves"


class RunWavesView(WagtailAdminTemplateMixin):
    """What the screens share: Wagtail's page furniture, and Wagtail's refusal without the permission."""

    header_icon = ICON

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_run = request.user.has_perm(RUN_WAVES)
        response: HttpResponseBase = (
            super().dispatch(request, *args, **kwargs) if may_run else permission_denied(request)
        )
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.list_trail()]

    def list_trail(self) -> list[dict[str, Any]]:
        """The path from the admin's home to this screen."""
        return [
            {"url": reverse("questionnaire:waves"), "label": TITLE},
            {"url": "", "label": self.get_page_title()},
        ]


class WaveListView(RunWavesView, TemplateView):
    template_name = "questionnaire/wave_list.html"
    page_title = TITLE

    def list_trail(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"waves": list_waves(), "versions": list_versions()}


class PlanWaveView(RunWavesView, FormView):  # type: ignore[type-arg]
    template_name = "questionnaire/wave_form.html"
    form_class = PlanWaveForm
    page_title = "Meting plannen"
    extra_context = {"cancel_url": reverse_lazy("questionnaire:waves")}

    def form_valid(self, form: PlanWaveForm) -> HttpResponse:
        try:
            wave = plan_wave(**form.cleaned_data, by=self.person)
        except UnknownDate as unknown:
            form.add_error("reference_date", str(unknown))
        except WaveTransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(self.request, f"{wave} is gepland. Open de meting als iedereen mag beginnen.")
            return redirect("questionnaire:wave", wave.code)
        return self.form_invalid(form)


class WaveView(RunWavesView):
    """A screen about one wave."""

    @cached_property
    def wave(self) -> Wave:
        return access_wave(self.kwargs["wave"])

    @property
    def wave_url(self) -> str:
        return reverse("questionnaire:wave", args=[self.wave.code])

    def get_page_subtitle(self) -> str:
        return self.wave.title

    def list_trail(self) -> list[dict[str, Any]]:
        overview, here = super().list_trail()
        return [overview, {"url": self.wave_url, "label": self.wave.title}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wave": self.wave}


class WaveDetailView(WaveView, TemplateView):
    template_name = "questionnaire/wave.html"
    page_title = "Meting"

    def list_trail(self) -> list[dict[str, Any]]:
        overview, wave, _ = super().list_trail()
        return [overview, wave | {"url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"frame": summarise_frame(self.wave), "history": list_wave_history(self.wave)}


class WaveStepView(WaveView, FormView):  # type: ignore[type-arg]
    """Say what the step does, take it when it is confirmed, and go back to the wave."""

    template_name = "questionnaire/wave_form.html"
    form_class: type[Form] = Form
    consequence = ""
    done_message = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"consequence": self.consequence, "cancel_url": self.wave_url}

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            self.take_step(form)
        except WaveTransitionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.done_message.format(self.wave))
        return redirect(self.wave_url)

    def take_step(self, form: Form) -> None:
        raise NotImplementedError


class OpenWaveView(WaveStepView):
    page_title = "Openen"
    consequence = "Gemeenten en jeugdregio's kunnen daarna invullen, van de eerste tot en met de laatste dag."
    done_message = "{} is open."

    def take_step(self, form: Form) -> None:
        open_wave(self.wave, by=self.person)


class CloseWaveView(WaveStepView):
    page_title = "Sluiten"
    consequence = (
        "Niemand kan daarna nog invullen of indienen. Wat niet is ingediend, telt niet mee. "
        "U kunt de meting weer openen zolang de resultaten niet openbaar zijn."
    )
    done_message = "{} is gesloten."

    def take_step(self, form: Form) -> None:
        close_wave(self.wave, by=self.person)


class MoveDeadlineView(WaveStepView):
    form_class = MoveDeadlineForm
    page_title = "Laatste dag wijzigen"
    consequence = "Iedereen die invult, ziet de nieuwe datum meteen."
    done_message = "De laatste dag van {} is gewijzigd."

    def get_initial(self) -> dict[str, Any]:
        return {"closes_on": self.wave.closes_on, "preferably_before": self.wave.preferably_before}

    def take_step(self, form: Form) -> None:
        move_deadline(self.wave, **form.cleaned_data, by=self.person)


class PublishResultsView(WaveStepView):
    page_title = "Resultaten openbaar maken"
    consequence = (
        "Iedereen kan de resultaten daarna zien en downloaden. Dit kunt u niet terugdraaien, "
        "en de meting kan niet meer open."
    )
    done_message = "De resultaten van {} zijn openbaar."

    def take_step(self, form: Form) -> None:
        publish_results(self.wave, by=self.person)


class VersionView(RunWavesView, TemplateView):
    """What a published version asks, to read only: it never changes."""

    template_name = "questionnaire/version.html"
    header_icon = "form"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = access_version(survey=kwargs["survey"], number=kwargs["number"])
        self.page_title = str(version)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "version": version,
            "sections": outline_definition(load_definition(version)),
            "changes": list_changes_since_former(version),
            "is_unchanged": verify_checksum(version),
        }
