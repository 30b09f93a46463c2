"""The screens under /beheer/uitnodigen/: whom we invite, and the way to everything else."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.outreach.access import access_inviting_wave
from surveys.outreach.lifecycle.contacts import adopt_coordinators
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.models import Contact, Purpose
from surveys.outreach.overview import count_states, narrow_organisations
from surveys.outreach.queries import list_invited_organisations, list_known_coordinators, list_mailings
from surveys.questionnaire.models import Wave

TITLE = "Uitnodigen"
ICON = "mail"
INVITE = "outreach.invite_organisations"
MAILINGS_SHOWN = 10


class InviteView(AdministrationView):
    header_icon = ICON
    permissions = (INVITE,)


class StartView(InviteView, TemplateView):
    """To the wave that is open, or else the newest."""

    template_name = "outreach/no_wave.html"
    page_title = TITLE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "meting" in request.GET:
            return redirect("outreach:overview", access_inviting_wave(request.GET["meting"]).code)
        waves = sorted(Wave.objects.all(), key=lambda wave: wave.status != Wave.Status.OPEN)
        if waves:
            return redirect("outreach:overview", waves[0].code)
        return super().get(request, *args, **kwargs)


class WaveInviteView(InviteView):
    """A screen about inviting for one wave."""

    @cached_property
    def wave(self) -> Wave:
        return access_inviting_wave(self.kwargs["wave"])

    @property
    def overview_url(self) -> str:
        return reverse("outreach:overview", args=[self.wave.code])

    def list_trail(self) -> Trail:
        return [{"url": self.overview_url, "label": f"{TITLE}: {self.wave.title}"}, *super().list_trail()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wave": self.wave, "overview_url": self.overview_url}


class OverviewView(WaveInviteView, TemplateView):
    """Every organisation that the wave asks; `?stand=`, `?begonnen=` and `?zoek=` narrow it."""

    template_name = "outreach/overview.html"
    page_title = TITLE

    def list_trail(self) -> Trail:
        return [{"url": "", "label": f"{TITLE}: {self.wave.title}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = {
            name: self.request.GET.get(name, "").strip()[:100] for name in ("stand", "begonnen", "zoek")
        }
        rows = list_invited_organisations(self.wave)
        found = narrow_organisations(
            rows, state=chosen["stand"], started=chosen["begonnen"], sought=chosen["zoek"]
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "waves": Wave.objects.all(),
            "chosen": chosen,
            "states": count_states(rows),
            "number": len(rows),
            "can_be_invited": sum(row.can_be_invited for row in rows),
            "mailings": list_mailings(self.wave)[:MAILINGS_SHOWN],
            "purposes": Purpose.choices,
            **self.show_page(found),
        }


class DrawUpView(WaveInviteView):
    """Put the invitations ready of the organisations that were ticked, or of all that were not invited yet."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ready = [row.code for row in list_invited_organisations(self.wave) if row.can_be_invited]
        ticked = set(request.POST.getlist("organisatie"))
        chosen = ready if "alle" in request.POST else [code for code in ready if code in ticked]
        contacts = Contact.objects.filter(wave=self.wave, is_active=True, organisation__in=chosen)
        if not chosen:
            messages.error(request, "Kies ten minste één organisatie die nog niet is uitgenodigd.")
            return redirect(self.overview_url)
        try:
            mailing = draw_up_mailing(
                self.wave,
                purpose=Purpose.INVITATION,
                recipients=map(address_contact, contacts),
                by=self.person,
            )
        except OutreachRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.overview_url)
        return redirect("outreach:mailing", self.wave.code, mailing.pk)


class OutreachStepView(WaveInviteView, StepView):
    """A step for one wave, and back to the overview; a refusal may have several reasons."""

    refusals = (OutreachRefused,)
    button = "Opslaan"

    @property
    def cancel_url(self) -> str:
        return self.overview_url

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        form.add_error(None, list(refusal.args))


class AdoptView(OutreachStepView):
    page_title = "Coördinatoren overnemen"
    button = "Overnemen"

    def get_consequence(self) -> str:
        number = len(list_known_coordinators(self.wave))
        return (
            "Heeft een organisatie nog geen contactpersoon, maar kennen wij wel een coördinator? Die wordt dan de "
            f"contactpersoon. Het gaat nu om dit aantal organisaties: {number}. U kunt het daarna per organisatie "
            "wijzigen. Er gaat nog geen mail weg."
        )

    def take_step(self, form: Form) -> str:
        number = adopt_coordinators(self.wave, by=self.person)
        self.done_message = f"Contactpersonen overgenomen: {number}."
        return self.overview_url
