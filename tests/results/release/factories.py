"""Releases for tests: everything of a wave, made public with the verbs of the site."""

from dataclasses import replace

from surveys.questionnaire.queries import load_definition
from surveys.results.dimensions import Dimension
from surveys.results.release.finishing import count_release, publish_release
from surveys.results.release.lifecycle import ReleasePlan, prepare_release
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


def prepare_wave(wave, *, at=NOW, by=None, **changes):
    """A release of a closed wave that was counted, and waits for somebody to publish it."""
    return count_release(prepare_release(wave, plan=make_plan(wave, **changes), by=by, at=at))


def publish_wave(wave, *, at=NOW, by=None, **changes):
    """Make a release of a closed wave and publish it; a second time that is a correction."""
    return publish_release(prepare_wave(wave, at=at, by=by, **changes), by=by, at=at)
