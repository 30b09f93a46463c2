"""Why something cannot be done with a codebook or a text now; every message is Dutch, for the user."""


class CodingRefused(Exception):
    """The codebook, the round or the text does not allow this; the message is Dutch, for the user."""


class TextChanged(CodingRefused):
    """The organisation changed its answer, or took it back, after it was shown."""

    def __init__(self) -> None:
        super().__init__("De organisatie heeft deze tekst intussen gewijzigd. Bekijk de tekst opnieuw.")


class SavedElsewhere(CodingRefused):
    """Somebody saved this text after it was shown: the same coder in another window, or another settler."""
