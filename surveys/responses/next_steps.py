"""What somebody can do once the answers are in, told by whoever knows it.

An app higher up adds its source in `AppConfig.ready`, so that this layer need not know that app.
"""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.responses.access import SurveyAccess


@dataclass(frozen=True)
class NextStep:
    label: str
    url: str


NextStepSource = Callable[[SurveyAccess], list[NextStep]]

next_step_sources: list[NextStepSource] = []


def collect_next_steps(access: SurveyAccess) -> list[NextStep]:
    return [step for source in next_step_sources for step in source(access)]
