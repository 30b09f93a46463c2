"""The only writers of checked links. Any of it can be cut off and done again.

A worker takes a link with `claimed_at`, asks outside of any transaction, and writes only while the link still has that
moment: one that was thought dead writes nothing.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q

from practices.links.addresses import find_host
from practices.links.collecting import collect_links
from practices.links.verdicts import Verdict
from practices.models import CheckedLink, LinkPlace

# Asking takes a minute or two at most, with every redirect at its slowest: who has it for this long is gone.
LEASE = timedelta(minutes=10)


@transaction.atomic
def gather_links(*, at: datetime, is_asking: bool) -> int:
    """Make the rows those of the live pages; returns how many there are.

    Addresses wait to be looked at when `is_asking`. What is wrong within the site itself is noted at once.
    """
    found = collect_links()
    digests = {address: sha256(address.encode()).hexdigest() for address in found.places}
    CheckedLink.objects.bulk_create(
        (
            CheckedLink(digest=digest, url=address, host=find_host(address)[:255])
            for address, digest in digests.items()
        ),
        ignore_conflicts=True,
    )
    links = {link.digest: link for link in CheckedLink.objects.all()}
    LinkPlace.objects.all().delete()
    LinkPlace.objects.bulk_create(
        (
            LinkPlace(link=links[digests[address]], page_id=page, part=part)
            for address, places in found.places.items()
            for page, part in sorted(places)
        ),
        ignore_conflicts=True,
    )
    CheckedLink.objects.filter(places=None).delete()
    known = {links[digests[address]].pk: verdict for address, verdict in found.faults.items()}
    if is_asking:
        CheckedLink.objects.filter(due_at=None).exclude(pk__in=known).update(due_at=at)
    for link in links.values():
        if link.pk in known:
            note_verdict(link, known[link.pk], at=at)
    return len(found.places)


def claim_link(*, at: datetime) -> CheckedLink | None:
    """The next link that waits, taken; none of a host that another worker is asking at this moment."""
    is_busy = Q(claimed_at__gt=at - LEASE)
    with transaction.atomic():
        busy_hosts = CheckedLink.objects.filter(is_busy).values("host")
        waiting = CheckedLink.objects.filter(due_at__isnull=False).exclude(host__in=busy_hosts)
        candidate = waiting.order_by("due_at", "pk").first()
        if candidate is None:
            return None
        # Who else saw the host free waits here for the rows of that host, and then finds it taken.
        rows = list(CheckedLink.objects.select_for_update().filter(host=candidate.host).order_by("pk"))
        if any(row.claimed_at is not None and row.claimed_at > at - LEASE for row in rows):
            return None
        link = next((row for row in rows if row.pk == candidate.pk and row.due_at is not None), None)
        if link is not None:
            link.claimed_at = at
            link.save(update_fields=["claimed_at"])
        return link


@transaction.atomic
def note_verdict(link: CheckedLink, verdict: Verdict, *, at: datetime) -> bool:
    """Whether it was written: not when the link is gone or somebody else has it by now."""
    is_failing = verdict.status in CheckedLink.FAILING
    goes_on = (
        bool(link.failures)
        if is_failing
        else (link.status, link.moved_to) == (verdict.status, verdict.moved_to)
    )
    return bool(
        CheckedLink.objects.filter(pk=link.pk, claimed_at=link.claimed_at).update(
            status=verdict.status,
            problem=verdict.problem,
            moved_to=verdict.moved_to,
            failures=link.failures + 1 if is_failing else 0,
            since=link.since if goes_on else at,
            checked_at=at,
            due_at=None,
            claimed_at=None,
        )
    )
