"""Rows of answers, written in a fixed number of queries; `lifecycle` calls these inside its transactions."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Value, When

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.merging import AnswerChange, AnswerKey
from surveys.responses.models import Answer, AnswerCell, AnswerOption, AnswerRevision, Response
from surveys.responses.queries import AnswerHistory
from surveys.statements import insert_rows

Row = dict[str, Any]

CHANGING_FIELDS = ("revision", "state", "text", "number", "day", "file", "caveat", "saved_at", "saved_by")


def write_answers(
    response: Response,
    accepted: Mapping[AnswerKey, AnswerChange],
    *,
    held: Mapping[AnswerKey, AnswerHistory],
    family: Collection[str],
    by: Person | None,
    at: datetime,
) -> None:
    """Write the new values with their history, and correct which answers of the family are asked.

    `family` are the questions whose routes may change (`routing.map_families`), and `held` all there is of them.
    At most four queries for one value, whatever else there is.
    """
    definition = load_definition(response.version)
    values = {key: history.current.value for key, history in held.items()}
    values |= {key: new.value for key, new in accepted.items()}
    routed = _find_routed(definition, values, family=family)
    save = {"saved_at": at, "saved_by_id": by.pk if by else None}
    answers = {
        key: {
            "revision": held[key].current.revision + 1 if key in held else 1,
            "state": new.value.state,
            "text": new.value.text,
            "number": new.value.number,
            "day": new.value.day,
            "file_id": new.value.file.id if new.value.file else None,
            "caveat": new.value.caveat,
            "is_routed": key in routed,
        }
        for key, new in accepted.items()
    }
    ids = {key: history.current.id for key, history in held.items()}
    ids |= _insert_answers(response, {key: row for key, row in answers.items() if key not in held}, save=save)
    turned = {
        history.current.id: key in routed
        for key, history in held.items()
        if key not in accepted and (key in routed) is not history.current.is_routed
    }
    changed = {ids[key]: row | save for key, row in answers.items() if key in held}
    _update_answers(changed, turned=turned)
    _rewrite_parts(response, ids, accepted=accepted, held=held, definition=definition)
    insert_rows(
        AnswerRevision,
        [
            {
                "answer_id": ids[key],
                "number": row["revision"],
                "value": accepted[key].value.as_dict(),
                "key": accepted[key].key,
                "origin": accepted[key].origin,
            }
            for key, row in answers.items()
        ],
        common=save,
    )


def _insert_answers(response: Response, new: Mapping[AnswerKey, Row], *, save: Row) -> dict[AnswerKey, int]:
    questions = load_codes(response.version).questions
    rows = [
        row | {"question_id": questions[question], "municipality_id": municipality or None}
        for (question, municipality), row in new.items()
    ]
    ids = insert_rows(Answer, rows, common={"response_id": response.pk, **save})
    return dict(zip(new, ids, strict=True))


def _find_routed(
    definition: Definition, values: Mapping[AnswerKey, AnswerValue], *, family: Collection[str]
) -> set[AnswerKey]:
    """Which are asked: a deviation is judged on the response's answers with its municipality's over them."""
    own = {question: value.option_codes for (question, whose), value in values.items() if not whose}
    routed: set[AnswerKey] = set()
    for municipality in {whose for _, whose in values}:
        deviating = {
            question: value.option_codes
            for (question, whose), value in values.items()
            if whose == municipality
        }
        found = find_routed_questions(definition, chosen=own | deviating, among=family)
        routed.update((question, municipality) for question in found)
    return routed


def _update_answers(changed: Mapping[int, Row], *, turned: Mapping[int, bool]) -> None:
    """By id, one query for what was answered anew and what is asked from now on or no longer."""
    is_routed = {pk: row["is_routed"] for pk, row in changed.items()} | dict(turned)
    if not is_routed:
        return
    new_values = {
        field.name: Case(
            *(When(pk=pk, then=Value(row[field.attname], output_field=field)) for pk, row in changed.items()),
            default=F(field.name),
            output_field=field,
        )
        for field in Answer._meta.concrete_fields
        if changed and field.name in CHANGING_FIELDS
    }
    asked = [pk for pk, is_asked in is_routed.items() if is_asked]
    Answer.objects.filter(pk__in=is_routed).update(
        **new_values,
        is_routed=Case(When(pk__in=asked, then=Value(True)), default=Value(False)),
    )


def _rewrite_parts(
    response: Response,
    ids: Mapping[AnswerKey, int],
    *,
    accepted: Mapping[AnswerKey, AnswerChange],
    held: Mapping[AnswerKey, AnswerHistory],
    definition: Definition,
) -> None:
    """The rows behind an answer: chosen options and filled cells, where they differ from before."""
    options = load_codes(response.version).options
    chosen = {key: new.value for key, new in accepted.items() if _differs(key, "options", accepted, held)}
    if stale := [ids[key] for key in chosen if key in held and held[key].current.value.options]:
        AnswerOption.objects.filter(answer__in=stale).delete()
    insert_rows(
        AnswerOption,
        [
            {
                "answer_id": ids[key],
                "option_id": options[key[0], option.code],
                "text": option.text,
                "rank": place if definition.questions[key[0]].kind == "ranking" else 0,
            }
            for key, value in chosen.items()
            for place, option in enumerate(value.options, start=1)
        ],
    )
    filled = {key: new.value for key, new in accepted.items() if _differs(key, "cells", accepted, held)}
    if stale := [ids[key] for key in filled if key in held and held[key].current.value.cells]:
        AnswerCell.objects.filter(answer__in=stale).delete()
    insert_rows(
        AnswerCell,
        [
            {
                "answer_id": ids[key],
                "row": cell.row,
                "column": cell.column,
                "option": cell.option,
                "number": cell.number,
            }
            for key, value in filled.items()
            for cell in value.cells
        ],
    )


def _differs(
    key: AnswerKey,
    part: str,
    accepted: Mapping[AnswerKey, AnswerChange],
    held: Mapping[AnswerKey, AnswerHistory],
) -> bool:
    before = getattr(held[key].current.value, part) if key in held else ()
    return bool(getattr(accepted[key].value, part) != before)
