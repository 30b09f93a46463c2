from dataclasses import dataclass

from practices.models import CheckedLink

Status = CheckedLink.Status


@dataclass(frozen=True)
class Verdict:
    """What a check says of a link; `problem` is a sentence for editors, in Dutch."""

    status: CheckedLink.Status
    problem: str = ""
    moved_to: str = ""
