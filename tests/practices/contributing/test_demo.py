"""What a visitor of the demo finds: one case with the editors, one back with questions, and no mail."""

import pytest
from django.core import mail

from practices.contributing.demo import seed_contributions
from practices.contributing.readiness import list_problems
from practices.contributing.stages import Stage, load_standings
from practices.models import Contribution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def test_two_contributions_stand_where_they_should():
    contributions = list(Contribution.objects.select_related("page", "organisation").order_by("pk"))
    standings = load_standings(contributions)
    assert [standings[each.pk].stage for each in contributions] == [Stage.SUBMITTED, Stage.BACK]
    assert standings[contributions[1].pk].questions.startswith("Mooi voorbeeld.")
    assert [list_problems(each) for each in contributions] == [[], []]
    assert mail.outbox == []


def test_a_second_run_adds_nothing():
    assert seed_contributions() == 0
    assert Contribution.objects.count() == 2
