"""Where coding stands, per wave and per question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import TemplateView

from surveys.administration.pages import Trail
from surveys.coding.adjudicated import find_released_round
from surveys.coding.comparing import measure_agreement, select_to_settle
from surveys.coding.counting import count_themes
from surveys.coding.models import CodebookVersion
from surveys.coding.overview import list_question_standings
from surveys.coding.queries import list_visible_assignments
from surveys.coding.queue import measure_progress
from surveys.coding.texts import list_open_questions
from surveys.coding.views.furniture import CODE, MANAGE, SETTLE, TITLE, CodingView, QuestionView, RoundView
from surveys.fieldwork.access import access_watched_wave
from surveys.fieldwork.queries import find_default_wave
from surveys.questionnaire.models import Wave
from surveys.responses.units import Unit


class OverviewView(CodingView, TemplateView):
    """`/beheer/coderen/` and, for one wave, `/beheer/coderen/meting/<wave>/`."""

    template_name = "coding/overview.html"
    page_title = TITLE
    permissions = (MANAGE, CODE, SETTLE)
    rows_per_page = 20

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "wave" not in kwargs and "meting" in request.GET:
            return redirect("coding:overview", access_watched_wave(request.GET["meting"]).code)
        return super().get(request, *args, **kwargs)

    def list_trail(self) -> Trail:
        return [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = access_watched_wave(kwargs["wave"]) if "wave" in kwargs else find_default_wave()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown = self.show_page(list_open_questions(wave) if wave else [])
        return context | {
            "wave": wave,
            "waves": Wave.objects.all(),
            "standings": wave
            and list_question_standings(wave, questions=list(shown["page"]), viewer=self.person),
            **shown,
        }


class QuestionDetailView(QuestionView, TemplateView):
    """One question: its codebook, who codes, and what there is to do next."""

    template_name = "coding/question.html"
    page_title = "Open vraag"
    permissions = (MANAGE, CODE, SETTLE)

    def list_trail(self) -> Trail:
        overview, wave, _, here = super().list_trail()
        return [overview, wave, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        [standing] = list_question_standings(self.wave, questions=[self.question], viewer=self.person)
        versions = CodebookVersion.objects.select_related("codebook").filter(
            codebook__survey=self.wave.version.survey_id, codebook__question=self.question.code
        )
        return context | {
            "standing": standing,
            "versions": list(versions.order_by("-number")),
            "can_start_round": self.person.has_perm(MANAGE)
            and standing.published is not None
            and (standing.round is None or standing.round.version_id != standing.published.pk),
            "may_manage": self.person.has_perm(MANAGE),
            "may_code": self.person.has_perm(CODE),
            "may_settle": self.person.has_perm(SETTLE),
            "released": find_released_round(self.wave, question=self.question.code),
            **self._describe_round(standing.round),
        }

    def _describe_round(self, current: Any) -> dict[str, Any]:
        if current is None:
            return {"coders": [], "to_settle": 0}
        current.wave = self.wave
        assignments = list_visible_assignments([current], viewer=self.person)
        progress = measure_progress(current, assignments=assignments)
        return {
            "coders": [(each, progress[each.pk]) for each in assignments],
            "to_settle": 0 if current.is_blind else select_to_settle(current).count(),
        }


class CountsView(RoundView, TemplateView):
    """How often each theme holds, for each unit, before anything is made public."""

    template_name = "coding/counts.html"
    page_title = "Tellingen"
    permissions = (MANAGE, SETTLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        counts = [count_themes(self.round, unit=unit) for unit in Unit]
        rows = [
            (theme, [(counted.themes[theme.code].weight, counted.base.weight) for counted in counts])
            for theme in self.round.version.themes.all()
        ]
        return context | {"counts": counts, "rows": rows, "may_settle": self.person.has_perm(SETTLE)}


class AgreementView(RoundView, TemplateView):
    """How far the coders agree, once nobody codes blind any more."""

    template_name = "coding/agreement.html"
    page_title = "Overeenstemming"
    permissions = (MANAGE, SETTLE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"agreement": None if self.round.is_blind else measure_agreement(self.round)}
