import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import KEEP_FOR
from surveys.downloads.wide_columns import Place, WideLayout
from surveys.downloads.wide_rows import (
    GIVEN,
    WideRow,
    fill_answers,
    fill_choices,
    fill_files,
    fill_tables,
    mark_routing,
)
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import load_changes, load_codes, load_comparable_codes, load_definition
from surveys.questionnaire.version_changes import is_comparable
from surveys.responses.corrections import list_wave_corrections
from surveys.responses.merging import AnswerKey
from surveys.responses.models import (
    Answer,
    AnswerCell,
    EvidenceFile,
    ResolvedAnswer,
    Response,
    ResponseMunicipality,
)
from surveys.responses.resolution import ResolutionState
from surveys.tabular.workbook import Cell, Row

ROWS_AT_A_TIME = 500
RECENT_EXPORTS = 20

# What `fill_answers` and `fill_choices` want to know, after whose row it is.
ANSWER_COLUMNS = ("state", "text", "number", "day", "file_id", "caveat")
CHOICE_COLUMNS = ("option_id", "text", "rank")


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
    places = {
        version.pk: _place_answers(version, wave=wave, layout=layout)
        for version in QuestionnaireVersion.objects.filter(responses__wave=wave).distinct()
    }
    options = load_comparable_codes(wave.version).options
    corrections = _load_corrections(wave)
    definition = load_definition(wave.version)
    for chunk in _list_chunks(wave):
        municipalities = _load_municipalities(chunk)
        rows: dict[object, WideRow] = {}
        for response_id, (code, status, version_id) in chunk.items():
            cells: list[Cell] = [code, " ".join(municipalities[response_id]), status]
            cells += [None] * (len(layout.columns) - layout.lead)
            rows[response_id] = WideRow(cells, places[version_id])
        _fill(
            rows,
            Answer.objects.filter(response__in=chunk, is_routed=True),
            columns=("response_id", "question_id", "municipality_id", "pk"),
            path="",
            options=options,
        )
        for response_id in chunk:
            row = rows[response_id]
            for key, place in layout.places.items() if corrections else ():
                if place.correction is not None:
                    row.cells[place.correction] = corrections[response_id, key]
            if marks_routing:
                mark_routing(row.cells, definition=definition, places=layout.places)
            yield tuple(row.cells)


def count_municipalities(wave: Wave) -> int:
    return wave.frame.count()


def stream_resolved(wave: Wave, *, layout: WideLayout) -> Iterator[Row]:
    """The row of every municipality of the frame, by code: the answers that hold for it and where they come from.

    What is disputed does not hold: the row says so, and the answer stays empty.
    """
    questions = {pk: code for code, pk in load_codes(wave.version).questions.items()}
    places: dict[tuple[int, str | None], Place] = {
        (pk, None): layout.places[code, ""] for pk, code in questions.items()
    }
    options = load_comparable_codes(wave.version).options
    frame = wave.frame.order_by("municipality").values_list(
        "municipality", "name", "province__name", "size_class__name", "youth_region__name", "population"
    )
    for start in itertools.count(0, ROWS_AT_A_TIME):
        chunk = list(frame[start : start + ROWS_AT_A_TIME])
        if not chunk:
            return
        rows: dict[object, WideRow] = {}
        for code, *facts in chunk:
            cells: list[Any] = [code, *facts, *[None] * (len(layout.columns) - layout.lead)]
            for place in layout.places.values():
                if place.provenance is not None:
                    cells[place.provenance] = ResolutionState.NONE.value
            rows[code] = WideRow(cells, places)
        resolved = ResolvedAnswer.objects.filter(wave=wave, municipality__in=[code for code, *_ in chunk])
        for code, question, provenance in resolved.values_list("municipality", "question", "provenance"):
            place = layout.places[questions[question], ""]
            if place.provenance is not None:
                rows[code].cells[place.provenance] = provenance
        _fill(
            rows,
            resolved.exclude(provenance=ResolvedAnswer.Provenance.DISPUTED).annotate(
                nobody=Value(None, output_field=CharField())
            ),
            columns=("municipality_id", "question_id", "nobody", "answer_id"),
            path="answer__",
            options=options,
        )
        yield from (tuple(row.cells) for row in rows.values())


def _list_chunks(wave: Wave) -> Iterator[dict[int, tuple[str, str, int]]]:
    """Code, status and version by the id of the response, so many at a time, in the order of the codes."""
    responses = Response.objects.filter(wave=wave).order_by("organisation_id")
    last = ""
    while chunk := list(
        responses.filter(organisation_id__gt=last).values_list(
            "pk", "organisation_id", "status", "version_id"
        )[:ROWS_AT_A_TIME]
    ):
        last = chunk[-1][1]
        yield {response_id: (code, status, version_id) for response_id, code, status, version_id in chunk}


def _place_answers(
    version: QuestionnaireVersion, *, wave: Wave, layout: WideLayout
) -> dict[tuple[int, str | None], Place]:
    """Where the answers to this version go, of the questions that mean the same in the version of the wave."""
    changes = load_changes(version, wave.version)
    keys = load_codes(version).questions
    return {
        (keys[code], municipality or None): place
        for (code, municipality), place in layout.places.items()
        if code in keys and is_comparable(code, changes=changes)
    }


def _fill(
    rows: Mapping[object, WideRow],
    answers: QuerySet[Any],
    *,
    columns: Sequence[str],
    path: str,
    options: Mapping[int, str],
) -> None:
    """Two queries, and one more for files and for tables. `columns` are those before the stored answer.

    `path` leads to that answer. Of a choice only what no option says is asked with the other answers.
    """
    choices = {
        question for row in rows.values() for (question, _), place in row.places.items() if place.order
    }
    is_plain = ~Q(question__in=choices) | ~Q(**{f"{path}state": GIVEN}) | ~Q(**{f"{path}caveat": ""})
    plain = answers.filter(is_plain).values_list(*columns, *(path + each for each in ANSWER_COLUMNS))
    unfinished = fill_answers(_fetch_rows(plain), rows=rows)
    chosen = answers.filter(**{f"{path}chosen__isnull": False})
    choices_made = chosen.values_list(*columns, *(f"{path}chosen__{each}" for each in CHOICE_COLUMNS))
    fill_choices(_fetch_rows(choices_made), rows=rows, options=options)
    if unfinished.files:
        names = EvidenceFile.objects.filter(pk__in=unfinished.files).order_by()
        fill_files(names.values_list("pk", "name"), files=unfinished.files)
    if unfinished.tables:
        cells = AnswerCell.objects.filter(answer__in=unfinished.tables).order_by()
        fill_tables(
            cells.values_list("answer", "row", "column", "option", "number"), tables=unfinished.tables
        )


def _fetch_rows(found: QuerySet[Any]) -> list[Any]:
    """As the database gives them: a number may be a float. Converting every column takes Django longer than reading."""
    with connection.cursor() as cursor:
        cursor.execute(*found.order_by().query.sql_with_params())
        rows: list[Any] = cursor.fetchall()
    return rows


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


def _load_municipalities(response_ids: Collection[int]) -> defaultdict[int, list[str]]:
    municipalities: defaultdict[int, list[str]] = defaultdict(list)
    rows = ResponseMunicipality.objects.filter(response__in=response_ids).order_by("municipality_id")
    for response_id, code in rows.values_list("response_id", "municipality_id"):
        municipalities[response_id].append(code)
    return municipalities
