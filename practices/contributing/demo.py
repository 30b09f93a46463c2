"""Two contributions in the demo world, so that every page of contributing can be clicked through."""

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from practices.contributing.lifecycle.submitting import submit_contribution
from practices.contributing.lifecycle.writing import start_contribution
from practices.contributing.parts import Value
from practices.contributing.values import set_values
from practices.models import Contribution
from surveys.accounts.models import Organisation, Person
from surveys.accounts.roles import EDITORS
from surveys.demo.models import DemoWorld

TEXTS = Path(__file__).parent / "demo_contributions.toml"


@transaction.atomic
def seed_contributions() -> int:
    """How many were made: none outside the demo world, and none when there are some already. Nobody is mailed."""
    if not DemoWorld.objects.exists() or Contribution.objects.exists():
        return 0
    entries = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["contributions"]
    for entry in entries:
        _seed(entry)
    return len(entries)


def _seed(entry: dict[str, Any]) -> None:
    author = Person.objects.get(email=entry["author"])
    contribution = start_contribution(Organisation.objects.get(pk=entry["organisation"]), by=author)
    values: dict[str, Value] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry["values"].items()
    }
    set_values(contribution, values)
    page = submit_contribution(contribution, by=author, is_mailed=False)
    if questions := entry.get("questions"):
        editor = Group.objects.get(name=EDITORS).user_set.order_by("pk").first()
        page.current_workflow_task_state.reject(user=editor, comment=questions)
