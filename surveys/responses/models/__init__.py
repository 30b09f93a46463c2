from surveys.responses.models.answer import (
    Answer,
    AnswerCell,
    AnswerOption,
    AnswerRevision,
    ConflictingAnswer,
    Correction,
    EvidenceFile,
)
from surveys.responses.models.region import Position, ResolvedAnswer, SectionTakeover
from surveys.responses.models.response import (
    Clarification,
    ReopenRequest,
    Response,
    ResponseMunicipality,
    Submission,
)

__all__ = [
    "Answer",
    "AnswerCell",
    "AnswerOption",
    "AnswerRevision",
    "Clarification",
    "ConflictingAnswer",
    "Correction",
    "EvidenceFile",
    "Position",
    "ReopenRequest",
    "ResolvedAnswer",
    "Response",
    "ResponseMunicipality",
    "SectionTakeover",
    "Submission",
]
