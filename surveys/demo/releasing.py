"""The results of the finished wave, made public with the verbs that researchers use."""

from datetime import datetime

from surveys.accounts.models import Person
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import Unit
from surveys.results.release.computing import DEFAULT_BREAKDOWNS
from surveys.results.release.finishing import count_release, publish_release
from surveys.results.release.lifecycle import ReleasePlan, prepare_release

INTRODUCTION = (
    "Dit zijn de eerste cijfers van deze meting. "
    "Ze staan vast: wat een gemeente later wijzigt, verandert ze niet."
)


def publish_first_release(wave: Wave, *, by: Person, at: datetime) -> None:
    """Everything that was asked, in the usual breakdowns."""
    plan = ReleasePlan(
        title=f"Resultaten {wave.title}",
        introduction=INTRODUCTION,
        questions=list(load_definition(wave.version).questions),
        breakdowns=DEFAULT_BREAKDOWNS,
        units=list(Unit),
    )
    release = prepare_release(wave, plan=plan, by=by, at=at)
    publish_release(count_release(release, at=at), by=by, at=at)
