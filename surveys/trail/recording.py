"""The trail: who did what and when. Every verb that changes or opens something ends with one line here."""

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, registry
from wagtail.models import ModelLogEntry

from surveys.statements import insert_rows

logger = logging.getLogger(__name__)


class UnknownAction(Exception):
    """The action has no words in the app's `wagtail_hooks.py`, so the history could not show it."""


def record(
    instance: Model,
    action: str,
    *,
    by: AbstractBaseUser | None,
    at: datetime | None = None,
    reason: str = "",
    **data: Any,
) -> None:
    """One line in Wagtail's log and, once the transaction holds, the same line in the log on stdout.

    `at` is now by default. `data` holds numbers and codes, never names, addresses or answers: more people read the
    log than may read those. A `reason` is somebody's own words: the history shows it, stdout does not. Raises
    UnknownAction. The line is Wagtail's own row, written without the two look-ups by which its own function makes
    sure that a person and a kind of object exist which we hold in our hands.
    """
    if not registry.action_exists(action):
        raise UnknownAction(action)
    context = get_active_log_context()
    person = by or context.user
    line = {
        "content_type_id": ContentType.objects.get_for_model(instance, for_concrete_model=False).pk,
        "object_id": str(instance.pk),
        "label": str(instance),
        "action": action,
        "data": {**data, "reason": reason} if reason else data,
        "timestamp": at or timezone.now(),
        "uuid": context.uuid,
        "user_id": person.pk if person else None,
    }
    insert_rows(ModelLogEntry, [line])
    transaction.on_commit(partial(_write_line, line, kind=instance._meta.label_lower, data=data))


def _write_line(line: Mapping[str, Any], *, kind: str, data: Mapping[str, Any]) -> None:
    """By number, without the label: a label can be somebody's name."""
    logger.info(
        line["action"],
        extra={
            "at": line["timestamp"].isoformat(),
            "person": line["user_id"],
            "kind": kind,
            "object": line["object_id"],
            "data": data,
        },
    )
