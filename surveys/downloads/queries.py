import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import KEEP_FOR
from surveys.downloads.stored_answers import OF_MUNICIPALITY, OF_RESPONSE, compose_covered, compose_stored
from surveys.downloads.wide_columns import Place, WideLayout
from surveys.downloads.wide_rows import StoredUnit, fill_row, mark_routing, name_answer, place_answers
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_changes, load_codes, load_comparable_codes, load_definition
from surveys.questionnaire.version_changes import is_comparable
from surveys.responses.corrections import list_wave_corrections
from surveys.responses.merging import AnswerKey
from surveys.responses.models import Answer, Response
from surveys.responses.resolution import ResolutionState
from surveys.tabular.workbook import Cell, Row

ROWS_AT_A_TIME = 500
RECENT_EXPORTS = 20


def list_own_exports(person: Person) -> QuerySet[ExportJob]:
    """The files the person asked for and may still fetch, the latest first."""
    jobs = ExportJob.objects.filter(owner=person, requested_at__gte=timezone.now() - KEEP_FOR)
    return jobs.select_related("wave")[:RECENT_EXPORTS]


def count_responses(wave: Wave) -> int:
    return Response.objects.filter(wave=wave).count()


def stream_responses(wave: Wave, *, layout: WideLayout, marks_routing: bool = False) -> Iterator[Row]:
    """The row of every response, drafts and excluded ones too, by code; a fixed number of them is in memory at a time.

    Answers that the routing hides are left out: the question was not asked. So are those to an earlier version
    in which the question meant something else. With `marks_routing` the row says which questions were not asked.
    """
    options = load_comparable_codes(wave.version).options
    places = {
        version.pk: place_answers(_name_places(version, wave=wave, layout=layout), options=options)
        for version in QuestionnaireVersion.objects.filter(responses__wave=wave).distinct()
    }
    corrections = _load_corrections(wave)
    corrected = {
        key: place.correction for key, place in layout.places.items() if place.correction is not None
    }
    definition = load_definition(wave.version)
    responses = Response.objects.filter(wave=wave).annotate(covered=compose_covered())
    for (response_id, code, status, version, covered), unit in _stream_units(
        responses,
        key="organisation_id",
        columns=("pk", "organisation_id", "status", "version_id", "covered"),
        stored=compose_stored(OF_RESPONSE, places=layout.places.values()),
    ):
        cells: list[Cell] = [code, " ".join(sorted((covered or "").split())), status]
        cells += [None] * (len(layout.columns) - layout.lead)
        fill_row(cells, unit, places=places[version], options=options)
        for key, position in corrected.items():
            cells[position] = corrections[response_id, key]
        if marks_routing:
            mark_routing(cells, definition=definition, places=layout.places)
        yield tuple(cells)


def count_municipalities(wave: Wave) -> int:
    return wave.frame.count()


def stream_resolved(wave: Wave, *, layout: WideLayout) -> Iterator[Row]:
    """The row of every municipality of the frame, by code: the answers that hold for it and where they come from.

    What is disputed does not hold: the row says so, and the answer stays empty.
    """
    options = load_comparable_codes(wave.version).options
    named = {
        name_answer(pk): layout.places[code, ""] for code, pk in load_codes(wave.version).questions.items()
    }
    places = place_answers(named, options=options)
    for facts, unit in _stream_units(
        wave.frame.all(),
        key="municipality_id",
        columns=(
            *("municipality_id", "name", "province__name", "size_class__name", "youth_region__name"),
            "population",
        ),
        stored=compose_stored(OF_MUNICIPALITY, places=layout.places.values()),
    ):
        cells: list[Cell] = [*facts, *[None] * (len(layout.columns) - layout.lead)]
        for place in layout.places.values():
            if place.provenance is not None:
                cells[place.provenance] = ResolutionState.NONE.value
        fill_row(cells, unit, places=places, options=options)
        yield tuple(cells)


def _stream_units(
    units: QuerySet[Any], *, key: str, columns: Sequence[str], stored: Mapping[str, RawSQL]
) -> Iterator[tuple[tuple[Any, ...], StoredUnit]]:
    """The `columns` of each unit and what is stored of it, in the order of the key: so many at a time, in one query.

    No query stays open in between. On SQLite that would keep whoever reads from writing how far it is.
    """
    found = units.order_by(key).annotate(**{f"stored_{name}": value for name, value in stored.items()})
    rows = found.values_list(key, *columns, *(f"stored_{name}" for name in stored))
    last = ""
    while chunk := list(rows.filter(**{f"{key}__gt": last})[:ROWS_AT_A_TIME]):
        last = chunk[-1][0]
        for row in chunk:
            values = zip(stored, row[1 + len(columns) :], strict=True)
            yield (
                row[1 : 1 + len(columns)],
                StoredUnit(**{name: json.loads(each) for name, each in values if each}),
            )


def _name_places(version: QuestionnaireVersion, *, wave: Wave, layout: WideLayout) -> dict[str, Place]:
    """Where the answers to this version go, of the questions that mean the same in the version of the wave."""
    changes = load_changes(version, wave.version)
    keys = load_codes(version).questions
    return {
        name_answer(keys[code], municipality): place
        for (code, municipality), place in layout.places.items()
        if code in keys and is_comparable(code, changes=changes)
    }


def list_deviations(wave: Wave) -> list[AnswerKey]:
    """Which questions a region answers otherwise for which municipality, in the order of the questionnaire."""
    return _list_keys(wave, Answer.objects.filter(municipality__isnull=False))


def list_caveated(wave: Wave) -> list[AnswerKey]:
    """The answers to which somebody added a caveat, as `list_deviations`; those that hold for all first."""
    return _list_keys(wave, Answer.objects.exclude(caveat=""))


def list_corrected(wave: Wave) -> list[AnswerKey]:
    """The answers that researchers changed after they were submitted, as `list_deviations`."""
    return _list_keys(wave, Answer.objects.filter(revisions__correction__isnull=False))


def _load_corrections(wave: Wave) -> defaultdict[tuple[int, AnswerKey], str]:
    """By response and answer: a line per correction, the latest first."""
    lines: defaultdict[tuple[int, AnswerKey], str] = defaultdict(str)
    for response, correction in list_wave_corrections(wave):
        line = f"{lines[response.pk, correction.key]}\n{correction.sentence}"
        lines[response.pk, correction.key] = line.lstrip("\n")
    return lines


def _list_keys(wave: Wave, answers: QuerySet[Answer]) -> list[AnswerKey]:
    order = {code: position for position, code in enumerate(load_definition(wave.version).questions)}
    rows = answers.filter(response__wave=wave, is_routed=True).values_list("question__code", "municipality")
    found = {(code, municipality or "") for code, municipality in rows.distinct() if code in order}
    return sorted(found, key=lambda key: (order[key[0]], key[1]))
