from collections.abc import Iterable

from django.db.models import Count

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import Wave
from surveys.teamwork.models import Note, SectionAssignment


def is_limited_member(membership: Membership) -> bool:
    """Whether somebody sees only the sections they were given; a coordinator always sees everything."""
    return membership.is_limited and membership.role != Membership.Role.COORDINATOR


def load_visible_sections(
    memberships: Iterable[Membership], *, waves: Iterable[Wave]
) -> dict[tuple[int, int], frozenset[str] | None]:
    """The codes of the sections each member sees, by (wave id, membership id); None is everything.

    One query, none when nobody is limited.
    """
    memberships, wave_ids = list(memberships), [wave.pk for wave in waves]
    limited = [each.pk for each in memberships if is_limited_member(each)]
    assigned: dict[tuple[int, int], set[str]] = {}
    if limited:
        rows = SectionAssignment.objects.filter(wave__in=wave_ids, membership__in=limited)
        for wave_id, membership_id, section in rows.values_list("wave", "membership", "section"):
            assigned.setdefault((wave_id, membership_id), set()).add(section)
    return {
        (wave_id, each.pk): frozenset(assigned.get((wave_id, each.pk), ()))
        if is_limited_member(each)
        else None
        for wave_id in wave_ids
        for each in memberships
    }


def list_colleagues(organisation: Organisation) -> list[Membership]:
    """Everybody who works on the organisation's surveys or may read them."""
    members = organisation.memberships.select_related("person")
    return list(members.order_by("person__first_name", "person__last_name", "person__email"))


def count_notes(wave: Wave, *, organisation: Organisation) -> dict[str, int]:
    """How many notes colleagues left, by question code; questions without notes stay out."""
    rows = Note.objects.filter(wave=wave, organisation=organisation).order_by().values("question")
    return {row["question"]: row["number"] for row in rows.annotate(number=Count("pk"))}
