"""What keeps a contribution from being sent in, in full sentences."""

from django.core.exceptions import ValidationError

from practices.contributing.completeness import Completeness, measure_completeness
from practices.contributing.parts import PARTS, Values, find_bad_figures
from practices.contributing.values import read_values
from practices.models import Contribution

ASKS = {
    ("title",): "Geef uw voorbeeld een titel.",
    ("summary",): "Schrijf een samenvatting van één zin.",
    ("intro",): "Vertel wat het is.",
    ("measures", "themes"): "Kies ten minste één maatregel of een ander thema.",
    ("municipalities",): "Kies over welke gemeente het gaat.",
    ("year",): "Vul het jaar in waarover het gaat.",
    ("source", "contact"): "Noem een bron, of een team waar een collega terecht kan.",
}
NEEDS_TEAM = "Vul ook in bij welk team het e-mailadres of webadres hoort."


def assess(contribution: Contribution, values: Values) -> Completeness:
    return measure_completeness(values, has_own_place=contribution.organisation.youth_region_id is not None)


def list_problems(contribution: Contribution) -> list[str]:
    """Empty when it can be sent in."""
    values = read_values(contribution)
    problems = [ASKS[group] for group in assess(contribution, values).missing]
    problems += [
        f"Bij ‘Feiten en cijfers’: schrijf in ‘{line}’ eerst kort het cijfer, dan een dubbele punt, dan wat het zegt."
        for line in find_bad_figures(str(values["figures"]))
    ]
    if (values["contact_email"] or values["contact_url"]) and not values["contact"]:
        problems.append(NEEDS_TEAM)
    try:
        contribution.clean_fields(exclude={field.name for field in Contribution._meta.fields} - set(PARTS))
    except ValidationError as error:
        problems += error.messages
    return problems
