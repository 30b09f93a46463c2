"""What was submitted, word for word: canonical JSON with a checksum, written once and read back. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from surveys.questionnaire.answer_values import AnswerValue

FORMAT = 1


@dataclass(frozen=True)
class SnapshotAnswer:
    """`is_asked` is false for an answer that is kept on a route that was left: it does not count."""

    value: AnswerValue
    revision: int
    is_asked: bool = True


@dataclass(frozen=True)
class SnapshotMunicipality:
    """A municipality the response speaks for; that it delivered does not yet say that it may be named."""

    code: str
    name: str
    may_be_named: bool = False


@dataclass(frozen=True)
class Snapshot:
    """A response at the moment of submitting.

    `answers` are by question code, `deviations` by (question code, municipality code); `checksum` is that of the
    definition they answer. Nothing in it names a person.
    """

    wave: str
    survey: str
    version: int
    definition_checksum: str
    respondent: str
    number: int
    submitted_at: datetime
    municipalities: tuple[SnapshotMunicipality, ...]
    answers: Mapping[str, SnapshotAnswer]
    deviations: Mapping[tuple[str, str], SnapshotAnswer]

    @property
    def values(self) -> dict[str, AnswerValue]:
        return {code: answer.value for code, answer in self.answers.items()}


def write_snapshot(snapshot: Snapshot) -> str:
    """Canonical JSON: the same response always gives the same characters."""
    content = {
        "format": FORMAT,
        "wave": snapshot.wave,
        "questionnaire": {
            "survey": snapshot.survey,
            "version": snapshot.version,
            "checksum": snapshot.definition_checksum,
        },
        "respondent": snapshot.respondent,
        "number": snapshot.number,
        "submitted_at": snapshot.submitted_at.isoformat(),
        "municipalities": [
            {"code": each.code, "name": each.name, "may_be_named": each.may_be_named}
            for each in sorted(snapshot.municipalities, key=lambda each: each.code)
        ],
        "answers": {code: _write_answer(answer) for code, answer in snapshot.answers.items()},
        "deviations": [
            {"question": question, "municipality": municipality} | _write_answer(answer)
            for (question, municipality), answer in sorted(
                snapshot.deviations.items(), key=lambda item: item[0]
            )
        ],
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read_snapshot(content: str) -> Snapshot:
    """The inverse of `write_snapshot`. Raises ValueError for another format."""
    read = json.loads(content)
    if read["format"] != FORMAT:
        raise ValueError(f"Unknown format of a submission: {read['format']}.")
    questionnaire = read["questionnaire"]
    return Snapshot(
        wave=read["wave"],
        survey=questionnaire["survey"],
        version=questionnaire["version"],
        definition_checksum=questionnaire["checksum"],
        respondent=read["respondent"],
        number=read["number"],
        submitted_at=datetime.fromisoformat(read["submitted_at"]),
        municipalities=tuple(SnapshotMunicipality(**each) for each in read["municipalities"]),
        answers={code: _read_answer(answer) for code, answer in read["answers"].items()},
        deviations={
            (each["question"], each["municipality"]): _read_answer(each) for each in read["deviations"]
        },
    )


def compute_checksum(content: str) -> str:
    """SHA-256 (hexadecimal) of the content as UTF-8."""
    return hashlib.sha256(content.encode()).hexdigest()


def _write_answer(answer: SnapshotAnswer) -> dict[str, object]:
    return {"value": answer.value.as_dict(), "revision": answer.revision, "asked": answer.is_asked}


def _read_answer(answer: Mapping[str, Any]) -> SnapshotAnswer:
    return SnapshotAnswer(AnswerValue.from_dict(answer["value"]), answer["revision"], answer["asked"])
