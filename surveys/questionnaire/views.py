"""The screens under /beheer/ to run waves and to read what was published."""

from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.questionnaire.access import access_version, access_wave
from surveys.questionnaire.forms import MoveDeadlineForm, PlanWaveForm
from surveys.questionnaire.lifecycle import (
    WaveTransitionRefused,
    close_wave,
    move_deadline,
    open_wave,
    plan_wave,
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
from surveys.trail.history import link_history

TITLE = "Metingen"
ICON = "calendar-check"
RUN_WAVES = "questionnaire.run_waves"


class RunWavesView(AdministrationView):
    header_icon = ICON
    permissions = (RUN_WAVES,)

    def list_trail(self) -> Trail:
        return [{"url": reverse("questionnaire:waves"), "label": TITLE}, *super().list_trail()]


class WaveListView(RunWavesView, TemplateView):
    template_name = "questionnaire/wave_list.html"
    page_title = TITLE

    def list_trail(self) -> Trail:
        return [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "waves": self.find_page(list_waves(), key="metingen"),
            "versions": self.find_page(list_versions(), key="vragenlijsten"),
        }


class PlanWaveView(RunWavesView, StepView):
    form_class = PlanWaveForm
    refusals = (UnknownDate, WaveTransitionRefused)
    page_title = "Meting plannen"

    @property
    def cancel_url(self) -> str:
        return reverse("questionnaire:waves")

    def take_step(self, form: Form) -> str:
        wave = plan_wave(**form.cleaned_data, by=self.person)
        self.done_message = f"{wave} is gepland. Open de meting als iedereen mag beginnen."
        return reverse("questionnaire:wave", args=[wave.code])

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        field = "reference_date" if isinstance(refusal, UnknownDate) else None
        form.add_error(field, str(refusal))


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

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": self.wave_url, "label": self.wave.title}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wave": self.wave}


class WaveDetailView(WaveView, TemplateView):
    template_name = "questionnaire/wave.html"
    page_title = "Meting"

    def list_trail(self) -> Trail:
        overview, wave, _ = super().list_trail()
        return [overview, wave | {"url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "frame": summarise_frame(self.wave),
            "history": list_wave_history(self.wave),
            "history_url": link_history(self.wave),
        }


class WaveStepView(WaveView, StepView):
    """A step with a wave, and back to it; `{}` in the message is the wave."""

    refusals = (WaveTransitionRefused,)

    @property
    def cancel_url(self) -> str:
        return self.wave_url

    def get_done_message(self) -> str:
        return self.done_message.format(self.wave)


class OpenWaveView(WaveStepView):
    page_title = "Openen"
    consequence = "Gemeenten en jeugdregio's kunnen daarna invullen, van de eerste tot en met de laatste dag."
    done_message = "{} is open."

    def take_step(self, form: Form) -> str:
        open_wave(self.wave, by=self.person)
        return self.wave_url


class CloseWaveView(WaveStepView):
    page_title = "Sluiten"
    consequence = (
        "Niemand kan daarna nog invullen of indienen. Wat niet is ingediend, telt niet mee. "
        "U kunt de meting weer openen zolang de resultaten niet openbaar zijn."
    )
    done_message = "{} is gesloten."

    def take_step(self, form: Form) -> str:
        close_wave(self.wave, by=self.person)
        return self.wave_url


class MoveDeadlineView(WaveStepView):
    form_class = MoveDeadlineForm
    page_title = "Laatste dag wijzigen"
    consequence = "Iedereen die invult, ziet de nieuwe datum meteen."
    done_message = "De laatste dag van {} is gewijzigd."

    def get_initial(self) -> dict[str, Any]:
        return {"closes_on": self.wave.closes_on, "preferably_before": self.wave.preferably_before}

    def take_step(self, form: Form) -> str:
        move_deadline(self.wave, **form.cleaned_data, by=self.person)
        return self.wave_url


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
