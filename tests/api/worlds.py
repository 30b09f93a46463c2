"""A small public wave of which little is released, so that it is made in little time."""

from surveys.questionnaire.models import Wave
from tests.results.worlds import publish_small_wave


def publish_little() -> Wave:
    """Two questions, by province and not, per response and per municipality."""
    return publish_small_wave(
        questions=["beperkt", "poh"], breakdowns=(("province",),), units=("response", "municipality")
    )
