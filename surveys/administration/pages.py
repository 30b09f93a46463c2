"""What the screens under /beheer/ share: who may enter, where a screen stands, lists in pages, and steps."""

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from surveys.accounts.models import Person

Trail = list[dict[str, Any]]


class AdministrationView(WagtailAdminTemplateMixin, View):
    """A screen in Wagtail's page furniture, with Wagtail's refusal for who may not see it.

    Any of `permissions` lets somebody in, when they have each of `also_needed` besides.
    """

    permissions: tuple[str, ...] = ()
    also_needed: tuple[str, ...] = ()
    rows_per_page = 50

    @property
    def person(self) -> Person:
        return cast("Person", self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may_enter = any(map(request.user.has_perm, self.permissions))
        if may_enter and request.user.has_perms(self.also_needed):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        else:
            response = permission_denied(request)
        return response

    def get_breadcrumbs_items(self) -> Trail:
        return [*self.breadcrumbs_items, *self.list_trail()]

    def list_trail(self) -> Trail:
        """The path from the admin's home to this screen, which comes last and has no address."""
        return [{"url": "", "label": self.get_page_title()}]

    def find_page(self, rows: Any, *, key: str) -> Page[Any]:
        """The page of a list that the address asks for under `key`, or else the first or the last that there is.

        For a screen with more lists, together with `administration/list_pages.html`.
        """
        return Paginator(rows, self.rows_per_page).get_page(self.request.GET.get(key))

    def show_page(self, rows: Any) -> dict[str, Any]:
        """The page, and what Wagtail's `pagination_nav.html` needs to link to the others."""
        page = self.find_page(rows, key="p")
        return {"page": page, "elided_page_range": page.paginator.get_elided_page_range(page.number)}


class StepView(AdministrationView, FormView):  # type: ignore[type-arg]
    """Say what a step does, take it once it is confirmed, say that it was done, and go on.

    When the step is refused the page comes back with the reason above the form and everything that was typed.
    """

    template_name = "administration/step.html"
    form_class: type[Form] = Form
    refusals: tuple[type[Exception], ...] = ()
    button = ""  # the page's title when it is empty
    button_class = ""
    consequence = ""
    done_message = ""

    @property
    def cancel_url(self) -> str:
        """Where somebody goes who does not take the step."""
        raise NotImplementedError

    def get_consequence(self) -> str:
        return self.consequence

    def get_done_message(self) -> str:
        return self.done_message

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            url = self.take_step(form)
        except self.refusals as refusal:
            self.explain_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.get_done_message())
        return redirect(url)

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def take_step(self, form: Any) -> str:
        """Take it, and return the address to go on to. Raises `refusals`."""
        raise NotImplementedError

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        """Put the reason, which is Dutch, on the form."""
        form.add_error(None, str(refusal))
