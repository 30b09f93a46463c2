"""What an interval and bounds mean, in words for a page. Pure."""

INTERVAL_EXPLANATION = (
    "Niet elke gemeente gaf antwoord. Achter een percentage staat daarom tussen welke grenzen het ligt als alleen "
    "toeval bepaalde wie antwoordde: dat klopt in 95 van de 100 gevallen. Maar gemeenten kiezen zelf of zij "
    "meedoen. Zij kunnen anders zijn dan de gemeenten zonder antwoord, en dat zeggen deze grenzen niet. "
    "Het antwoord van een jeugdregio telt hierbij als één antwoord, ook als het voor tien gemeenten geldt."
)


def describe_bounds(lower: str, upper: str) -> str:
    """Say what the share would be without and with all who did not answer; both as the reader sees percentages."""
    if lower == upper:
        return f"De gemeenten zonder antwoord veranderen dit percentage niet: het blijft {lower}."
    return (
        f"Zouden alle gemeenten zonder antwoord dit niet kiezen, dan was het {lower}. "
        f"Zouden zij dit allemaal kiezen, dan was het {upper}."
    )
