"""Why a contribution does not let somebody do something now; every message is Dutch, for the user."""

from collections.abc import Sequence


class ContributionRefused(Exception):
    """Not now, or not by this person."""


class NotYours(ContributionRefused):
    def __init__(self) -> None:
        super().__init__(
            "U mag dit voorbeeld niet (meer) wijzigen: alleen wie invult voor de organisatie mag dat."
        )


class PenAway(ContributionRefused):
    """It was sent in, so the editors and the place look at it."""

    def __init__(self) -> None:
        super().__init__(
            "Dit voorbeeld is ingezonden. U kunt het niet meer wijzigen, tenzij het terugkomt met vragen."
        )


class Discarded(ContributionRefused):
    def __init__(self) -> None:
        super().__init__("Een collega heeft dit voorbeeld weggegooid. U kunt een nieuw voorbeeld beginnen.")


class SentBefore(ContributionRefused):
    """Others have read it: what they decided stays with it."""

    def __init__(self) -> None:
        super().__init__(
            "Dit voorbeeld is al eens ingezonden. Daarom blijft het bij uw voorbeelden staan. "
            "Wilt u het van de site hebben? Vraag het de redactie."
        )


class NotReady(ContributionRefused):
    """It cannot be sent in; `problems` are full sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("Dit voorbeeld is nog niet klaar om in te zenden.")
        self.problems = list(problems)


class NotWaiting(ContributionRefused):
    """Nobody is asked about it now."""

    def __init__(self) -> None:
        super().__init__("Over dit voorbeeld wordt u nu niets gevraagd. Misschien was een collega u voor.")


class NotDue(ContributionRefused):
    """It is not public, or somebody is changing it."""

    def __init__(self) -> None:
        super().__init__("Dit voorbeeld hoeft nu niet te worden nagekeken.")
