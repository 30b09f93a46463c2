"""The pages on which members of an organisation react to a case, and the page with all that was published.

The form has a page of its own, so that what stands with a case is the same for everybody.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from practices.models.cases import PracticePage
from practices.models.reactions import Reaction
from practices.reactions.access import (
    REACTING_ROLES,
    access_adoption,
    access_case,
    access_membership,
    access_own_comment,
    list_places,
)
from practices.reactions.forms import AdoptionForm, CommentForm
from practices.reactions.lifecycle import ReactionRefused, adopt, comment, withdraw
from practices.reactions.queries import (
    find_adoptions,
    group_reactions,
    list_own_comments,
    list_reacting_memberships,
    select_published,
)
from surveys.accounts.access import SignedInRequest
from surveys.accounts.models import Membership
from surveys.responses.unsaved import keep_unsaved_words

ROWS_PER_PAGE = 50
WAITS = "De redactie kijkt er eerst naar. U krijgt een e-mail als zij heeft besloten."
READS_ONLY = "Als lezer kunt u niet namens deze organisatie reageren. Vraag het de coördinator."
NOT_SENT_YET = "U bent opnieuw ingelogd. Wat u had ingevuld, staat hieronder. Het is nog niet verstuurd."
NOT_A_COORDINATOR = "Alleen een coördinator van de organisatie kan dit intrekken."


@require_safe
def show_reactions(request: HttpRequest, slug: str) -> HttpResponse:
    case = access_case(slug)
    page = Paginator(select_published(case.pk), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "breadcrumbs": _list_breadcrumbs(case, "Wie doet dit ook"),
        "page_obj": page,
        "groups": group_reactions(page),
        "react_url": _link_react(case),
    }
    return render(request, "practices/reactions/all.html", context)


@never_cache
@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def react(request: SignedInRequest, slug: str, *, is_own_form: bool) -> HttpResponse:
    """What the person's organisations said of the case, what they wrote themselves, and room for a comment."""
    case = access_case(slug)
    memberships = list_reacting_memberships(request.user, roles=REACTING_ROLES)
    form = CommentForm(request.POST if request.method == "POST" else None, memberships=memberships)
    status = _judge(form, is_own_form=is_own_form)
    if form.is_bound and status == 200:
        said = form.cleaned_data
        organisation = form.organisations[said.pop("organisation")]
        try:
            comment(case, organisation=organisation, **said, by=request.user)
        except ReactionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, f"Uw reactie is verstuurd. {WAITS}")
            return redirect(request.path)
    context = {
        "case": case,
        "breadcrumbs": _list_breadcrumbs(case, "Reageren"),
        "places": _describe_places(case, memberships),
        "own_comments": list_own_comments(request.user, case.pk),
        "form": form if memberships or form.is_bound else None,
    }
    return render(request, "practices/reactions/react.html", context, status=status)


@never_cache
@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def let_know(request: SignedInRequest, slug: str, organisation: str, *, is_own_form: bool) -> HttpResponse:
    """Say that an organisation does this too, or change what it said."""
    case = access_case(slug)
    membership = access_membership(request.user, organisation)
    if membership.role not in REACTING_ROLES:
        raise PermissionDenied(READS_ONLY)
    said = find_adoptions(case.pk, [membership.organisation]).get(organisation)
    form = AdoptionForm(
        request.POST if request.method == "POST" else None,
        organisation=str(membership.organisation),
        initial={"kind": said.kind, "since": said.since, "text": said.text} if said else None,
    )
    status = _judge(form, is_own_form=is_own_form)
    if form.is_bound and status == 200:
        wanted = {name: form.cleaned_data[name] for name in ("kind", "since", "text")}
        try:
            stored = adopt(case, organisation=membership.organisation, **wanted, by=request.user)
        except ReactionRefused as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            is_waiting = stored.status == Reaction.Status.WAITING
            messages.success(
                request, f"Het is opgeslagen. {WAITS}" if is_waiting else "Er is niets veranderd."
            )
            return redirect(_link_react(case))
    context = {
        "case": case,
        "breadcrumbs": _list_breadcrumbs(case, "Reageren", "Wij doen dit ook"),
        "organisation": membership.organisation,
        "said": said,
        "is_about": organisation in list_places(case),
        "form": form,
        "back_url": _link_react(case),
    }
    return render(request, "practices/reactions/let_know.html", context, status=status)


@never_cache
@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_adoption(
    request: SignedInRequest, slug: str, organisation: str, *, is_own_form: bool
) -> HttpResponse:
    case = access_case(slug)
    membership = access_membership(request.user, organisation)
    if membership.role != Membership.Role.COORDINATOR:
        raise PermissionDenied(NOT_A_COORDINATOR)
    return _withdraw(request, case, access_adoption(case, membership.organisation), is_own_form=is_own_form)


@never_cache
@keep_unsaved_words
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_comment(request: SignedInRequest, slug: str, comment: int, *, is_own_form: bool) -> HttpResponse:
    case = access_case(slug)
    return _withdraw(request, case, access_own_comment(request.user, case, comment), is_own_form=is_own_form)


def _withdraw(
    request: SignedInRequest, case: PracticePage, reaction: Reaction, *, is_own_form: bool
) -> HttpResponse:
    refusal = ""
    if is_own_form:
        try:
            withdraw(reaction, by=request.user)
        except ReactionRefused as error:
            refusal = str(error)
        else:
            messages.success(request, "Het is ingetrokken en staat niet meer op de site.")
            return redirect(_link_react(case))
    context = {
        "case": case,
        "breadcrumbs": _list_breadcrumbs(case, "Reageren", "Intrekken"),
        "reaction": reaction,
        "refusal": refusal,
        "back_url": _link_react(case),
    }
    return render(request, "practices/reactions/withdraw.html", context, status=409 if refusal else 200)


def _judge(form: AdoptionForm | CommentForm, *, is_own_form: bool) -> int:
    """The status of an answer to this form: 200 when it is not sent yet, or may be stored."""
    if not form.is_bound:
        return 200
    if not is_own_form:
        form.add_error(None, NOT_SENT_YET)
        return 403
    return 200 if form.is_valid() else 422


def _describe_places(case: PracticePage, memberships: list[Membership]) -> list[dict[str, Any]]:
    """Per organisation of the person what it said of the case, and what the person may do about that."""
    said = find_adoptions(case.pk, [each.organisation for each in memberships])
    places = list_places(case)
    return [
        {
            "organisation": each.organisation,
            "said": said.get(each.organisation_id),
            "is_about": each.organisation_id in places,
            "may_withdraw": each.role == Membership.Role.COORDINATOR,
        }
        for each in memberships
    ]


def _link_react(case: PracticePage) -> str:
    return reverse("react", args=[case.slug])


def _list_breadcrumbs(case: PracticePage, *titles: str) -> list[dict[str, str]]:
    """The case and its library, then the page; a second title stands below the page to react."""
    above = [
        {"title": "Home", "url": "/"},
        {"title": "Praktijkvoorbeelden", "url": "/praktijkvoorbeelden/"},
        {"title": case.title, "url": case.url},
    ]
    if len(titles) > 1:
        above.append({"title": titles[0], "url": _link_react(case)})
    return [*above, {"title": titles[-1]}]
