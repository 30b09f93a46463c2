"""The trail: who did what and when. Every verb that changes or opens something ends with one line here."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from wagtail.log_actions import log


def record(
    instance: Model, action: str, *, by: AbstractBaseUser | None, at: datetime | None = None, **data: Any
) -> None:
    """One line in Wagtail's log; `action` is registered in the app's `wagtail_hooks.py`, `at` is now by default.

    `data` holds numbers and codes, never names, addresses or answers: the log is read by more people than those.
    """
    log(instance, action, user=by, timestamp=at, data=data)
