"""The coding screen: one text after the other, blind, by keyboard or by mouse."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages

from surveys.administration.pages import Trail
from surveys.coding.access import access_open_question, access_own_assignment, access_own_text
from surveys.coding.forms import CodingForm
from surveys.coding.lifecycle.coding import code_text, skip_text
from surveys.coding.lifecycle.refusals import CodingRefused, SavedElsewhere, TextChanged
from surveys.coding.models import Assignment, Coding, Theme
from surveys.coding.queries import load_themes
from surveys.coding.queue import (
    find_next_text,
    find_own_coding,
    find_previous_text,
    list_former_themes,
    measure_progress,
    suggest_for,
)
from surveys.coding.shortcuts import list_keys
from surveys.coding.suggestions import Suggestion
from surveys.coding.texts import name_section
from surveys.coding.views.furniture import CODE, CodingView, list_question_trail
from surveys.responses.models import Answer
from surveys.trail.recording import record


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme as a box to tick; `suggestion` says why it may fit, it is never ticked because of that."""

    theme: Theme
    key: str
    is_chosen: bool
    suggestion: Suggestion | None


class CoderView(CodingView):
    """For who codes in the round; to anybody else there is no such round."""

    permissions = (CODE,)
    page_title = "Teksten coderen"

    @cached_property
    def assignment(self) -> Assignment:
        return access_own_assignment(self.person, number=self.kwargs["round"])

    def list_trail(self) -> Trail:
        coding_round = self.assignment.round
        question = access_open_question(coding_round.wave, code=coding_round.version.codebook.question)
        overview, here = super().list_trail()
        return [overview, *list_question_trail(coding_round.wave, question), here]

    def go_on(self, *, after: int = 0, is_skipping: bool = False) -> HttpResponse:
        """To the next text; back to the question when there is none."""
        text = find_next_text(self.assignment, after=after, is_skipping=is_skipping)
        if text is not None:
            return redirect("coding:code", self.assignment.round_id, text.pk)
        messages.success(self.request, "U hebt al uw teksten gehad.")
        coding_round = self.assignment.round
        return redirect("coding:question", coding_round.wave.code, coding_round.version.codebook.question)


class StartCodingView(CoderView):
    """Where the coder had got to."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.go_on()


class CodeTextView(CoderView, TemplateView):
    """One text. Saving goes on to the next one; whoever reads it leaves a line in the trail."""

    template_name = "coding/code_text.html"

    @cached_property
    def text(self) -> Answer:
        return access_own_text(self.assignment, answer_id=self.kwargs["text"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record(self.assignment.round, "coding.read", by=self.person, text=self.text.pk)
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CodingForm(request.POST, themes=load_themes(self.assignment.round.version).values())
        if not form.is_valid():
            messages.error(request, "Deze codes kloppen niet. Kies opnieuw.")
            return redirect(request.path)
        try:
            self._save(form)
        except TextChanged as refusal:
            messages.warning(request, str(refusal))
            return redirect("coding:start_coding", self.assignment.round_id)
        except SavedElsewhere as refusal:
            messages.error(request, f"{refusal} Hieronder ziet u wat u nu koos. Sla op als dat moet gelden.")
        except CodingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            return self.go_on(after=self.kwargs["text"], is_skipping="skip" in request.POST)
        return self.render_to_response(self.get_context_data(refused=form, **kwargs))

    def _save(self, form: CodingForm) -> Coding:
        seen = {
            "answer_id": self.kwargs["text"],
            "revision": form.cleaned_data["revision"],
            "seen": form.cleaned_data["seen"],
            "memo": form.cleaned_data["memo"],
            "by": self.person,
        }
        if "skip" in self.request.POST:
            return skip_text(self.assignment, **seen)
        return code_text(self.assignment, themes=form.cleaned_data["themes"], **seen)

    def get_context_data(self, refused: CodingForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """With what was chosen in a form that was refused, or what is stored."""
        assignment, text = self.assignment, self.text
        coding = find_own_coding(assignment, text=text)
        themes = load_themes(assignment.round.version)
        chosen = {theme.code for theme in coding.themes.all()} if coding else set()
        memo = coding.memo if coding else ""
        if refused:
            chosen, memo = set(refused.cleaned_data["themes"]), refused.cleaned_data["memo"]
        suggestions = {each.theme: each for each in suggest_for(assignment, text=text)}
        previous = find_previous_text(assignment, before=text.pk)
        coding_round = assignment.round
        question = access_open_question(coding_round.wave, code=coding_round.version.codebook.question)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "round": coding_round,
            "question": question,
            "section": name_section(coding_round.wave, question=question.code),
            "text": text,
            "coding": coding,
            "is_fixed": coding is not None and not coding_round.is_blind,
            "choices": [
                ThemeChoice(theme, key, code in chosen, suggestions.get(code))
                for (code, theme), key in zip(themes.items(), list_keys(len(themes)), strict=True)
            ],
            "memo": memo,
            "seen": coding.saves if coding else 0,
            "former": list_former_themes(assignment, text=text, themes=themes),
            "progress": measure_progress(coding_round, assignments=[assignment])[assignment.pk],
            "previous_url": previous and reverse("coding:code", args=[coding_round.pk, previous.pk]),
        }
