"""What stands with a case, what a person sees of their own, and what waits for an editor."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse

from practices.models.reactions import Reaction
from surveys.accounts.models import Membership, Organisation, Person

Kind, Status = Reaction.Kind, Reaction.Status

ADOPTIONS = (
    (Kind.DOES, "Doen dit ook"),
    (Kind.STARTS, "Beginnen ermee"),
    (Kind.STOPPED, "Zijn ermee gestopt"),
)
# On the page of a case; the others have a page of their own.
ADOPTERS_SHOWN, COMMENTS_SHOWN = 20, 5
MODERATE = "practices.moderate_reaction"


def select_published(page_id: int | None) -> QuerySet[Reaction]:
    """All that stands with a case: who does it by name, then the comments from new to old."""
    order = [kind for kind, _ in ADOPTIONS]
    return (
        Reaction.objects.filter(page=page_id, status=Status.PUBLISHED)
        .select_related("written_by")
        .order_by(
            Case(
                *(When(kind=kind, then=Value(number)) for number, kind in enumerate(order)),
                default=Value(len(order)),
            ),
            Case(When(kind=Kind.COMMENT, then=Value("")), default=F("organisation_name")),
            "-written_at",
            "-pk",
        )
    )


def describe_case_reactions(page_id: int | None, *, slug: str) -> dict[str, Any]:
    """What components/reactions.html shows on the page of a case, in one query; the same for everybody."""
    published = list(select_published(page_id))
    groups = group_reactions(published)
    shown = [
        group | {"rows": group["rows"][: COMMENTS_SHOWN if group["is_comments"] else ADOPTERS_SHOWN]}
        for group in groups
    ]
    is_shortened = any(len(group["rows"]) < group["count"] for group in shown)
    return {
        "groups": shown,
        "all_url": reverse("practice_reactions", args=[slug]) if is_shortened else "",
        "react_url": reverse("react", args=[slug]),
    }


def group_reactions(reactions: Iterable[Reaction]) -> list[dict[str, Any]]:
    """A list per kind with something in it, each with its title and count."""
    reactions = list(reactions)
    found = []
    for kind, title in (*ADOPTIONS, (Kind.COMMENT, "Reacties")):
        rows = [each for each in reactions if each.kind == kind]
        if rows:
            found.append(
                {"title": title, "count": len(rows), "rows": rows, "is_comments": kind == Kind.COMMENT}
            )
    return found


def list_reacting_memberships(person: Person, *, roles: Iterable[str]) -> list[Membership]:
    """The places from which the person may react; one query."""
    members = person.memberships.filter(role__in=roles).select_related("organisation")
    return list(members.order_by("organisation__kind", "organisation__name"))


def find_adoptions(page_id: int, organisations: Iterable[Organisation]) -> dict[str, Reaction]:
    """What these organisations said of a case, by their code."""
    said = Reaction.objects.filter(page=page_id, organisation__in=list(organisations))
    return {each.organisation_id: each for each in said.exclude(kind=Kind.COMMENT)}


def list_own_comments(person: Person, page_id: int) -> QuerySet[Reaction]:
    """What the person wrote about a case, in every state, the newest first."""
    written = Reaction.objects.filter(page=page_id, kind=Kind.COMMENT, written_by=person)
    return written.order_by("-written_at", "-pk")


def list_for_moderation(status: str) -> QuerySet[Reaction]:
    """All in one state, or in every state for "": first what waits, the longest on top, then the latest decisions."""
    chosen = Reaction.objects.filter(status=status) if status else Reaction.objects.all()
    waiting_since = Case(When(status=Status.WAITING, then=F("written_at")))
    return chosen.select_related("page", "written_by").order_by(
        waiting_since.asc(nulls_last=True), F("decided_at").desc(nulls_last=True), "pk"
    )


def count_waiting() -> int:
    return Reaction.objects.filter(status=Status.WAITING).count()


def list_moderators() -> list[Person]:
    """Who may decide about reactions by a right they were given; superusers, who may do everything, get no mail."""
    app_label, codename = MODERATE.split(".")
    right = {"codename": codename, "content_type__app_label": app_label}
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in right.items()})
    by_themselves = Q(**{f"user_permissions__{name}": value for name, value in right.items()})
    return list(Person.objects.filter(by_group | by_themselves, is_active=True).distinct().order_by("email"))
