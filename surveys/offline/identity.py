"""What a workbook was made of and for: written in a hidden sheet, and judged when the workbook comes back. Pure."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

# Short enough to begin the key of a save with (see `AnswerRevision.key`).
ID = re.compile("[0-9a-f]{12}")
NOT_OURS = (
    "Dit is niet de werkmap van deze vragenlijst. Haal de werkmap op deze site op, vul die in en stuur die "
    "daarna hier in."
)


class ForeignWorkbook(Exception):
    """The workbook does not belong here, nothing of it is taken; the message is Dutch, for who sent it."""


@dataclass(frozen=True, slots=True)
class WorkbookIdentity:
    """`id` is of this one file; `checksum` is that of the version of the questionnaire (`number`)."""

    id: str
    wave: str
    wave_title: str
    organisation: str
    organisation_name: str
    number: str
    checksum: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, found: Mapping[str, str]) -> "WorkbookIdentity":
        """Raises ForeignWorkbook when something is missing."""
        names = [field.name for field in fields(cls)]
        if any(not found.get(name) for name in names) or not ID.fullmatch(found["id"]):
            raise ForeignWorkbook(NOT_OURS)
        return cls(**{name: found[name] for name in names})

    def refuse_elsewhere(self, here: "WorkbookIdentity") -> None:
        """Raises ForeignWorkbook unless this workbook was made for what is asked `here`."""
        if self.organisation != here.organisation:
            raise ForeignWorkbook(
                f"Deze werkmap is gemaakt voor {self.organisation_name}. U bent bezig voor {here.organisation_name}."
            )
        if self.wave != here.wave:
            raise ForeignWorkbook(
                f"Deze werkmap hoort bij {self.wave_title}. U bent bezig met {here.wave_title}. Haal hier een nieuwe "
                "werkmap op."
            )
        if self.checksum != here.checksum:
            raise ForeignWorkbook(
                f"Deze werkmap is gemaakt van versie {self.number} van de vragenlijst. U vult nu versie "
                f"{here.number} in. Haal een nieuwe werkmap op: uw opgeslagen antwoorden staan er al in. Neem "
                "daarin over wat u nog wilt veranderen."
            )
