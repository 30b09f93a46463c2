"""Gathers what is flagged in a wave, in a fixed number of queries, however many responses and numbers there are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Q, QuerySet

from surveys.accounts.models import Organisation
from surveys.fieldwork.flags import (
    JUDGED_KINDS,
    Flag,
    FlagKind,
    Place,
    ReportedNumber,
    flag_first_deliveries,
    flag_numbers,
)
from surveys.fieldwork.models import SeenFlag
from surveys.fieldwork.provenance import Dispute, list_disputes
from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import Definition, NumberLimits
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_comparable_codes, load_definition
from surveys.responses.models import Answer, AnswerCell, Response, ResponseMunicipality

REGIONS = "jeugdregio’s"


@dataclass(frozen=True)
class RaisedFlag:
    """A flag with what a reviewer made of it; `seen` is None as long as nobody looked."""

    flag: Flag
    seen: SeenFlag | None


@dataclass(frozen=True)
class SubmittedResponse:
    """What a number is held against: the size class of whoever answers, and the people it answers for."""

    id: int
    organisation_code: str
    organisation: str
    is_region: bool
    started_at: datetime
    submitted_at: datetime
    municipalities: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Frame:
    names: Mapping[str, str]
    populations: Mapping[str, int]
    size_classes: Mapping[str, str]


def load_flags(wave: Wave, *, disputes: Collection[Dispute] | None = None) -> dict[int, list[RaisedFlag]]:
    """By response id, what is flagged in the wave, seen or not: numbers and overlaps only once they are submitted.

    `disputes` are those of the wave, for who has them already.
    """
    frame = _load_frame(wave)
    submitted = load_submitted(wave)
    numbers = _NumberLoader(wave, submitted=submitted, frame=frame).list_numbers()
    flags = [
        *flag_first_deliveries(
            {each.id: (each.organisation_code, each.started_at) for each in submitted.values()},
            earlier=_find_earlier_respondents(wave),
        ),
        *_flag_overlaps(submitted, names=frame.names),
        *(_flag_dispute(each) for each in (list_disputes(wave) if disputes is None else disputes)),
        *flag_numbers(numbers),
    ]
    seen = {
        (
            row.response_id,
            row.kind,
            Place(row.question, row.row, row.column, row.municipality),
            row.arose_at,
        ): row
        for row in SeenFlag.objects.filter(response__wave=wave).select_related("seen_by")
    }
    raised: dict[int, list[RaisedFlag]] = defaultdict(list)
    for flag in flags:
        raised[flag.response_id].append(RaisedFlag(flag, seen.get(flag.key)))
    return dict(raised)


def load_submitted(wave: Wave) -> dict[int, SubmittedResponse]:
    """The submitted responses of the wave by id, with the municipalities each speaks for, in two queries."""
    rows = Response.objects.filter(wave=wave, status=Response.Status.SUBMITTED).select_related("organisation")
    submitted = {
        row.pk: SubmittedResponse(
            id=row.pk,
            organisation_code=row.organisation_id,
            organisation=str(row.organisation),
            is_region=row.organisation.kind == Organisation.Kind.YOUTH_REGION,
            started_at=row.started_at,
            submitted_at=row.submitted_at or row.started_at,
        )
        for row in rows.order_by("organisation__name", "organisation")
    }
    coverage = ResponseMunicipality.objects.filter(
        response__wave=wave, response__status=Response.Status.SUBMITTED
    )
    for response_id, municipality in coverage.values_list("response", "municipality"):
        if response_id in submitted:
            submitted[response_id].municipalities.add(municipality)
    return submitted


def _load_frame(wave: Wave) -> _Frame:
    rows = list(wave.frame.values_list("municipality", "name", "population", "size_class__name"))
    return _Frame(
        names={code: name for code, name, *_ in rows},
        populations={code: population for code, _, population, _ in rows},
        size_classes={code: size_class for code, *_, size_class in rows},
    )


def _find_earlier_respondents(wave: Wave) -> set[str] | None:
    """The organisations that submitted in an earlier wave of the survey; None when nobody ever did."""
    earlier = Response.objects.filter(
        wave__version__survey=wave.version.survey_id,
        wave__reference_date__lt=wave.reference_date,
        status=Response.Status.SUBMITTED,
    )
    return set(earlier.values_list("organisation", flat=True)) or None


def _flag_overlaps(submitted: Mapping[int, SubmittedResponse], *, names: Mapping[str, str]) -> Iterator[Flag]:
    """Stands with the municipality's own response, since the latest of the two came in."""
    regional = {code: each for each in submitted.values() if each.is_region for code in each.municipalities}
    for own in submitted.values():
        region = None if own.is_region else regional.get(own.organisation_code)
        if region is not None:
            yield Flag(
                own.id,
                FlagKind.OVERLAP,
                Place(municipality=own.organisation_code),
                names.get(own.organisation_code, own.organisation),
                f"{own.organisation} antwoordde zelf, en {region.organisation} antwoordde ook voor haar. "
                "Het eigen antwoord telt.",
                max(own.submitted_at, region.submitted_at),
            )


def _flag_dispute(dispute: Dispute) -> Flag:
    return Flag(
        dispute.region.pk,
        FlagKind.DISPUTE,
        Place(question=dispute.question_code, municipality=dispute.municipality_code),
        dispute.question,
        f"{dispute.municipality} is het niet eens met dit antwoord: {dispute.reason}",
        dispute.taken_at,
    )


@dataclass(frozen=True)
class _NumberLoader:
    """The numbers that were submitted in the wave, each with what the same organisation said there before."""

    wave: Wave
    submitted: Mapping[int, SubmittedResponse]
    frame: _Frame

    @cached_property
    def definition(self) -> Definition:
        return load_definition(self.wave.version)

    @cached_property
    def codes(self) -> dict[int, str]:
        """The questions with numbers by primary key, also of earlier versions that mean the same."""
        with_numbers = {
            question.code
            for question in self.definition.questions.values()
            if question.kind in (*JUDGED_KINDS, "matrix")
        }
        found = load_comparable_codes(self.wave.version).questions
        return {pk: code for pk, code in found.items() if code in with_numbers}

    def list_numbers(self) -> list[ReportedNumber]:
        """Five queries: numbers and cells of this wave and of the earlier ones, and which questions compare."""
        history: dict[tuple[str, Place], list[Decimal]] = defaultdict(list)
        earlier = Q(
            response__wave__version__survey=self.wave.version.survey_id,
            response__wave__reference_date__lt=self.wave.reference_date,
            municipality=None,
        )
        for _, organisation, place, number, _ in self._read(earlier):
            history[organisation, place].append(number)
        found = []
        for response_id, organisation, place, number, given_at in self._read(Q(response__wave=self.wave)):
            limits = self._find_limits(place)
            if limits is None or response_id not in self.submitted:
                continue
            size_class, inhabitants = self._find_group(self.submitted[response_id], place)
            found.append(
                ReportedNumber(
                    response_id=response_id,
                    place=place,
                    title=self._name(place),
                    limits=limits,
                    number=number,
                    size_class=size_class,
                    inhabitants=inhabitants,
                    given_at=given_at,
                    history=tuple(history.get((organisation, place), ())),
                )
            )
        return found

    def _read(self, which: Q) -> Iterator[tuple[int, str, Place, Decimal, datetime]]:
        """Per number: response, organisation, place, the number, and since when it stands there."""
        answers = Answer.objects.filter(
            which,
            response__status=Response.Status.SUBMITTED,
            question__version=F("response__version"),
            question__in=self.codes,
            state=AnswerState.GIVEN,
            is_routed=True,
        )
        columns = ("response", "response__organisation", "question", "municipality")
        numbers = answers.filter(number__isnull=False).order_by("pk")
        for response, organisation, question, municipality, number, at in numbers.values_list(
            *columns, "number", "saved_at"
        ):
            yield response, organisation, Place(self.codes[question], "", "", municipality or ""), number, at
        cells: QuerySet[AnswerCell] = AnswerCell.objects.filter(answer__in=answers, number__isnull=False)
        for response, organisation, question, municipality, row, column, number, at in cells.order_by(
            "pk"
        ).values_list(
            *(f"answer__{each}" for each in columns), "row", "column", "number", "answer__saved_at"
        ):
            place = Place(self.codes[question], row, column, municipality or "")
            yield response, organisation, place, number, at

    def _find_limits(self, place: Place) -> NumberLimits | None:
        """None for a year, which is no amount, and for what the wave's version no longer asks."""
        question = self.definition.questions[place.question]
        limits: NumberLimits | None = question
        if place.column:
            limits = next((each for each in question.columns if each.code == place.column), None)
        return limits if limits is not None and limits.kind in JUDGED_KINDS else None

    def _find_group(self, response: SubmittedResponse, place: Place) -> tuple[str, int]:
        if response.is_region and not place.municipality:
            return REGIONS, sum(self.frame.populations.get(code, 0) for code in response.municipalities)
        code = place.municipality or response.organisation_code
        size_class = self.frame.size_classes.get(code, "")
        return f"de grootteklasse {size_class}", self.frame.populations.get(code, 0)

    def _name(self, place: Place) -> str:
        question = self.definition.questions[place.question]
        rows = {each.code: each.text for each in question.rows}
        columns = {each.code: each.text for each in question.columns}
        cell = [names[code] for names, code in ((rows, place.row), (columns, place.column)) if code in names]
        where = [self.frame.names[place.municipality]] if place.municipality in self.frame.names else []
        return " – ".join([question.text, *cell, *where])
