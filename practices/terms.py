"""The fixed words of a case; docs/glossary.md maps them. What editors may add to stands in tables instead."""

from django.db.models import TextChoices


class PlaceKind(TextChoices):
    MUNICIPALITY = "municipality", "gemeente of gemeenten"
    REGION = "region", "regio of provincie"
    ORGANISATION = "organisation", "organisatie"
    NATIONAL = "national", "landelijk"
    ANONYMOUS = "anonymous", "niet genoemd"


class Status(TextChoices):
    """How far a practice was, at the moment that its case names."""

    IDEA = "idea", "idee"
    PILOT = "pilot", "pilot"
    RUNNING = "running", "in uitvoering"
    EMBEDDED = "embedded", "geborgd"
    STOPPED = "stopped", "gestopt"
    UNKNOWN = "unknown", "onbekend"


class Effect(TextChoices):
    """The sign of what it did, on what it was meant for."""

    POSITIVE = "positive", "gunstig"
    MIXED = "mixed", "wisselend"
    NONE = "none", "geen effect"
    NEGATIVE = "negative", "ongunstig"
    UNKNOWN = "unknown", "niet bekend"


class Evidence(TextChoices):
    """The best ground there is for the effect."""

    MEASURED = "measured", "gemeten"
    SELF_REPORTED = "self_reported", "volgens de betrokkenen zelf"
    EXPECTED = "expected", "verwacht"
    NONE = "none", "niets bekend"


class FactKind(TextChoices):
    MEASURED = "measured", "gemeten"
    SELF_REPORTED = "self_reported", "volgens de betrokkenen zelf"
    EXPECTED = "expected", "verwacht"


class FactTopic(TextChoices):
    SCALE = "scale", "omvang en bereik"
    EFFECT = "effect", "wat het doet"
    COSTS = "costs", "kosten"
    SAVINGS = "savings", "opbrengst in geld"
    CONTEXT = "context", "achtergrond"


class Qualifier(TextChoices):
    """How exact a figure is, in the word of its source."""

    ABOUT = "about", "ongeveer"
    OVER = "over", "ruim"
    MORE_THAN = "more_than", "meer dan"
    AT_LEAST = "at_least", "minimaal"
    AT_MOST = "at_most", "maximaal"
    NEARLY = "nearly", "bijna"
    LESS_THAN = "less_than", "minder dan"
    AVERAGE = "average", "gemiddeld"
    UP_TO = "up_to", "tot"
    FROM = "from", "vanaf"


class LinkStrength(TextChoices):
    DIRECT = "direct", "dit is de maatregel in de praktijk"
    PARTIAL = "partial", "raakt aan de maatregel"


class LinkDirection(TextChoices):
    SUPPORTS = "supports", "laat zien dat het werkt"
    MIXED = "mixed", "laat beide kanten zien"
    COUNTER_EXAMPLE = "counter_example", "laat zien dat het niet werkt of waar het ophoudt"
