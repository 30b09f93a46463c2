"""A small published wave for the tests of what the public sees."""

from dataclasses import replace

from surveys.measures.models import Measure
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.submission import submit_response
from tests.responses.factories import DEFINITION, NOW, STRANGER, choose, make_response, make_wave, write
from tests.results.release.factories import publish_wave

SOUTH_HOLLAND = ("GM0546", "GM0534", "GM0537")


def publish_small_wave(**plan: object) -> Wave:
    """Three municipalities in Zuid-Holland said yes and one in Noord-Holland no; the fourth group is a draft.

    So the breakdown by respondent type may be shown, and the one by province may not. `plan` changes what is
    released (`make_plan`): less of it is made in less time.
    """
    Measure.objects.create(
        slug="poh-jeugd", name="POH-jeugd", short_name="POH", expected_effect_2022_million=38, position=1
    )
    access, general_practice = DEFINITION.sections
    definition = replace(
        DEFINITION, survey="openbaar", sections=(access, replace(general_practice, measure="poh-jeugd"))
    )
    wave = make_wave(definition, code="2026")
    for code in (*SOUTH_HOLLAND, STRANGER):
        answers = {
            "beperkt": choose("nee" if code == STRANGER else "ja"),
            "poh": choose("nee"),
            "knelpunten": write("Geheim antwoord"),
        }
        submit_response(make_response(wave, code, answers=answers), by=None, at=NOW)
    make_response(wave, "GM0363", answers={"beperkt": choose("nee")})
    close_wave(wave)
    publish_wave(wave, **plan)
    wave.refresh_from_db()
    return wave
