"""Deciding what may be quoted. Nothing is quoted in public without a decision here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from surveys.coding.access import access_text
from surveys.coding.forms import QuoteForm
from surveys.coding.lifecycle.redacting import decide_quote
from surveys.coding.lifecycle.refusals import TextChanged
from surveys.coding.models import Redaction
from surveys.coding.quoting import find_redaction, select_decided, select_undecided
from surveys.coding.views.furniture import SETTLE, QuestionView
from surveys.responses.models import Answer
from surveys.trail.recording import record


class QuoteListView(QuestionView, TemplateView):
    """The texts without a decision, or (`?stand=besloten`) those with one."""

    template_name = "coding/quote_list.html"
    page_title = "Citaten"
    permissions = (SETTLE,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        is_decided = self.request.GET.get("stand") == "besloten"
        select = select_decided if is_decided else select_undecided
        record(self.wave, "coding.read", by=self.person, question=self.question.code)
        return context | {
            "is_decided": is_decided,
            **self.show_page(select(self.wave, question=self.question.code)),
        }


class QuoteView(QuestionView, FormView):  # type: ignore[type-arg]
    """One text: take out what points to a person, see what is left, and decide."""

    template_name = "coding/quote.html"
    form_class = QuoteForm
    page_title = "Citeren"
    permissions = (SETTLE,)

    @cached_property
    def text(self) -> Answer:
        return access_text(self.wave, question=self.question.code, answer_id=self.kwargs["text"])

    @cached_property
    def redaction(self) -> Redaction | None:
        return find_redaction(self.text)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record(self.text.response, "coding.read", by=self.person, text=self.text.pk)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"text": self.text, "redaction": self.redaction}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"text": self.text, "redaction": self.redaction}

    def form_valid(self, form: QuoteForm) -> HttpResponse:
        if "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, preview=form.redacted))
        try:
            decide_quote(
                self.wave,
                question=self.question.code,
                answer_id=self.text.pk,
                revision=form.cleaned_data["revision"],
                may_be_quoted=form.may_be_quoted,
                spans=form.spans,
                by=self.person,
            )
        except TextChanged as refusal:
            messages.warning(self.request, str(refusal))
            return redirect(self.request.path)
        messages.success(self.request, "Uw besluit is opgeslagen.")
        waiting = select_undecided(self.wave, question=self.question.code)
        following = waiting.filter(pk__gt=self.text.pk).first() or waiting.first()
        if following is None:
            return redirect("coding:quotes", self.wave.code, self.question.code)
        return redirect("coding:quote", self.wave.code, self.question.code, following.pk)
