"""What a reader must know about the answers to a wave, told by whoever knows it.

An app higher up adds its source in `AppConfig.ready`, so that this layer need not know that app.
"""

from collections.abc import Callable

from surveys.questionnaire.models import Wave

CaveatSource = Callable[[Wave], list[str]]

caveat_sources: list[CaveatSource] = []


def collect_caveats(wave: Wave) -> tuple[str, ...]:
    """Every source's Dutch sentences, each once, in the order in which the sources were added."""
    return tuple(dict.fromkeys(caveat for source in caveat_sources for caveat in source(wave)))
