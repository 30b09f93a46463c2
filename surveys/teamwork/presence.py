"""Who is looking at a survey now. It lives in the cache for a minute, is never stored and holds no names."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.models import Wave

SECONDS_PRESENT = 60


@dataclass(frozen=True)
class Present:
    """A colleague who looked within the last minute; `section` is the code, empty on any other page."""

    membership: Membership
    section: str


def note_presence(wave: Wave, *, organisation: Organisation, person: Person, section: str = "") -> None:
    """Say that the person is looking at the section now, or at a page of the survey that is no section."""
    cache.set(_name_key(wave, organisation.pk, person.pk), section, timeout=SECONDS_PRESENT)


def list_present(colleagues: Iterable[Membership], *, wave: Wave) -> list[Present]:
    """Who of the colleagues is looking, in the order given; asks the cache and never the database."""
    keys = {_name_key(wave, each.organisation_id, each.person_id): each for each in colleagues}
    seen = cache.get_many(keys)
    return [Present(each, seen[key]) for key, each in keys.items() if key in seen]


def _name_key(wave: Wave, organisation_code: str, person_id: int) -> str:
    return f"presence.{wave.pk}.{organisation_code}.{person_id}"
