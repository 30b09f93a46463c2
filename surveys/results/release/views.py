"""The screens under /beheer/ to prepare, look at and publish releases."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from surveys.administration.pages import AdministrationView, StepView, Trail
from surveys.questionnaire.access import access_wave
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.questionnaire.views import RUN_WAVES
from surveys.results.access import access_public_wave, access_release
from surveys.results.dimensions import Unit, name_dimension
from surveys.results.explorer.showing import show_release
from surveys.results.explorer.views import describe_page
from surveys.results.models import Release
from surveys.results.publication import list_public_releases
from surveys.results.release.computing import DEFAULT_BREAKDOWNS, load_tables
from surveys.results.release.forms import PlanForm, ScheduleForm
from surveys.results.release.lifecycle import (
    change_release,
    prepare_release,
    request_publication,
    schedule_release,
)
from surveys.results.release.locking import ReleaseRefused
from surveys.results.release.tables import count_withheld
from surveys.trail.history import link_history

TITLE = "Publicaties"
ICON = "globe"


class ReleasesView(AdministrationView):
    header_icon = ICON
    permissions = (RUN_WAVES,)

    def list_trail(self) -> Trail:
        return [{"url": reverse("releases:list"), "label": TITLE}, *super().list_trail()]


class ReleaseListView(ReleasesView, TemplateView):
    template_name = "results/release_list.html"
    page_title = TITLE

    def list_trail(self) -> Trail:
        return [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        releases = Release.objects.select_related("wave").defer("snapshot", "facts")
        busy = Release.objects.exclude(status=Release.Status.PUBLISHED).values("wave")
        return context | {
            **self.show_page(releases.order_by("-wave__reference_date", "-number")),
            "ready": Wave.objects.filter(status=Wave.Status.CLOSED).exclude(pk__in=busy),
        }


class PlanView(ReleasesView, StepView):
    """Choose what a release shows; a worker counts and protects it once that is confirmed."""

    form_class = PlanForm
    refusals = (ReleaseRefused,)

    @cached_property
    def wave(self) -> Wave:
        return access_wave(self.kwargs["wave"])

    @property
    def cancel_url(self) -> str:
        return reverse("releases:list")

    def get_page_subtitle(self) -> str:
        return self.wave.title


class PrepareView(PlanView):
    page_title = "Publicatie klaarzetten"
    button = "Tellen en klaarzetten"
    consequence = (
        "De antwoorden van nu worden bevroren en daarna geteld en afgeschermd. Dat kan een paar minuten duren. "
        "Niemand ziet de cijfers tot u ze openbaar maakt."
    )
    done_message = "De antwoorden van nu zijn bevroren. De cijfers worden nu geteld."

    def get_form_kwargs(self) -> dict[str, Any]:
        former = self.wave.releases.defer("snapshot").order_by("number").last()
        definition = load_definition(self.wave.version)
        return super().get_form_kwargs() | {
            "definition": definition,
            "is_correction": former is not None,
            "shown": former.breakdowns if former else DEFAULT_BREAKDOWNS,
            "initial": {
                "title": f"Resultaten {self.wave.title.lower()}",
                "questions": former.questions if former else list(definition.questions),
                "units": former.units if former else list(Unit),
            },
        }

    def take_step(self, form: PlanForm) -> str:
        return reverse_release(prepare_release(self.wave, plan=form.plan, by=self.person))


class ReleaseView(ReleasesView):
    """A screen about one release."""

    @cached_property
    def release(self) -> Release:
        return access_release(wave=self.kwargs["wave"], number=self.kwargs["number"])

    def get_page_subtitle(self) -> str:
        return self.release.code

    def list_trail(self) -> Trail:
        overview, here = super().list_trail()
        return [overview, {"url": reverse_release(self.release), "label": self.release.code}, here]


class ReleaseDetailView(ReleaseView, TemplateView):
    template_name = "results/release.html"
    page_title = "Publicatie"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        release, tables = self.release, load_tables(self.release)
        withheld, groups = count_withheld(tables)
        texts = load_definition(release.wave.version).questions
        hidden = [table.question for table in tables if not table.breakdown and count_withheld([table])[0]]
        return context | {
            "release": release,
            "state": describe_state(release),
            "withheld": withheld,
            "groups": groups,
            "hidden": [texts[code].text for code in dict.fromkeys(hidden)],
            "breakdowns": [
                " en ".join(name_dimension(each, questions=texts) for each in breakdown)
                for breakdown in release.breakdowns
            ],
            "history_url": link_history(release.wave),
        }


class StatusView(ReleaseView):
    """For static/js/progress.js."""

    def get(self, request: HttpRequest, **kwargs: Any) -> JsonResponse:
        return JsonResponse(describe_state(self.release))


class ChangeView(ReleaseView, PlanView):
    page_title = "Publicatie wijzigen"
    button = "Opnieuw tellen en klaarzetten"
    consequence = "De antwoorden van nu worden bevroren en opnieuw geteld. Een gepland moment vervalt."
    done_message = "De antwoorden van nu zijn bevroren. De cijfers worden nu opnieuw geteld."

    @property
    def cancel_url(self) -> str:
        return reverse_release(self.release)

    def get_form_kwargs(self) -> dict[str, Any]:
        release = self.release
        return super().get_form_kwargs() | {
            "definition": load_definition(release.wave.version),
            "is_correction": release.number > 1,
            "shown": release.breakdowns,
            "initial": {
                "title": release.title,
                "introduction": release.introduction,
                "note": release.note,
                "questions": release.questions,
                "units": release.units,
            },
        }

    def take_step(self, form: PlanForm) -> str:
        return reverse_release(change_release(self.release, plan=form.plan, by=self.person))


class ReleaseStepView(ReleaseView, StepView):
    refusals = (ReleaseRefused,)

    @property
    def cancel_url(self) -> str:
        return reverse_release(self.release)


class ScheduleView(ReleaseStepView):
    form_class = ScheduleForm
    page_title = "Inplannen"
    consequence = "De publicatie wordt vanzelf openbaar op het moment dat u kiest."
    done_message = "De publicatie is ingepland."

    def take_step(self, form: Form) -> str:
        schedule_release(self.release, by=self.person, **form.cleaned_data)
        return reverse_release(self.release)


class PublishView(ReleaseStepView):
    page_title = "Openbaar maken"
    consequence = (
        "Wij rekenen alle cijfers eerst nog een keer na. Daarna kan iedereen ze zien en downloaden. Dit kunt u niet "
        "terugdraaien: een fout herstelt u met een nieuwe publicatie. De meting kan niet meer open."
    )
    done_message = "De cijfers worden nagerekend. Daarna is de publicatie openbaar."

    def take_step(self, form: Form) -> str:
        request_publication(self.release, by=self.person)
        return reverse_release(self.release)


class PreviewView(ReleaseView):
    """The public page of this release, for who may publish it; before it is counted there is none."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not self.release.is_counted:
            return redirect(reverse_release(self.release))
        shown = show_release(self.release, choice=request.GET)
        return render(request, "results/wave.html", describe_page(request, shown, is_preview=True))


@require_safe
def list_wave_releases(request: HttpRequest, wave: str) -> HttpResponse:
    """In public: everything that was ever published of a wave, with what changed and why."""
    shown = access_public_wave(wave)
    context = {
        "wave": shown,
        "releases": list_public_releases(shown),
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Resultaten", "url": reverse("results:index")},
            {"title": shown.title, "url": reverse("results:wave", args=[shown.code])},
            {"title": "Uitgaven"},
        ],
    }
    return render(request, "results/wave_releases.html", context)


def describe_state(release: Release) -> dict[str, Any]:
    """How far the release is, with a sentence for who waits for it; how long it still takes nobody knows."""
    messages = {
        Release.Status.COUNTING: "De cijfers worden geteld en afgeschermd. Dat kan een paar minuten duren.",
        Release.Status.PUBLISHING: "De cijfers worden nagerekend. Daarna is de publicatie openbaar.",
    }
    status = Release.Status(release.status)
    done = "failed" if release.problem else "done"
    return {
        "status": "running" if release.is_waiting else done,
        "progress": None,
        "message": messages.get(status) or release.problem or f"Deze publicatie is {status.label}.",
        "file_url": None if release.is_waiting else reverse_release(release),
    }


def reverse_release(release: Release) -> str:
    return reverse("releases:release", args=[release.wave.code, release.number])
