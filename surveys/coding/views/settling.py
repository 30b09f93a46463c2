"""Settling: see what every coder chose, choose, and say why."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.coding.access import access_compared_text
from surveys.coding.comparing import (
    find_settlement,
    list_codings,
    select_settled_texts,
    select_to_settle,
)
from surveys.coding.forms import SettlementForm
from surveys.coding.lifecycle.refusals import CodingRefused, TextChanged
from surveys.coding.lifecycle.settling import settle_text
from surveys.coding.models import Theme
from surveys.coding.queries import load_themes
from surveys.coding.views.furniture import SETTLE, RoundView
from surveys.responses.models import Answer
from surveys.trail.recording import record


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    theme: Theme
    coders: list[str]
    is_chosen: bool


class SettleListView(RoundView, TemplateView):
    """The texts that wait for a person, or (`?stand=vastgesteld`) those that were settled; none while blind."""

    template_name = "coding/settle_list.html"
    page_title = "Verschillen beslechten"
    permissions = (SETTLE,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_settled = self.request.GET.get("stand") == "vastgesteld"
        texts = select_settled_texts(self.round) if is_settled else select_to_settle(self.round)
        if not self.round.is_blind:
            record(self.round, "coding.read", by=self.person)
        return context | {"is_settled": is_settled, **self.show_page(texts)}


class SettleTextView(RoundView, TemplateView):
    """One text that everybody who should has dealt with."""

    template_name = "coding/settle_text.html"
    page_title = "Beslechten"
    permissions = (SETTLE,)

    @cached_property
    def text(self) -> Answer:
        return access_compared_text(self.round, answer_id=self.kwargs["text"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record(self.round, "coding.read", by=self.person, text=self.text.pk)
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SettlementForm(request.POST, themes=load_themes(self.round.version).values())
        if not form.is_valid():
            messages.error(request, "Deze codes kloppen niet. Kies opnieuw.")
            return redirect(request.path)
        try:
            settle_text(self.round, answer_id=self.kwargs["text"], **form.cleaned_data, by=self.person)
        except TextChanged as refusal:
            messages.warning(request, str(refusal))
            return redirect("coding:settle_list", self.round.pk)
        except CodingRefused as refusal:
            messages.error(request, str(refusal))
            return self.render_to_response(self.get_context_data(refused=form, **kwargs))
        return self._go_on()

    def _go_on(self) -> HttpResponse:
        waiting = select_to_settle(self.round)
        following = waiting.filter(pk__gt=self.kwargs["text"]).first() or waiting.first()
        if following is not None:
            return redirect("coding:settle", self.round.pk, following.pk)
        messages.success(self.request, "Er is niets meer te beslechten.")
        return redirect(self.question_url)

    def get_context_data(self, refused: SettlementForm | None = None, **kwargs: Any) -> dict[str, Any]:
        text = self.text
        settlement = find_settlement(self.round, text=text)
        codings = list_codings(self.round, text=text)
        by_coder = [
            (coding.assignment.coder_name, {theme.pk for theme in coding.themes.all()}) for coding in codings
        ]
        chosen = {theme.code for theme in settlement.themes.all()} if settlement else set()
        note = settlement.note if settlement else ""
        if refused:
            chosen, note = set(refused.cleaned_data["themes"]), refused.cleaned_data["note"]
        context = super().get_context_data(**kwargs)
        return context | {
            "text": text,
            "settlement": settlement,
            "codings": codings,
            "note": note,
            "choices": [
                ComparedTheme(
                    theme,
                    [name for name, themes in by_coder if theme.pk in themes],
                    code in chosen,
                )
                for code, theme in load_themes(self.round.version).items()
            ],
        }
