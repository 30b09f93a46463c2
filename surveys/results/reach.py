"""How far the results of a wave reach: who answered, and for which part of the country. Pure."""

from surveys.results.notation import format_count, format_share
from surveys.results.release.response import ReleasedResponse


def list_reach(overview: ReleasedResponse) -> list[dict[str, str]]:
    """Figures for components/stat.html: the responses, and their share of municipalities and of inhabitants.

    Without the last one when the sum of inhabitants is withheld.
    """
    coverage = overview.coverage
    reach = [
        {
            "value": format_count(overview.submitted),
            "label": "volledige reacties",
            "base": (
                f"{format_count(overview.submitted_municipalities)} van een gemeente en "
                f"{format_count(overview.submitted_regions)} van een jeugdregio"
            ),
        },
        {
            "value": format_share(coverage.municipality_share or 0),
            "label": "van de gemeenten",
            "base": (
                f"{format_count(coverage.municipalities)} van de "
                f"{format_count(coverage.municipalities_total)} gemeenten"
            ),
        },
    ]
    if coverage.inhabitants is not None:
        reach.append(
            {
                "value": format_share(coverage.inhabitant_share or 0),
                "label": "van de inwoners van Nederland",
                "base": (
                    f"{format_count(coverage.inhabitants)} van de "
                    f"{format_count(coverage.inhabitants_total)} inwoners"
                ),
            }
        )
    return reach
