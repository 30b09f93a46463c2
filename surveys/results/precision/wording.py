"""What intervals, bounds and weights mean, in words for a page. Pure."""

from collections.abc import Mapping

from surveys.questionnaire.word_lists import join_words
from surveys.results.precision.post_stratification import FEWEST_CLUSTERS_PER_STRATUM, PostStratification

INTERVAL_EXPLANATION = (
    "Niet elke gemeente gaf antwoord. Achter een percentage staat daarom tussen welke grenzen het ligt als alleen "
    "toeval bepaalde wie antwoordde: dat klopt in 95 van de 100 gevallen. Maar gemeenten kiezen zelf of zij "
    "meedoen. Zij kunnen anders zijn dan de gemeenten zonder antwoord, en dat zeggen deze grenzen niet. "
    "Het antwoord van een jeugdregio telt hierbij als één antwoord, ook als het voor tien gemeenten geldt."
)


def describe_bounds(option: str, *, lower: str, upper: str) -> str:
    """Say what the share of an option would be without and with all who did not answer.

    `lower` and `upper` as the reader sees percentages.
    """
    if lower == upper:
        return f"De gemeenten zonder antwoord veranderen „{option}” niet: het blijft {lower}."
    return (
        f"Zou geen van de gemeenten zonder antwoord „{option}” kiezen, dan was het {lower}. "
        f"Zouden zij dat allemaal kiezen, dan was het {upper}."
    )


def describe_weighting(weighting: PostStratification, *, size_classes: Mapping[str, str]) -> str:
    """Say how the shares were weighted and what was taken together; `size_classes` has the names by code."""
    few = f"minder dan {FEWEST_CLUSTERS_PER_STRATUM} reacties"
    if not weighting.is_weighted:
        return f"De aandelen zijn niet gewogen. Dat kan niet: te veel groepen van gemeenten hebben {few}."
    weighted = "De aandelen zijn gewogen"
    if not weighting.small_places:
        return f"{weighted} naar grootteklasse en provincie: elke groep telt zo zwaar mee als in Nederland."
    combinations = f"{weighting.small_places} van de {len(weighting.strata)} combinaties"
    sentences = [
        f"{weighted} naar grootteklasse: elke grootteklasse telt zo zwaar mee als in Nederland.",
        f"De provincie telt niet mee bij het wegen: {combinations} met een grootteklasse hebben {few}.",
    ]
    for group in weighting.merged:
        names = join_words([f"„{size_classes[code]}”" for code in group])
        sentences.append(f"De grootteklassen {names} tellen als één groep: een ervan heeft {few}.")
    return " ".join(sentences)
