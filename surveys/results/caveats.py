"""What a reader must know before using the figures of a wave; other apps add what they know."""

from collections.abc import Callable

from surveys.questionnaire.models import Wave

# An app that sits above this one appends its function in AppConfig.ready.
caveat_sources: list[Callable[[Wave], list[str]]] = []


def list_caveats(wave: Wave) -> tuple[str, ...]:
    return tuple(caveat for source in caveat_sources for caveat in source(wave))
