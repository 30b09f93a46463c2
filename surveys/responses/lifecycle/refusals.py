"""Why a response does not let somebody do something now; every message is Dutch, for the user."""

from surveys.responses.progress import Gap


class ActionRefused(Exception):
    """The response does not allow this now; the message is Dutch, for the user."""


class WaveClosed(ActionRefused):
    """The wave is not open, so nobody fills in."""


class ResponseLocked(ActionRefused):
    """The response was submitted or excluded."""


class VersionChanged(ActionRefused):
    """The response moved to another version of the questionnaire after its author looked."""

    def __init__(self) -> None:
        super().__init__(
            "Uw organisatie vult nu een nieuwere versie van de vragenlijst in. Laad de pagina opnieuw."
        )


class IncompleteResponse(ActionRefused):
    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("Uw antwoorden zijn nog niet compleet.")
        self.gaps = gaps
