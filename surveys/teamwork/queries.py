from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_definition
from surveys.teamwork.mail_domains import find_shared_domains
from surveys.teamwork.models import Invitation, Note, SectionAssignment


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


def load_asked_definition(wave: Wave, *, organisation: Organisation) -> Definition:
    """The questionnaire in the version that the organisation answers; the wave's own until it has begun."""
    begun = QuestionnaireVersion.objects.filter(
        responses__wave=wave, responses__organisation=organisation
    ).first()
    return load_definition(begun or wave.version)


def load_assigned_sections(wave: Wave, *, organisation: Organisation) -> dict[int, set[str]]:
    """The codes of the sections that every member does, by membership id; members without any stay out."""
    assigned: dict[int, set[str]] = {}
    rows = SectionAssignment.objects.filter(wave=wave, membership__organisation=organisation)
    for membership_id, section in rows.values_list("membership", "section"):
        assigned.setdefault(membership_id, set()).add(section)
    return assigned


def name_holders(
    colleagues: Iterable[Membership], *, assigned: Mapping[int, Collection[str]]
) -> dict[str, list[str]]:
    """Who does which section, by its code: names in the order of the colleagues.

    `assigned` as from `load_assigned_sections`; sections that nobody does stay out.
    """
    holders: dict[str, list[str]] = {}
    for colleague in colleagues:
        for section in assigned.get(colleague.pk, ()):
            holders.setdefault(section, []).append(str(colleague.person))
    return holders


def list_pending_invitations(wave: Wave, *, organisation: Organisation) -> list[Invitation]:
    """Those that nobody used or took back, the newest first; some may have expired."""
    invitations = Invitation.objects.filter(
        wave=wave, organisation=organisation, accepted_at=None, revoked_at=None
    )
    return list(invitations.select_related("invited_by", "wave"))


def load_shared_domains(organisation: Organisation, *, wave: Wave) -> frozenset[str]:
    """What may stand after the @ of somebody the team invites.

    That is what the active members of the organisation use, and for a region those of the municipalities that
    belonged to it on the wave's reference date. Public mailboxes are never shared.
    """
    municipalities = wave.frame.filter(youth_region=organisation.pk).values("municipality")
    addresses = Person.objects.filter(
        Q(memberships__organisation=organisation) | Q(memberships__organisation__in=municipalities),
        is_active=True,
    )
    return find_shared_domains(addresses.values_list("email", flat=True))


def list_notes(wave: Wave, *, organisation: Organisation, question: str) -> QuerySet[Note]:
    """What colleagues wrote about the question, the oldest first."""
    notes = Note.objects.filter(wave=wave, organisation=organisation, question=question)
    return notes.select_related("written_by").order_by("written_at", "pk")


def count_notes(wave: Wave, *, organisation: Organisation) -> dict[str, int]:
    """How many notes colleagues left, by question code; questions without notes stay out."""
    rows = Note.objects.filter(wave=wave, organisation=organisation).order_by().values("question")
    return {row["question"]: row["number"] for row in rows.annotate(number=Count("pk"))}
