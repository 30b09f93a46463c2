"""The screens under /beheer/uitnodigen/: whom we invite, and the way to everything else."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from surveys.accounts.models import Person
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
ROWS_PER_PAGE = 50
MAILINGS_SHOWN = 10


class InviteView(WagtailAdminTemplateMixin, View):
    """What the screens share: Wagtail's page furniture, and Wagtail's refusal without the permission."""

    header_icon = ICON

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_invite = request.user.has_perm(INVITE)
        response: HttpResponseBase = (
            super().dispatch(request, *args, **kwargs) if may_invite else permission_denied(request)
        )
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.list_trail()]

    def list_trail(self) -> list[dict[str, Any]]:
        """The path from the admin's home to this screen."""
        return [{"url": "", "label": TITLE}]

    def show_page(self, rows: Any) -> dict[str, Any]:
        """`?p=` is the page, as everywhere in Wagtail."""
        paginator = Paginator(rows, ROWS_PER_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        return {"page": page, "elided_page_range": paginator.get_elided_page_range(page.number)}


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

    def list_trail(self) -> list[dict[str, Any]]:
        return [
            {"url": self.overview_url, "label": f"{TITLE}: {self.wave.title}"},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wave": self.wave, "overview_url": self.overview_url}


class OverviewView(WaveInviteView, TemplateView):
    """Every organisation that the wave asks; `?stand=`, `?begonnen=` and `?zoek=` narrow it."""

    template_name = "outreach/overview.html"
    page_title = TITLE

    def list_trail(self) -> list[dict[str, Any]]:
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


class OutreachFormView(WaveInviteView, FormView):  # type: ignore[type-arg]
    """Ask, do it, and go back; what is refused is said on the form."""

    template_name = "outreach/form.html"
    form_class: type[Form] = Form
    consequence = ""
    submit_label = "Opslaan"

    @property
    def back_url(self) -> str:
        return self.overview_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "consequence": self.consequence,
            "submit_label": self.submit_label,
            "cancel_url": self.back_url,
        }

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done = self.act(form)
        except OutreachRefused as refusal:
            for problem in refusal.args:
                form.add_error(None, problem)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.back_url)

    def act(self, form: Form) -> str:
        """Do it and say in Dutch what was done. Raises OutreachRefused."""
        raise NotImplementedError


class AdoptView(OutreachFormView):
    page_title = "Coördinatoren overnemen"
    submit_label = "Overnemen"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = len(list_known_coordinators(self.wave))
        self.consequence = (
            "Heeft een organisatie nog geen contactpersoon, maar kennen wij wel een coördinator? Die wordt dan de "
            f"contactpersoon. Het gaat nu om dit aantal organisaties: {number}. U kunt het daarna per organisatie "
            "wijzigen. Er gaat nog geen mail weg."
        )
        return super().get_context_data(**kwargs)

    def act(self, form: Form) -> str:
        return f"Contactpersonen overgenomen: {adopt_coordinators(self.wave, by=self.person)}."
