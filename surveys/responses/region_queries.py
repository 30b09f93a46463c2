from collections.abc import Collection, Mapping
from dataclasses import dataclass

from surveys.accounts.models import Organisation
from surveys.questionnaire.definition import SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.models import Position, Response, SectionTakeover
from surveys.responses.on_behalf import SeenAnswer, Standing, Statement, TakenPosition, list_statements
from surveys.responses.queries import list_covered, load_answers, load_answers_of, load_deviations

SPEAKING = (Response.Status.DRAFT, Response.Status.SUBMITTED)


@dataclass(frozen=True)
class MunicipalityStanding:
    """How far one municipality is with what its region says in its name; every number counts answers."""

    code: str
    name: str
    waiting: int
    confirmed: int
    own: int
    disputes: list[Statement]
    taken_over: list[SectionDefinition]


@dataclass(frozen=True)
class Delegation:
    """A region speaks for a municipality, which only has to answer its `own_sections` (codes) itself."""

    own_sections: frozenset[str]
    is_submitted: bool


def find_region_response(wave: Wave, *, municipality_code: str) -> Response | None:
    """The regional response, draft or submitted, that speaks for the municipality in this wave."""
    return (
        Response.objects.select_related("version", "wave__version", "organisation")
        .filter(
            wave=wave,
            status__in=SPEAKING,
            organisation__kind=Organisation.Kind.YOUTH_REGION,
            coverage__municipality=municipality_code,
        )
        .first()
    )


def load_statements(response: Response, *, municipality_codes: Collection[str]) -> dict[str, list[Statement]]:
    """What the regional response says of each of the municipalities, in a fixed number of queries."""
    definition = load_definition(response.version)
    general, deviations = load_answers(response), load_deviations(response)
    positions = _load_positions(response, municipality_codes=municipality_codes)
    taken_over = list_taken_over(response, municipality_codes=municipality_codes)
    speaking = Response.objects.filter(
        wave=response.wave_id, status__in=SPEAKING, organisation__in=municipality_codes
    )
    own_responses = dict(speaking.values_list("organisation", "pk"))
    own = load_answers_of(own_responses.values())
    return {
        municipality: list_statements(
            definition,
            general=general,
            deviations={code: answer for (code, of), answer in deviations.items() if of == municipality},
            positions=positions[municipality],
            own=own[own_responses[municipality]] if municipality in own_responses else {},
            taken_over=taken_over[municipality],
        )
        for municipality in municipality_codes
    }


def list_taken_over(response: Response, *, municipality_codes: Collection[str]) -> dict[str, set[str]]:
    """Per municipality the codes of the sections that it answers itself."""
    sections: dict[str, set[str]] = {code: set() for code in municipality_codes}
    rows = SectionTakeover.objects.filter(response=response, municipality__in=municipality_codes)
    for municipality, section in rows.values_list("municipality", "section"):
        sections[municipality].add(section)
    return sections


def find_delegation(wave: Wave, *, organisation_code: str) -> Delegation | None:
    """None for who answers everything itself: a region, and a municipality that no region speaks for."""
    response = find_region_response(wave, municipality_code=organisation_code)
    if response is None:
        return None
    taken_over = list_taken_over(response, municipality_codes=[organisation_code])[organisation_code]
    return Delegation(frozenset(taken_over), is_submitted=response.status == Response.Status.SUBMITTED)


def list_own_sections(wave: Wave, *, organisation_code: str) -> frozenset[str] | None:
    """Codes of the sections an organisation has to answer itself: what it took over from its region.

    None is everything, see `find_delegation`.
    """
    delegation = find_delegation(wave, organisation_code=organisation_code)
    return delegation.own_sections if delegation else None


def list_standings(
    response: Response, *, visible: Collection[str] | None = None
) -> list[MunicipalityStanding]:
    """Every municipality the region answers for, those that still have to look first.

    `visible` are the codes of the sections to look at, None is all of them.
    """
    covered = {each.municipality_id: each.name for each in list_covered(response)}
    statements = load_statements(response, municipality_codes=covered)
    taken_over = list_taken_over(response, municipality_codes=covered)
    sections = load_definition(response.version).sections
    standings = [
        _count_standing(
            code,
            name=name,
            statements=[each for each in statements[code] if visible is None or each.section.code in visible],
            taken_over=[section for section in sections if section.code in taken_over[code]],
        )
        for code, name in covered.items()
    ]
    return sorted(standings, key=lambda each: (not each.waiting, each.name))


def list_unconfirmed(response: Response) -> list[MunicipalityStanding]:
    """The municipalities that did not yet look at every answer the region gives in their name."""
    return [each for each in list_standings(response) if each.waiting]


def _count_standing(
    code: str, *, name: str, statements: Collection[Statement], taken_over: list[SectionDefinition]
) -> MunicipalityStanding:
    found = [each.standing for each in statements]
    return MunicipalityStanding(
        code=code,
        name=name,
        waiting=sum(each.waits for each in statements),
        confirmed=found.count(Standing.CONFIRMED),
        own=found.count(Standing.OWN),
        disputes=[each for each in statements if each.standing is Standing.DISPUTED],
        taken_over=taken_over,
    )


def _load_positions(
    response: Response, *, municipality_codes: Collection[str]
) -> Mapping[str, dict[str, TakenPosition]]:
    """Per municipality and question code."""
    positions: dict[str, dict[str, TakenPosition]] = {code: {} for code in municipality_codes}
    rows = Position.objects.filter(response=response, municipality__in=municipality_codes)
    for row in rows.select_related("question", "taken_by"):
        positions[row.municipality_id][row.question.code] = TakenPosition(
            is_dispute=row.kind == Position.Kind.DISPUTED,
            reason=row.reason,
            seen=SeenAnswer(row.answer_revision, row.is_about_deviation),
            taken_at=row.taken_at,
            taken_by=str(row.taken_by or ""),
        )
    return positions
