from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.results.access import access_public_wave
from surveys.results.comparison.access import access_group, meet_visitor
from surveys.results.comparison.forms import ComparisonForm, GroupForm
from surveys.results.comparison.lifecycle import GroupRefused, change_group, delete_group, make_group
from surveys.results.comparison.pages import (
    Choice,
    describe_comparison,
    link_choice,
    list_compared_sections,
)
from surveys.results.comparison.queries import list_frame, list_groups
from surveys.results.models import ComparisonGroup
from surveys.results.publication import find_public_release

TITLE = "Vergelijk mijn gemeente"


@require_safe
@never_cache
def show_comparison(request: HttpRequest, wave: str) -> HttpResponse:
    """Never kept by a cache: the same address shows members more than the public.

    A municipality or part that we do not know is said at its field; somebody else's group is a 404.
    """
    shown = access_public_wave(wave)
    release = find_public_release(shown)
    frame = list_frame(shown)
    visitor = meet_visitor(request.user, wave=shown)
    groups = list_groups(visitor.person) if visitor.person else []
    form = ComparisonForm(
        request.GET.dict(),
        frame=frame,
        own=visitor.list_own(frame),
        sections=list_compared_sections(release),
        groups=groups,
        default=visitor.find_home(frame),
    )
    if visitor.person and request.GET.get("groep") and form.group_id is None:
        raise Http404("Deze groep bestaat niet.")
    context: dict[str, Any] = {
        "wave": shown,
        "form": form,
        "title": TITLE,
        "breadcrumbs": _list_breadcrumbs(shown),
        "visitor": visitor,
        "groups": groups,
        "municipality": form.municipality,
        "section": form.section,
    }
    if form.municipality and form.section:
        chosen = next((each for each in groups if each.pk == form.group_id), None)
        choice = Choice(form.municipality, form.section, chosen)
        context |= describe_comparison(release, choice, visitor=visitor, frame=frame)
        context["chapters"] = _list_chapters(shown, choice, sections=form.sections.values())
    return render(request, "results/comparison.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add_group(request: SignedInRequest, wave: str) -> HttpResponse:
    shown = access_public_wave(wave)
    form = GroupForm(
        request.POST if request.method == "POST" else None, options=_list_options(shown, group=None)
    )
    if form.is_valid():
        try:
            group = make_group(
                form.cleaned_data["name"],
                municipalities=form.cleaned_data["municipalities"],
                by=request.user,
            )
        except GroupRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Uw groep is opgeslagen.")
            return redirect(_link_back(request, shown, group=group))
    return _render_group(request, shown, form=form, title="Nieuwe groep")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit_group(request: SignedInRequest, wave: str, group: int) -> HttpResponse:
    shown = access_public_wave(wave)
    found = access_group(request.user, group)
    form = GroupForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": found.name,
            "municipalities": list(found.municipalities.values_list("pk", flat=True)),
        },
        options=_list_options(shown, group=found),
    )
    if form.is_valid():
        try:
            change_group(
                found,
                name=form.cleaned_data["name"],
                municipalities=form.cleaned_data["municipalities"],
                by=request.user,
            )
        except GroupRefused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "Uw groep is opgeslagen.")
            return redirect(_link_back(request, shown, group=found))
    return _render_group(request, shown, form=form, title="Groep wijzigen", group=found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def remove_group(request: SignedInRequest, wave: str, group: int) -> HttpResponse:
    shown = access_public_wave(wave)
    found = access_group(request.user, group)
    if request.method == "POST":
        delete_group(found, by=request.user)
        messages.success(request, "Uw groep is verwijderd.")
        return redirect(_link_back(request, shown))
    context = {
        "wave": shown,
        "group": found,
        "title": "Groep verwijderen",
        "back_url": _link_back(request, shown, group=found),
        "breadcrumbs": _list_breadcrumbs(shown, "Groep verwijderen"),
    }
    return render(request, "results/comparison_group_delete.html", context)


def _render_group(
    request: SignedInRequest,
    wave: Wave,
    *,
    form: GroupForm,
    title: str,
    group: ComparisonGroup | None = None,
) -> HttpResponse:
    context = {
        "wave": wave,
        "form": form,
        "group": group,
        "title": title,
        "back_url": _link_back(request, wave, group=group),
        "breadcrumbs": _list_breadcrumbs(wave, title),
    }
    return render(request, "results/comparison_group.html", context, status=422 if form.errors else 200)


def _list_options(wave: Wave, *, group: ComparisonGroup | None) -> list[tuple[str, str]]:
    """The municipalities of the wave, and those of the group that the wave no longer has."""
    names = {each.municipality_id: each.name for each in list_frame(wave)}
    if group is not None:
        names |= {each.pk: each.name for each in group.municipalities.all() if each.pk not in names}
    return sorted(names.items(), key=lambda item: item[1])


def _link_back(request: HttpRequest, wave: Wave, *, group: ComparisonGroup | None = None) -> str:
    """To the comparison as it was, now with the group."""
    return link_choice(
        wave,
        gemeente=request.GET.get("gemeente", ""),
        onderdeel=request.GET.get("onderdeel", ""),
        groep=str(group.pk) if group else "",
    )


def _list_chapters(
    wave: Wave, choice: Choice, *, sections: Iterable[SectionDefinition]
) -> list[dict[str, Any]]:
    return [
        {
            "title": section.title,
            "is_current": section.code == choice.section.code,
            "url": link_choice(
                wave,
                gemeente=choice.municipality.municipality_id,
                onderdeel=section.code,
                groep=str(choice.group.pk) if choice.group else "",
            ),
        }
        for section in sections
    ]


def _list_breadcrumbs(wave: Wave, *titles: str) -> list[dict[str, str]]:
    above = [
        {"title": "Home", "url": "/"},
        {"title": "Resultaten", "url": reverse("results:index")},
        {"title": wave.title, "url": reverse("results:wave", args=[wave.code])},
    ]
    if not titles:
        return [*above, {"title": TITLE}]
    comparison = {"title": TITLE, "url": link_choice(wave)}
    return [*above, comparison, *({"title": title} for title in titles)]
