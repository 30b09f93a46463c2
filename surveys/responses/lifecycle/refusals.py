"""Why a response does not let somebody do something now; every message is Dutch, for the user."""

from surveys.responses.progress import Gap


class ActionRefused(Exception):
    """The response does not allow this now; the message is Dutch, for the user."""


class WaveClosed(ActionRefused):
    """The wave is not open, so nobody fills in."""


class ResponseLocked(ActionRefused):
    """The response was submitted or excluded."""


class IncompleteResponse(ActionRefused):
    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("Uw antwoorden zijn nog niet compleet.")
        self.gaps = gaps
