"""What the start page says of a region and its municipalities: who answers what, and who still has to look."""

from typing import Any

from surveys.responses.pages import SurveyPage
from surveys.responses.region_queries import (
    MunicipalityStanding,
    find_region_response,
    list_standings,
    load_statements,
)

STANDING_COLUMNS = ("Gemeente", "Nog te bekijken", "Akkoord", "Niet akkoord", "Zelf ingevuld", "Vult zelf in")


def describe_regional_part(page: SurveyPage) -> dict[str, Any]:
    """For responses/region_start.html: `on_behalf` for a municipality, `standings` for a region; else empty."""
    if page.access.is_region:
        return _describe_region(page)
    municipality = page.access.organisation.code
    response = find_region_response(page.access.wave, municipality_code=municipality)
    if response is None:
        return {}
    statements = load_statements(response, municipality_codes=[municipality])[municipality]
    waiting = sum(each.waits for each in statements if page.access.may_see(each.section.code))
    return {
        "on_behalf": {
            "region": response.organisation,
            "waiting": count_waiting(waiting),
            "url": page.link("on_behalf"),
        }
    }


def count_waiting(number: int) -> str:
    """In words; empty when nothing waits."""
    if not number:
        return ""
    return "1 antwoord wacht op u" if number == 1 else f"{number} antwoorden wachten op u"


def _describe_region(page: SurveyPage) -> dict[str, Any]:
    standings = (
        list_standings(page.access.response, visible=page.access.sections) if page.access.response else []
    )
    return {
        "columns": STANDING_COLUMNS,
        "standings": [_list_cells(each) for each in standings],
        "disputes": [
            {
                "name": standing.name,
                "question": dispute.question.text,
                "url": page.link("deviations", question=dispute.question.code),
                "reason": dispute.position.reason,
            }
            for standing in standings
            for dispute in standing.disputes
            if dispute.position
        ],
    }


def _list_cells(standing: MunicipalityStanding) -> list[str]:
    return [
        standing.name,
        str(standing.waiting),
        str(standing.confirmed),
        str(len(standing.disputes)),
        str(standing.own),
        ", ".join(section.title for section in standing.taken_over),
    ]
