"""A round of coding: begin it, divide the texts, and go from blind coding to settling."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.coding.lifecycle.carrying_over import carry_over_codings, carry_over_settlements
from surveys.coding.lifecycle.locking import lock_round
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.lifecycle.settling import rewrite_settlements
from surveys.coding.models import Assignment, CodebookVersion, Coding, CodingRound
from surveys.coding.queries import find_former_round
from surveys.coding.texts import list_open_questions
from surveys.questionnaire.models import Wave
from surveys.trail.recording import record

CODE_ANSWERS = "coding.code_answers"


@transaction.atomic
def start_round(
    wave: Wave, *, version: CodebookVersion, by: Person | None, at: datetime | None = None
) -> CodingRound:
    """Code the texts of this wave with this version, in the place of a round with an older one.

    What was settled there is taken over where every theme has one successor; the rest is coded again. Raises
    CodingRefused for a draft, for a version that is not the newest of this wave, and for another survey's wave.
    """
    at = at or timezone.now()
    version = (
        CodebookVersion.objects.select_for_update(of=("self",)).select_related("codebook").get(pk=version.pk)
    )
    codebook = version.codebook
    if version.published_at is None:
        raise CodingRefused("Stel het codeboek eerst vast. Daarna kan het coderen beginnen.")
    asked = {question.code for question in list_open_questions(wave)}
    if wave.version.survey_id != codebook.survey_id or codebook.question not in asked:
        raise CodingRefused("Deze meting stelt deze open vraag niet.")
    rounds = CodingRound.objects.filter(wave=wave, version__codebook=codebook)
    if rounds.filter(version__number__gte=version.number).exists():
        raise CodingRefused("Er is al een ronde met deze of een nieuwere versie van het codeboek.")
    coding_round = CodingRound.objects.create(wave=wave, version=version, started_at=at, started_by=by)
    former = find_former_round(coding_round)
    carried = carry_over_settlements(former, to=coding_round, at=at) if former else 0
    record(coding_round, "coding.start_round", by=by, at=at, version=version.number, carried=carried)
    return coding_round


@transaction.atomic
def assign_coder(
    coding_round: CodingRound,
    *,
    coder: Person,
    first: int = 0,
    last: int = 100,
    by: Person | None,
    at: datetime | None = None,
) -> Assignment:
    """Ask somebody to code the texts whose lot lies from `first` up to `last` (percentages), or another part.

    What this coder did with an older version is taken over where that is certain. Raises CodingRefused once
    settling has begun, for who may not code, and for a part that is none.
    """
    at = at or timezone.now()
    coding_round = lock_round(coding_round)
    if not coding_round.is_blind:
        raise CodingRefused("Het vergelijken is begonnen. Er kan niemand meer bij komen.")
    if not 0 <= first < last <= 100:
        raise CodingRefused("Kies een deel tussen 0 en 100 procent.")
    if not (coder.is_active and coder.has_perm(CODE_ANSWERS)):
        raise CodingRefused("Deze persoon mag geen antwoorden coderen.")
    assignment, is_new = Assignment.objects.update_or_create(
        round=coding_round,
        coder=coder,
        defaults={"first": first, "last": last, "ended_at": None},
        create_defaults={"first": first, "last": last, "assigned_at": at, "assigned_by": by},
    )
    former = find_former_round(coding_round)
    carried = carry_over_codings(former, to=assignment, at=at) if is_new and former else 0
    record(
        coding_round,
        "coding.assign",
        by=by,
        at=at,
        coder=coder.pk,
        first=first,
        last=last,
        carried=carried,
    )
    return assignment


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: Person | None, at: datetime | None = None) -> None:
    """This coder stops. Their codes are kept and no longer count. Raises CodingRefused when they stopped already."""
    at = at or timezone.now()
    coding_round = lock_round(assignment.round)
    ended = Assignment.objects.filter(pk=assignment.pk, ended_at=None).update(ended_at=at)
    if not ended:
        raise CodingRefused("Deze persoon codeert al niet meer mee.")
    if not coding_round.is_blind:
        rewrite_settlements(coding_round, at=at)
    record(coding_round, "coding.end_assignment", by=by, at=at, coder=assignment.coder_id)


@transaction.atomic
def begin_settling(
    coding_round: CodingRound, *, by: Person | None, at: datetime | None = None
) -> CodingRound:
    """End blind coding: what coders chose is fixed, and what they agree on holds at once. There is no way back.

    Raises CodingRefused when it was done before, or nothing has been coded yet.
    """
    at = at or timezone.now()
    coding_round = lock_round(coding_round)
    if not coding_round.is_blind:
        raise CodingRefused("Het vergelijken is al begonnen.")
    codings = Coding.objects.filter(assignment__round=coding_round, assignment__ended_at=None)
    if not codings.exists():
        raise CodingRefused("Er is nog niets gecodeerd.")
    coding_round.settling_since = at
    coding_round.save(update_fields=["settling_since"])
    rewrite_settlements(coding_round, at=at)
    record(coding_round, "coding.begin_settling", by=by, at=at)
    return coding_round
