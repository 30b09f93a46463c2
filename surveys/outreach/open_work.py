"""What is still open in an organisation's survey for one reader of a mail, in words: only of the own organisation."""

from collections.abc import Collection

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import Wave
from surveys.responses.follow_up import count_open_clarifications
from surveys.responses.models import Response
from surveys.responses.progress import Gap
from surveys.responses.queries import find_response
from surveys.responses.readiness import assess_readiness, assess_unstarted
from surveys.responses.region_queries import list_unconfirmed
from surveys.teamwork.queries import (
    is_limited_member,
    list_colleagues,
    load_asked_definition,
    load_assigned_sections,
    name_holders,
)

NAMES_SHOWN = 10
NOTHING_OPEN = "Alle verplichte vragen zijn beantwoord. U hoeft alleen nog in te dienen."


def list_open_work(wave: Wave, *, organisation: Organisation, address: str) -> list[str]:
    """One line per thing to do, empty when there is nothing: of all sections, or of those that the reader does.

    A reader with sections of their own reads about those alone, and nothing about the organisation as a whole.
    """
    response = find_response(wave, organisation=organisation)
    definition = load_asked_definition(wave, organisation=organisation)
    colleagues = list_colleagues(organisation)
    assigned = load_assigned_sections(wave, organisation=organisation)
    own = find_own_sections(colleagues, assigned=assigned, address=address)
    if response is None:
        readiness = assess_unstarted(definition, wave=wave, organisation=organisation)
    else:
        readiness = assess_readiness(response)
    holders = name_holders(colleagues, assigned=assigned)
    replies = count_open_clarifications(response, sections=own)
    lines = []
    if own is None and any(gap.section is None for gap in readiness.gaps):
        lines.append("Kies voor welke gemeenten u antwoordt.")
    for section in definition.sections:
        gaps = [gap for gap in readiness.gaps if gap.section and gap.section.code == section.code]
        if own is not None and section.code not in own:
            continue
        if gaps:
            who = _name_who(holders.get(section.code, []), is_divided=bool(holders))
            lines.append(f"{section.title}: {_count_gaps(gaps)}{who}")
        if replies.get(section.code):
            lines.append(
                f"{section.title}: {_count(replies[section.code], 'vraag', 'vragen')} van de onderzoekers"
            )
    if own is None and response is not None and organisation.kind == Organisation.Kind.YOUTH_REGION:
        lines += _list_municipalities(response)
    return lines


def write_open_work(wave: Wave, *, organisation: Organisation, address: str) -> str:
    """The value of {nog_open}."""
    lines = list_open_work(wave, organisation=organisation, address=address)
    return "\n".join(["Nog te doen:", *(f"- {line}" for line in lines)]) if lines else NOTHING_OPEN


def find_own_sections(
    colleagues: Collection[Membership], *, assigned: dict[int, set[str]], address: str
) -> frozenset[str] | None:
    """The codes of the sections that the reader does; None, everything, for who coordinates or is no member yet."""
    member = next((each for each in colleagues if each.person.email == address), None)
    if member is None or member.role == Membership.Role.COORDINATOR:
        return None
    sections = assigned.get(member.pk)
    return frozenset(sections or ()) if sections or is_limited_member(member) else None


def _list_municipalities(response: Response) -> list[str]:
    names = [each.name for each in list_unconfirmed(response)]
    if not names:
        return []
    listed = ", ".join(names[:NAMES_SHOWN]) + (", …" if len(names) > NAMES_SHOWN else "")
    verb = "keek nog niet" if len(names) == 1 else "keken nog niet"
    return [f"{_count(len(names), 'gemeente', 'gemeenten')} {verb} naar de antwoorden: {listed}"]


def _name_who(names: Collection[str], *, is_divided: bool) -> str:
    if names:
        return f" ({', '.join(names)})"
    return " (nog van niemand)" if is_divided else ""


def _count_gaps(gaps: Collection[Gap]) -> str:
    """One question can have two things wrong, or be open for several municipalities: it is one thing to look at."""
    questions = {gap.question.code for gap in gaps if gap.question}
    return _count(len(questions), "vraag", "vragen")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
