"""Releases for tests: everything of a wave, made public with the verbs of the site."""

from dataclasses import replace

from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import Dimension
from surveys.results.release.lifecycle import ReleasePlan, prepare_release, publish_release
from tests.responses.factories import NOW

BREAKDOWNS = (*([dimension.value] for dimension in Dimension), ["size_class", "respondent_type"])


def make_plan(wave, **changes):
    """All questions and units, in the usual breakdowns; of a second release also why it is there."""
    plan = ReleasePlan(
        title=f"Resultaten {wave.title}",
        questions=list(load_definition(wave.version).questions),
        breakdowns=BREAKDOWNS,
        units=("response", "municipality", "inhabitants"),
        note="Een gemeente gaf een ander antwoord." if wave.releases.exists() else "",
    )
    return replace(plan, **changes)


def publish_wave(wave, *, at=NOW, by=None, **changes):
    """Make a release of a closed wave and publish it; a second time that is a correction."""
    release = prepare_release(wave, plan=make_plan(wave, **changes), by=by, at=at)
    return publish_release(release, by=by, at=at)
