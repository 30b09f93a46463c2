"""The screens under /beheer/bijhouden/ on which editors see what no longer holds: links and old cases."""

from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.generic import TemplateView
from wagtail.admin import messages

from practices.ageing.lifecycle import BeingEdited, confirm_case
from practices.ageing.queries import EDITORS, access_case_of_editors, describe_ageing, select_ageing
from practices.links.queries import count_links, select_faults
from practices.links.tasks import start_checking
from practices.models import PracticePage
from surveys.administration.pages import AdministrationView, StepView, Trail

MAINTAIN = "practices.maintain_library"


class LinksView(AdministrationView, TemplateView):
    permissions = (MAINTAIN,)
    page_title = "Links controleren"
    header_icon = "link"
    template_name = "practices/upkeep/links.html"
    rows_per_page = 50

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            **self.show_page(select_faults()),
            "is_on": settings.LINK_CHECKS,
            "counts": count_links(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        start_checking.delay()
        messages.success(request, "De controle begint zo. Dat duurt een paar minuten.")
        return redirect("upkeep:links")


class AgeingView(AdministrationView, TemplateView):
    permissions = (MAINTAIN,)
    page_title = "Verouderde voorbeelden"
    header_icon = "time"
    template_name = "practices/upkeep/ageing.html"
    rows_per_page = 50

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.show_page(select_ageing(today=localdate()))
        cases = [describe_ageing(page) for page in shown["page"]]
        return {**super().get_context_data(**kwargs), **shown, "cases": cases, "editors": EDITORS}


class ConfirmView(StepView):
    permissions = (MAINTAIN,)
    refusals = (BeingEdited,)
    page_title = "Voorbeeld nagekeken"
    header_icon = AgeingView.header_icon
    button = "Het klopt nog"
    done_message = "Het voorbeeld is nagekeken. Over een jaar staat het weer in de lijst."

    @cached_property
    def case(self) -> PracticePage:
        return access_case_of_editors(self.kwargs["case"])

    @property
    def cancel_url(self) -> str:
        return reverse("upkeep:ageing")

    def list_trail(self) -> Trail:
        return [{"url": self.cancel_url, "label": AgeingView.page_title}, *super().list_trail()]

    def get_consequence(self) -> str:
        return (
            f"U hebt ‘{self.case.title}’ nagekeken en alles klopt nog. De datum gaat een jaar vooruit, en u hoort er "
            "dan weer van. Klopt er iets niet? Bewerk dan eerst het voorbeeld."
        )

    def take_step(self, form: Form) -> str:
        confirm_case(self.case, by=self.person)
        return self.cancel_url
