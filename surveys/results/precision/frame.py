"""The municipalities that figures stand for. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.results.dimensions import Dimension

# The dimensions of which everybody knows how many municipalities are in each group. Of the other ones, such as an
# answer to a question, that is known only of those who answered.
TERRITORIAL = (Dimension.SIZE_CLASS, Dimension.YOUTH_REGION, Dimension.PROVINCE)


@dataclass(frozen=True, slots=True)
class FrameMember:
    """A municipality of the frame, by its code, with the code of its group in every dimension of `TERRITORIAL`.

    `cluster` is the key of the submitted response that speaks for it, its own before that of its region; empty when
    there is none.
    """

    code: str
    groups: Mapping[str, str]
    inhabitants: int
    cluster: str = ""
