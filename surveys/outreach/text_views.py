"""What the mails say: write it, see it as one organisation would, send it to yourself."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages

from surveys.accounts.models import Organisation
from surveys.outreach.access import access_asked_organisation
from surveys.outreach.forms import TextForm
from surveys.outreach.lifecycle.texts import edit_text
from surveys.outreach.models import Purpose
from surveys.outreach.placeholders import DESCRIPTIONS
from surveys.outreach.previews import preview_letter
from surveys.outreach.purposes import RULES
from surveys.outreach.queries import list_asked_codes
from surveys.outreach.texts import load_text
from surveys.outreach.views import OutreachStepView, WaveInviteView


class PurposeView(WaveInviteView):
    """A screen about the text for one purpose, as one organisation would see it."""

    @cached_property
    def purpose(self) -> Purpose:
        if self.kwargs["purpose"] not in Purpose.values:
            raise Http404("There is no such text.")
        return Purpose(self.kwargs["purpose"])

    @property
    def text_url(self) -> str:
        return reverse("outreach:text", args=[self.wave.code, self.purpose])

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(Organisation.objects.filter(pk__in=list_asked_codes(self.wave)).order_by("name", "code"))

    def choose_organisation(self, code: str) -> Organisation | None:
        """The one that was chosen, or the first one. Raises Http404 for one that is not asked."""
        if code:
            return access_asked_organisation(self.wave, code)
        return self.organisations[0] if self.organisations else None


class TextView(PurposeView, OutreachStepView):
    template_name = "outreach/text.html"
    form_class = TextForm
    button = "Tekst opslaan"
    done_message = "De tekst is opgeslagen. Mails die al onderweg zijn, veranderen niet."

    def get_page_title(self) -> str:
        return f"Tekst: {self.purpose.label}"

    def get_initial(self) -> dict[str, Any]:
        subject, body = load_text(self.wave, purpose=self.purpose)
        return {"subject": subject, "body": body}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = self.choose_organisation(self.request.GET.get("organisatie", ""))
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "purpose": self.purpose,
            "names": [(name, DESCRIPTIONS[name]) for name in sorted(RULES[self.purpose].allowed)],
            "organisations": self.organisations,
            "organisation": organisation,
            "letter": organisation
            and preview_letter(self.wave, purpose=self.purpose, organisation=organisation),
        }

    def take_step(self, form: Form) -> str:
        edit_text(self.wave, purpose=self.purpose, by=self.person, **form.cleaned_data)
        return self.text_url


class TestSendView(PurposeView):
    """The saved text, to the researcher alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        organisation = self.choose_organisation(request.POST.get("organisatie", ""))
        if organisation is None:
            messages.error(request, "Deze meting vraagt geen enkele organisatie.")
            return redirect(self.text_url)
        preview_letter(self.wave, purpose=self.purpose, organisation=organisation, to=self.person).send()
        messages.success(
            request, f"De proef gaat naar {self.person.email}. De links in een proef werken niet."
        )
        return redirect(f"{self.text_url}?organisatie={organisation.pk}")
