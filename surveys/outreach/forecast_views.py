"""Beforehand: who gets which reminder on which day, who does not and why, and the mail itself."""

from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.accounts.models import Organisation
from surveys.outreach.access import access_asked_organisation, access_reminder_step
from surveys.outreach.lifecycle.reminder_plan import skip_organisation, stop_skipping
from surveys.outreach.models import ReminderStep
from surveys.outreach.reminder_forms import SkipForm
from surveys.outreach.reminder_queries import forecast_reminders, list_steps, load_candidates
from surveys.outreach.reminder_views import ReminderView
from surveys.outreach.reminders import preview_reminders
from surveys.outreach.reminding import STAGE_LABELS, Decision, find_obstacle
from surveys.outreach.views import OutreachStepView

GETS, GETS_NOT = "krijgt", "krijgt-niet"


def name_step(step: ReminderStep) -> str:
    return f"{step.get_purpose_display()}, {step.days_before} dagen voor {step.get_deadline_display()}"


def narrow_decisions(decisions: tuple[Decision, ...], *, who: str, sought: str) -> list[Decision]:
    """By name; an unknown word for `who` leaves everybody in, `sought` is part of a name, code, address or reason."""
    part = sought.strip().casefold()
    found = [
        each
        for each in decisions
        if (who != GETS or each.goes) and (who != GETS_NOT or not each.goes) and part in _list_words(each)
    ]
    return sorted(found, key=lambda each: (each.candidate.name, each.candidate.code))


def _list_words(decision: Decision) -> str:
    addresses = [each.address for each in decision.addressees]
    candidate = decision.candidate
    return "\n".join([candidate.name, candidate.code, decision.reason, *addresses]).casefold()


class ForecastView(ReminderView, TemplateView):
    """`?dag=` is the day (2026-12-01), by default the first; `?wie=` and `?zoek=` narrow it."""

    template_name = "outreach/forecast.html"
    page_title = "Vooruitblik"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = forecast_reminders(self.wave, now=timezone.now())
        day = read_day(self.request.GET.get("dag", ""))
        plan = next((each for each in plans if each.day == day), plans[0] if plans else None)
        who = self.request.GET.get("wie", "")
        sought = self.request.GET.get("zoek", "").strip()[:100]
        found = narrow_decisions(plan.decisions, who=who, sought=sought) if plan else []
        steps = {step.pk: step for step in list_steps(self.wave)}
        page = self.show_page(found)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "plans": plans,
            "plan": plan,
            "who": who,
            "sought": sought,
            "rows": [
                {
                    "decision": each,
                    "stage": STAGE_LABELS[each.candidate.stage],
                    "step": steps[each.step.id] if each.step else None,
                    "is_skipped": each.candidate.is_skipped or each.candidate.skipped_steps,
                }
                for each in page["page"]
            ],
            **page,
        }


def read_day(text: str) -> date | None:
    """None for what is no day."""
    try:
        return parse_date(text)
    except ValueError:
        return None


class OneOrganisationView(ReminderView):
    @cached_property
    def organisation(self) -> Organisation:
        return access_asked_organisation(self.wave, self.kwargs["organisation"])

    @property
    def forecast_url(self) -> str:
        return reverse("outreach:forecast", args=[self.wave.code])


class ReminderLettersView(OneOrganisationView, TemplateView):
    """The very mails that one organisation would get of one reminder."""

    template_name = "outreach/reminder_letters.html"

    def get_page_title(self) -> str:
        return f"Voorbeeld voor {self.organisation}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = access_reminder_step(self.wave, self.kwargs["step"])
        (candidate,) = load_candidates(self.wave, code=self.organisation.pk)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "step": step,
            "letters": preview_reminders(step, self.organisation, addressees=candidate.addressees),
            "obstacle": find_obstacle(candidate),
            "forecast_url": self.forecast_url,
        }


class SkipView(OneOrganisationView, OutreachStepView):
    form_class = SkipForm
    button = "Overslaan"

    def get_page_title(self) -> str:
        return f"{self.organisation} overslaan"

    @property
    def cancel_url(self) -> str:
        return self.forecast_url

    def get_form_kwargs(self) -> dict[str, Any]:
        steps = {str(step.pk): name_step(step) for step in list_steps(self.wave)}
        return {**super().get_form_kwargs(), "steps": steps}

    def get_done_message(self) -> str:
        return f"{self.organisation} wordt overgeslagen."

    def take_step(self, form: Form) -> str:
        chosen = form.cleaned_data["step"]
        step = access_reminder_step(self.wave, int(chosen)) if chosen else None
        skip_organisation(
            self.wave, self.organisation, step=step, reason=form.cleaned_data["reason"], by=self.person
        )
        return self.forecast_url


class StopSkippingView(OneOrganisationView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stop_skipping(self.wave, self.organisation, by=self.person)
        messages.success(request, f"{self.organisation} krijgt weer herinneringen.")
        return redirect(self.forecast_url)
