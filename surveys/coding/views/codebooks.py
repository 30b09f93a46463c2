"""Making a codebook: its versions and its themes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.administration.pages import Trail
from surveys.coding.access import access_theme
from surveys.coding.forms import MergeThemesForm, NewThemeForm, SplitThemeForm, ThemeForm
from surveys.coding.lifecycle.codebooks import (
    add_theme,
    change_theme,
    discard_draft,
    merge_themes,
    move_theme,
    publish_codebook,
    remove_theme,
    split_theme,
    start_codebook,
    start_new_version,
)
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.models import Theme
from surveys.coding.queries import list_gone_themes
from surveys.coding.views.furniture import (
    CODE,
    MANAGE,
    SETTLE,
    CodebookStepView,
    CodebookView,
    QuestionStepView,
    reverse_version,
)


class StartCodebookView(QuestionStepView):
    page_title = "Codeboek beginnen"
    consequence = "U maakt daarna de thema's. Het codeboek geldt voor alle metingen met deze vraag."
    done_message = "Het codeboek is begonnen. Voeg nu thema's toe."

    def take_step(self, form: Any) -> str:
        survey = self.wave.version.survey
        return reverse_version(start_codebook(survey=survey, question=self.question.code, by=self.person))


class CodebookDetailView(CodebookView, TemplateView):
    """The themes of one version, to change as long as it is a draft."""

    template_name = "coding/codebook.html"
    page_title = "Codeboek"
    permissions = (MANAGE, CODE, SETTLE)

    def list_trail(self) -> Trail:
        overview, _, here = super().list_trail()
        return [overview, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        versions = self.version.codebook.versions.order_by("-number")
        return context | {
            "themes": list(self.version.themes.prefetch_related("formers")),
            "gone": list_gone_themes(self.version),
            "versions": [(each, reverse_version(each)) for each in versions.select_related("codebook")],
            "is_draft": self.version.published_at is None,
            "may_change": self.version.published_at is None and self.person.has_perm(MANAGE),
            "may_renew": self.version.published_at is not None and self.person.has_perm(MANAGE),
        }


class NewVersionView(CodebookStepView):
    page_title = "Nieuwe versie maken"
    consequence = (
        "U begint met de thema's van nu. Wat al gecodeerd is, blijft staan. "
        "Als u met de nieuwe versie een ronde begint, gaan codes mee waar dat zeker kan."
    )
    done_message = "De nieuwe versie is begonnen."

    def take_step(self, form: Any) -> str:
        return reverse_version(start_new_version(self.version.codebook, by=self.person))


class PublishCodebookView(CodebookStepView):
    page_title = "Vaststellen"
    consequence = "Deze versie ligt daarna vast. Wijzigen kan alleen in een nieuwe versie."
    done_message = "Het codeboek is vastgesteld. U kunt nu een ronde beginnen."

    def take_step(self, form: Any) -> str:
        publish_codebook(self.version, by=self.person)
        return self.version_url


class DiscardDraftView(CodebookStepView):
    page_title = "Weggooien"
    consequence = "De thema's van deze versie verdwijnen. Vastgestelde versies blijven staan."
    done_message = "De versie is weggegooid."

    def take_step(self, form: Any) -> str:
        discard_draft(self.version, by=self.person)
        return reverse("coding:start")


class AddThemeView(CodebookStepView):
    form_class = NewThemeForm
    page_title = "Thema toevoegen"
    done_message = "Het thema is toegevoegd."

    def take_step(self, form: Any) -> str:
        add_theme(self.version, form.text, by=self.person)
        return self.version_url


class MergeThemesView(CodebookStepView):
    form_class = MergeThemesForm
    page_title = "Thema's samenvoegen"
    consequence = (
        "Er komt één thema in de plaats van de thema's die u kiest. Dat mag de sleutel van een daarvan houden. "
        "Teksten met een van die thema's krijgen het nieuwe thema."
    )
    done_message = "De thema's zijn samengevoegd."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"version": self.version}

    def take_step(self, form: Any) -> str:
        merge_themes(self.version, themes=form.cleaned_data["themes"], into=form.text, by=self.person)
        return self.version_url


class ThemeView(CodebookStepView):
    """A step about one theme."""

    @cached_property
    def theme(self) -> Theme:
        return access_theme(self.version, code=self.kwargs["theme"])

    def get_page_subtitle(self) -> str:
        return self.theme.name


class ChangeThemeView(ThemeView):
    form_class = ThemeForm
    page_title = "Thema wijzigen"
    done_message = "Het thema is gewijzigd."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.theme, name) for name in ("name", "definition", "example")}

    def take_step(self, form: Any) -> str:
        change_theme(self.theme, **form.cleaned_data, by=self.person)
        return self.version_url


class SplitThemeView(ThemeView):
    form_class = SplitThemeForm
    page_title = "Thema splitsen"
    consequence = (
        "Er komen twee thema's in de plaats van dit thema. Een daarvan mag de sleutel houden. "
        "Teksten met dit thema moeten opnieuw worden gecodeerd."
    )
    done_message = "Het thema is gesplitst."

    def take_step(self, form: Any) -> str:
        split_theme(self.theme, into=form.texts, by=self.person)
        return self.version_url


class RemoveThemeView(ThemeView):
    page_title = "Thema verwijderen"
    consequence = "Teksten die dit thema hadden, moeten opnieuw worden gecodeerd."
    done_message = "Het thema is verwijderd."

    def take_step(self, form: Any) -> str:
        remove_theme(self.theme, by=self.person)
        return self.version_url


class MoveThemeView(CodebookView):
    """One place up or down (`richting`), by a button."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        steps = -1 if request.POST.get("richting") == "omhoog" else 1
        try:
            move_theme(access_theme(self.version, code=kwargs["theme"]), steps=steps, by=self.person)
        except CodingRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(f"{self.version_url}#thema-{kwargs['theme']}")
