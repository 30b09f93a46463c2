"""What a screen asks of the database does not grow with what there is."""

import pytest
from django.urls import reverse

from surveys.coding.lifecycle.rounds import begin_settling
from surveys.coding.queue import find_next_text, find_previous_text, measure_progress, suggest_for
from tests.coding.factories import QUESTION, assign, code, make_codebook, make_coder, make_round, write_texts
from tests.responses.factories import make_wave

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("size", [1, 3])]


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def coding_round(wave, size):
    """So many texts, and one coder more, who differ on each; settling has begun."""
    texts = write_texts(wave, *["lange wachtlijst"] * size)
    coding_round = make_round(wave)
    for name, theme in zip(
        ("Anna", "Bert", "Chris", "Dora")[: size + 1], ("geld", "wachten") * 2, strict=False
    ):
        assignment = assign(coding_round, name)
        for text in texts:
            code(assignment, text, theme)
    return begin_settling(coding_round, by=None)


@pytest.fixture
def settler(client, coding_round):
    client.force_login(make_coder("Otto", "manage_codebooks", "settle_codes"))
    return client


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("overview", 17),
        ("question", 22),
        ("agreement", 14),
        ("counts", 23),
        ("settle_list", 14),
        ("quotes", 13),
    ],
)
def test_a_list_takes_a_fixed_number_of_queries(
    settler, coding_round, name, queries, django_assert_num_queries
):
    parts = {"overview": ["proef"], "question": ["proef", QUESTION], "quotes": ["proef", QUESTION]}
    address = reverse(f"coding:{name}", args=parts.get(name, [coding_round.pk]))
    settler.get(address)

    with django_assert_num_queries(queries):
        settler.get(address)


def test_a_codebook_takes_a_fixed_number_of_queries(client, wave, size, django_assert_num_queries):
    make_codebook(("geld", "wachten", "personeel")[:size])
    client.force_login(make_coder("Otto", "manage_codebooks"))
    address = reverse("coding:codebook", args=["proef", QUESTION, 1])
    client.get(address)

    with django_assert_num_queries(14):
        client.get(address)


def test_the_coding_screen_takes_a_fixed_number_of_queries(client, wave, size, django_assert_num_queries):
    texts = write_texts(wave, *["lange wachtlijst"] * (size + 1))
    coding_round = make_round(wave)
    anna = assign(coding_round, "Anna")
    for text in texts[:-1]:
        code(anna, text, "wachten")
    client.force_login(anna.coder)
    address = reverse("coding:code", args=[coding_round.pk, texts[-1].pk])
    client.get(address)

    with django_assert_num_queries(20):
        client.get(address)


def test_looking_for_the_next_text_takes_a_fixed_number_of_queries(wave, size, django_assert_num_queries):
    texts = write_texts(wave, *["wachten"] * (size + 1))
    anna = assign(make_round(wave), "Anna")

    with django_assert_num_queries(1):
        assert find_next_text(anna) == texts[0]
    for text in texts:
        code(anna, text, "wachten")
    with django_assert_num_queries(4):
        assert find_next_text(anna, after=texts[0].pk) is None
    with django_assert_num_queries(1):
        find_previous_text(anna, before=texts[-1].pk)
    with django_assert_num_queries(1):
        measure_progress(anna.round, assignments=[anna])
    with django_assert_num_queries(3):
        suggest_for(anna, text=texts[0])
