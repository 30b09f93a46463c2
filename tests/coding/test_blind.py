"""A coder sees nothing of what another coder chose before settling begins, at any address of the screens."""

import pytest
from django.contrib.auth.models import Permission
from django.http import Http404
from django.urls import reverse
from wagtail.models import ModelLogEntry

from surveys.coding.access import access_compared_text, access_own_assignment, access_own_text
from surveys.coding.comparing import measure_agreement, select_settled_texts, select_to_settle
from surveys.coding.lifecycle.coding import skip_text
from surveys.coding.lifecycle.rounds import begin_settling, end_assignment
from surveys.coding.queries import list_visible_assignments
from surveys.coding.queue import suggest_for
from surveys.coding.texts import LOTS
from surveys.coding.wagtail_hooks import register_urls
from tests.coding.factories import QUESTION, assign, code, make_coder, make_round, write_texts
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db

PERMISSIONS = ("manage_codebooks", "settle_codes", "watch_responses", "run_waves")
MEMO = "Dit viel haar op"

# Who assigns coders sees their names there, and nothing of what they did.
NAMES_PEOPLE = {"assign", "end_assignment"}


class World:
    """Otto, who may do everything, codes the same texts as Petra, who was first."""

    def __init__(self):
        self.wave = make_wave()
        self.texts = write_texts(
            self.wave,
            "lange wachtlijst",
            "wachtlijst groeit",
            "grote wachtlijst",
            "tekort",
            "weer wachtlijst",
        )
        self.round = make_round(self.wave)
        self.petra, self.otto = assign(self.round, "Petra"), assign(self.round, "Otto")
        for text in self.texts[:3]:
            code(self.petra, text, "wachten", memo=MEMO)
        code(self.petra, self.texts[3], "geld", memo=MEMO)
        self.otto.coder.user_permissions.add(*Permission.objects.filter(codename__in=PERMISSIONS))

    def list_addresses(self):
        """(name, address) of every screen of coding, for every text."""
        [coding] = register_urls()
        values = {
            "wave": "proef",
            "survey": "proef",
            "question": QUESTION,
            "number": 1,
            "theme": "wachten",
            "round": self.round.pk,
            "assignment": self.petra.pk,
        }
        for pattern in coding.url_patterns:
            wanted = pattern.pattern.converters
            for text in self.texts if "text" in wanted else self.texts[:1]:
                known = values | {"text": text.pk}
                yield (
                    pattern.name,
                    reverse(f"coding:{pattern.name}", kwargs={key: known[key] for key in wanted}),
                )


@pytest.fixture
def world():
    return World()


def test_no_address_shows_a_coder_what_another_one_chose(client, world):
    client.force_login(world.otto.coder)
    seen = set()

    for name, address in world.list_addresses():
        response = client.get(address)
        page = response.content.decode()
        assert MEMO not in page, address
        assert "Voorstel</strong>" not in page, address
        assert name in NAMES_PEOPLE or "Petra" not in page, address
        if name == "code":
            assert " checked" not in page, address
        if name == "settle":
            assert response.status_code == 404, address
        seen.add(response.status_code)

    assert seen == {200, 302, 404, 405}


def test_nor_does_sending_something(client, world):
    client.force_login(world.otto.coder)
    data = {"revision": 1, "seen": 0, "themes": ["personeel"]}

    for address in (
        reverse("coding:code", args=[world.round.pk, world.texts[0].pk]),
        reverse("coding:settle", args=[world.round.pk, world.texts[0].pk]),
    ):
        page = client.post(address, data, follow=True).content.decode()
        assert MEMO not in page
        assert "Petra" not in page


def test_the_queries_themselves_give_nothing_away(world):
    assert list_visible_assignments([world.round], viewer=world.otto.coder) == [world.otto]
    assert suggest_for(world.otto, text=world.texts[4]) == []
    for coding_text in world.texts:
        with pytest.raises(Http404):
            access_compared_text(world.round, answer_id=coding_text.pk)
    assert measure_agreement(world.round).overall.units == 0
    assert not select_to_settle(world.round).exists()
    assert not select_settled_texts(world.round).exists()


def test_who_stops_coding_still_knows_nothing_of_the_others(world):
    end_assignment(world.otto, by=None)

    assert list_visible_assignments([world.round], viewer=world.otto.coder) == []


def test_who_does_not_code_sees_how_far_everybody_is_but_no_codes(client, world):
    client.force_login(make_coder("Marit", *PERMISSIONS))

    question = client.get(reverse("coding:question", args=["proef", QUESTION])).content.decode()

    assert "4 van 5" in question
    for _, address in world.list_addresses():
        assert MEMO not in client.get(address).content.decode(), address


def test_somebody_who_does_not_code_in_the_round_has_no_coding_screen(client, world):
    client.force_login(make_coder("Marit", *PERMISSIONS))

    for address in (
        reverse("coding:start_coding", args=[world.round.pk]),
        reverse("coding:code", args=[world.round.pk, world.texts[0].pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"revision": 1, "seen": 0, "themes": "geld"}).status_code in (404, 405)


def test_a_text_outside_the_own_part_does_not_exist(world):
    text = world.texts[0]
    is_in_first_half = text.pk % LOTS < LOTS // 2
    marit = assign(
        world.round, "Marit", first=51 if is_in_first_half else 0, last=100 if is_in_first_half else 50
    )

    assert access_own_assignment(marit.coder, number=world.round.pk) == marit
    with pytest.raises(Http404):
        access_own_text(marit, answer_id=text.pk)


def test_after_settling_began_a_text_stays_hidden_until_everybody_dealt_with_it(world):
    code(world.otto, world.texts[0], "geld")
    begin_settling(world.round, by=None)
    world.round.refresh_from_db()

    assert access_compared_text(world.round, answer_id=world.texts[0].pk) == world.texts[0]
    with pytest.raises(Http404):
        access_compared_text(world.round, answer_id=world.texts[1].pk)
    assert measure_agreement(world.round).overall.units == 1

    skip_text(world.otto, answer_id=world.texts[1].pk, revision=1, seen=0, by=world.otto.coder)
    assert access_compared_text(world.round, answer_id=world.texts[1].pk) == world.texts[1]


def test_the_trail_says_who_coded_when_and_never_what(world):
    skip_text(world.otto, answer_id=world.texts[0].pk, revision=1, seen=0, by=world.otto.coder)

    entries = ModelLogEntry.objects.filter(action__in=["coding.code", "coding.skip"])

    assert entries.count() == 5
    assert {frozenset(entry.data) for entry in entries} == {frozenset({"text", "revision"})}
