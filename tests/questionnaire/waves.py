"""A wave of a small questionnaire, and what was noted of it."""

from datetime import date

from wagtail.models import ModelLogEntry

from surveys.questionnaire.lifecycle import plan_wave
from surveys.questionnaire.models import QuestionnaireVersion, Wave


def plan(version: QuestionnaireVersion, **changes) -> Wave:
    arguments = {
        "code": "proef",
        "title": "Proefmeting",
        "version": version,
        "reference_date": date(2022, 1, 1),
        "opens_on": date(2022, 2, 1),
        "closes_on": date(2022, 3, 1),
    }
    return plan_wave(**(arguments | changes))


def list_actions() -> list[str]:
    return list(ModelLogEntry.objects.order_by("timestamp", "pk").values_list("action", flat=True))
