"""The way in: what we take and what happens with it, for everybody; and beginning, for who writes somewhere."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from practices.contributing.access import access_practice_answer
from practices.contributing.forms import OrganisationForm
from practices.contributing.lifecycle.refusals import NotYours
from practices.contributing.lifecycle.writing import start_contribution, start_from_answer
from practices.contributing.queries import list_own, list_writable
from practices.contributing.stages import load_standings
from practices.contributing.views.furniture import list_breadcrumbs, render_page
from practices.models import Contribution
from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Person

PAGE_SIZE = 20


@require_safe
@never_cache
def show_sharing(request: HttpRequest) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    page = Paginator(list_own(person), PAGE_SIZE).get_page(request.GET.get("page")) if person else None
    return render(
        request,
        "practices/contributing/sharing.html",
        {
            "breadcrumbs": [*list_breadcrumbs()[:-1], {"title": "Een voorbeeld delen"}],
            "page_obj": page,
            "items": list_items(page) if page else [],
            "may_write": person is not None and list_writable(person).exists(),
            "start_url": reverse("contributing:start"),
        },
    )


def list_items(contributions: Iterable[Contribution]) -> list[dict[str, str]]:
    """For components/task_list.html."""
    rows = list(contributions)
    standings = load_standings(rows)
    return [
        {
            "title": str(each),
            "url": reverse("contributing:contribution", args=[each.pk]),
            "description": str(each.organisation),
            "status": standings[each.pk].kind,
            "label": standings[each.pk].stage.label,
        }
        for each in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Choose the organisation and begin."""
    organisations = list_writable(request.user)
    only = organisations.first() if organisations.count() == 1 else None
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, organisations=organisations, initial={"organisation": only})
    if request.method == "POST" and form.is_valid():
        contribution = start_contribution(form.cleaned_data["organisation"], by=request.user)
        return redirect("contributing:write", contribution.pk)
    return render_page(
        request,
        "start",
        title="Een voorbeeld beginnen",
        form=form,
        may_write=organisations.exists(),
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start_with_answer(request: SignedInRequest, wave: str, organisation: str, question: str) -> HttpResponse:
    """What somebody told in the survey as the beginning of a case."""
    access, section, answer = access_practice_answer(
        request.user, wave=wave, organisation=organisation, question=question
    )
    if not access.has_writing_role:
        raise PermissionDenied("Alleen wie invult voor de organisatie kan een voorbeeld delen.")
    if request.method == "POST":
        try:
            contribution = start_from_answer(answer, measure=section.measure, by=request.user)
        except NotYours as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        messages.success(request, "Uw antwoord uit de vragenlijst staat er al in. Vul aan wat u weet.")
        return redirect("contributing:write", contribution.pk)
    return render_page(
        request,
        "from_answer",
        title="Deel dit als praktijkvoorbeeld",
        answer=answer,
        section=section,
        access=access,
        existing=Contribution.objects.filter(origin=answer).first(),
    )
