"""How far each municipality is, whoever answers for it: itself or its youth region. Pure."""

from collections.abc import Collection
from enum import StrEnum

from surveys.fieldwork.overview import FrameRow, ResponseRow


class Standing(StrEnum):
    """From not begun to submitted; the furthest of what is said for a municipality holds."""

    SILENT = "silent"
    DROPPED = "dropped"
    BEGUN = "begun"
    COMPLETE = "complete"
    INHERITED = "inherited"
    OWN = "own"


STANDING_NAMES = {
    Standing.SILENT: "nog niet begonnen",
    Standing.DROPPED: "telt niet mee: buiten beschouwing of ingetrokken",
    Standing.BEGUN: "bezig",
    Standing.COMPLETE: "alles ingevuld, nog niet ingediend",
    Standing.INHERITED: "ingediend via de jeugdregio",
    Standing.OWN: "zelf ingediend",
}
ORDER = tuple(Standing)


def find_standings(frame: Collection[FrameRow], *, responses: Collection[ResponseRow]) -> dict[str, Standing]:
    """The standing of every municipality of the frame, by code."""
    standings = {row.code: Standing.SILENT for row in frame}
    for response in responses:
        standing = _judge(response)
        for code in response.municipality_codes & standings.keys():
            standings[code] = max(standings[code], standing, key=ORDER.index)
    return standings


def _judge(response: ResponseRow) -> Standing:
    if response.is_submitted:
        return Standing.INHERITED if response.is_region else Standing.OWN
    if response.status != "draft":
        return Standing.DROPPED
    return Standing.COMPLETE if response.is_complete else Standing.BEGUN
