"""Themes in the answers to an open question: they count as the options of a closed one do. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodedTheme:
    """A theme as the codebook describes it."""

    code: str
    name: str
    definition: str
    example: str


@dataclass(frozen=True, slots=True)
class CodedQuestion:
    """The themes of one question in the order of the codebook, whose `version` texts were put into themes with."""

    version: int
    themes: tuple[CodedTheme, ...]
