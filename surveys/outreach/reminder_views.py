"""The reminder plan of a wave: what goes when to whom, and what it will come down to per day."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.administration.pages import Trail
from surveys.outreach.access import access_reminder_step
from surveys.outreach.default_plan import PlannedStep
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.lifecycle.reminder_plan import add_step, adopt_default_plan, change_step, remove_step
from surveys.outreach.lifecycle.reminding import select_step, send_step_now
from surveys.outreach.models import ReminderStep
from surveys.outreach.reminder_forms import StepForm
from surveys.outreach.reminder_queries import forecast_reminders, list_steps
from surveys.outreach.reminding import ALMOST_COMPLETE, CATCH_UP, REMINDER_HOUR
from surveys.outreach.views import OutreachStepView, WaveInviteView


class ReminderView(WaveInviteView):
    @property
    def plan_url(self) -> str:
        return reverse("outreach:reminders", args=[self.wave.code])

    def list_trail(self) -> Trail:
        *path, here = super().list_trail()
        return [*path, {"url": self.plan_url, "label": "Herinneren"}, here]


class ReminderPlanView(ReminderView, TemplateView):
    template_name = "outreach/reminders.html"
    page_title = "Herinneren"

    def list_trail(self) -> Trail:
        return WaveInviteView.list_trail(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "steps": list_steps(self.wave),
            "plans": forecast_reminders(self.wave, now=timezone.now()),
            "hour": REMINDER_HOUR,
            "catch_up_days": CATCH_UP.days,
            "almost_percentage": round(100 * ALMOST_COMPLETE),
        }


class AdoptPlanView(ReminderView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            adopt_default_plan(self.wave, by=self.person)
        except OutreachRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, "Het standaardplan geldt nu voor deze meting. U kunt het hier wijzigen."
            )
        return redirect(self.plan_url)


class PlanStepView(ReminderView, OutreachStepView):
    """A step in the plan, and back to it."""

    @property
    def cancel_url(self) -> str:
        return self.plan_url

    @cached_property
    def step(self) -> ReminderStep:
        return access_reminder_step(self.wave, self.kwargs["step"])


class AddStepView(PlanStepView):
    page_title = "Herinnering toevoegen"
    form_class = StepForm
    button = "Toevoegen"
    done_message = "De herinnering staat in het plan."

    def take_step(self, form: Form) -> str:
        add_step(self.wave, PlannedStep(**form.cleaned_data), by=self.person)
        return self.plan_url


class ChangeStepView(PlanStepView):
    page_title = "Herinnering wijzigen"
    form_class = StepForm
    consequence = "Wie deze herinnering al kreeg, krijgt haar niet nog eens."
    done_message = "De herinnering is gewijzigd."

    def get_initial(self) -> dict[str, Any]:
        names = ("days_before", "deadline", "audience", "purpose", "is_active")
        return {name: getattr(self.step, name) for name in names}

    def take_step(self, form: Form) -> str:
        change_step(self.step, PlannedStep(**form.cleaned_data), by=self.person)
        return self.plan_url


class RemoveStepView(PlanStepView):
    page_title = "Herinnering weghalen"
    button = "Weghalen"
    consequence = "Deze herinnering gaat niet meer. Mails die al onderweg zijn, komen nog aan."
    done_message = "De herinnering staat niet meer in het plan."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"step": self.step}

    def take_step(self, form: Form) -> str:
        remove_step(self.step, by=self.person)
        return self.plan_url


class SendNowView(PlanStepView):
    """Who gets it now does not get it on its day."""

    page_title = "Herinnering nu versturen"
    button = "Nu versturen"

    def get_consequence(self) -> str:
        going = [each for each in select_step(self.step, at=timezone.now()) if each.goes]
        mails = sum(len(each.addressees) for each in going)
        return (
            f"{self.step.get_purpose_display()}, voor wie {self.step.get_audience_display()} is. Aantal organisaties "
            f"dat deze nu krijgt: {len(going)}. Aantal mails: {mails}. Wie deze nu krijgt, krijgt haar later niet "
            "nog eens."
        )

    def take_step(self, form: Form) -> str:
        number = send_step_now(self.step, by=self.person).messages.count()
        self.done_message = f"De herinnering wordt verstuurd. Aantal mails: {number}."
        return self.plan_url
