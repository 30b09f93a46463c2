"""Who the contacts are: one by one, or a whole list at once after a look at it."""

from typing import Any

from django.core import signing
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages

from surveys.accounts.models import Organisation
from surveys.outreach.access import access_asked_organisation
from surveys.outreach.contact_list import JudgedContact, ListedContact, UnreadableList, judge_list, read_list
from surveys.outreach.forms import ContactForm, ListFileForm
from surveys.outreach.lifecycle.contacts import ContactDetails, import_contacts, set_contact
from surveys.outreach.lifecycle.refusals import OutreachRefused
from surveys.outreach.list_file import look_around, pack_rows, read_rows, read_upload, unpack_rows
from surveys.outreach.models import Contact
from surveys.outreach.views import OutreachStepView, WaveInviteView

# What was shown and is confirmed; nobody else can make it.
SALT = "outreach.contact-list"
CONFIRM_WITHIN_SECONDS = 3600


class ContactView(OutreachStepView):
    """Add the contact of one organisation, or change it."""

    form_class = ContactForm
    page_title = "Contactpersoon"
    consequence = (
        "Krijgt de organisatie een ander adres? Dan werken de links die naar het vorige adres gingen niet meer. "
        "Wat nog niet is verstuurd, gaat naar het nieuwe adres."
    )

    @cached_property
    def organisation(self) -> Organisation:
        return access_asked_organisation(self.wave, self.kwargs["organisation"])

    def get_page_subtitle(self) -> str:
        return str(self.organisation)

    def get_initial(self) -> dict[str, Any]:
        contact = Contact.objects.filter(
            wave=self.wave, organisation=self.organisation, is_active=True
        ).first()
        if contact is None:
            return {"email": self.request.GET.get("adres", "")}
        return {
            "email": contact.email,
            "name": contact.name,
            "is_functional_mailbox": contact.is_functional_mailbox,
        }

    def get_done_message(self) -> str:
        return f"De contactpersoon van {self.organisation} is opgeslagen."

    def take_step(self, form: Form) -> str:
        set_contact(self.wave, ContactDetails(self.organisation.pk, **form.cleaned_data), by=self.person)
        return self.overview_url


class UploadListView(WaveInviteView, FormView):  # type: ignore[type-arg]
    """Choose a file and see per row what is in it; nothing is stored yet."""

    template_name = "outreach/upload_list.html"
    form_class = ListFileForm
    page_title = "Lijst inlezen"

    def form_valid(self, form: ListFileForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        try:
            listed = read_list(read_rows(read_upload(file), name=file.name))
        except UnreadableList as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return self.show_report(judge_list(listed, around=look_around(self.wave)))

    def show_report(self, judged: list[JudgedContact]) -> HttpResponse:
        """What is wrong first; the rows travel along, signed, for the button that takes them in."""
        is_fine = not any(each.problems for each in judged)
        context = self.get_context_data(
            form=ListFileForm(),
            judged=sorted(judged, key=lambda each: (not each.problems, not each.warnings, each.listed.row)),
            problem_number=sum(bool(each.problems) for each in judged),
            packed=self.pack([each.listed for each in judged]) if is_fine else "",
        )
        return self.render_to_response(context)

    def pack(self, listed: list[ListedContact]) -> str:
        return signing.dumps({"wave": self.wave.code, "rows": pack_rows(listed)}, salt=SALT, compress=True)


class ImportListView(WaveInviteView):
    """Take in the list that was shown, all of it or nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            packed = signing.loads(request.POST.get("rijen", ""), salt=SALT, max_age=CONFIRM_WITHIN_SECONDS)
        except signing.BadSignature:
            messages.error(
                request, "Deze lijst is te lang geleden bekeken. Lees het bestand nog een keer in."
            )
            return redirect("outreach:upload_list", self.wave.code)
        judged = judge_list(unpack_rows(packed["rows"]), around=look_around(self.wave))
        if packed["wave"] != self.wave.code or any(each.problems for each in judged):
            messages.error(request, "Er is intussen iets veranderd. Lees het bestand nog een keer in.")
            return redirect("outreach:upload_list", self.wave.code)
        try:
            number = import_contacts(
                self.wave,
                [
                    ContactDetails(
                        each.organisation_code,
                        each.listed.email,
                        each.listed.name,
                        each.is_functional_mailbox,
                    )
                    for each in judged
                ],
                by=self.person,
            )
        except OutreachRefused as refusal:
            messages.error(request, f"{refusal} Er is niets ingelezen.")
            return redirect("outreach:upload_list", self.wave.code)
        messages.success(request, f"Contactpersonen ingelezen: {number}. Er is nog geen mail verstuurd.")
        return redirect(self.overview_url)
