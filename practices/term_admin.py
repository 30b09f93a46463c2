"""The screens on which editors keep the themes and audiences that cases are sorted by."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from practices.models import Audience, PracticePage, Theme

NAMED_AT_MOST = 3


class TermForm(WagtailAdminModelForm):
    """Makes the code of a new word from its name. The code stands in addresses of the library, so it stays."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError("Deze naam is er al.")
        if not self.instance.pk:
            code = slugify(name)[:50]
            if not code or others.filter(pk=code).exists():
                raise forms.ValidationError("Kies een naam die minder lijkt op een naam die er al is.")
            self.instance.pk = code
        return name


class TermDeleteView(DeleteView):
    """Refuses what a case has: without the word the case would be gone from a filter, and nobody would know."""

    def run_before_hook(self) -> HttpResponse | None:
        cases = PracticePage.objects.filter(**{self.relation: self.object}).order_by("title")
        titles = [f"‘{title}’" for title in cases.values_list("title", flat=True)]
        if not titles:
            return None
        named = ", ".join(titles[:NAMED_AT_MOST])
        more = f" en nog {len(titles) - NAMED_AT_MOST} andere" if len(titles) > NAMED_AT_MOST else ""
        messages.error(
            self.request,
            f"‘{self.object}’ kan niet weg, want deze praktijkvoorbeelden gebruiken het: {named}{more}. "
            "Haal het daar eerst weg.",
        )
        return redirect(self.get_success_url())

    @property
    def relation(self) -> str:
        return {Theme: "themes", Audience: "audiences"}[self.model]


class TermViewSet(ModelViewSet):
    icon = "tag"
    add_to_settings_menu = True
    copy_view_enabled = False
    delete_view_class = TermDeleteView
    list_display = ["name", "position"]
    list_per_page = 50
    ordering = ["position", "name"]
    search_fields = ["name"]
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> type[forms.BaseModelForm[Any]]:
        return forms.modelform_factory(
            self.model,
            TermForm,
            fields=["name", "position"],
            help_texts={"position": "De laagste staat bovenaan in de filters."},
        )


class ThemeViewSet(TermViewSet):
    model = Theme
    menu_order = 631


class AudienceViewSet(TermViewSet):
    model = Audience
    icon = "group"
    menu_order = 632
