"""Letting themes count: only what more than one person stood for, one round per question, and back again."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from surveys.coding.adjudicated import is_adjudicated, list_released_rounds
from surveys.coding.lifecycle.codebooks import publish_codebook, start_new_version
from surveys.coding.lifecycle.redacting import decide_quote
from surveys.coding.lifecycle.refusals import CodingRefused
from surveys.coding.lifecycle.releasing import release_counts, withdraw_counts
from surveys.coding.lifecycle.rounds import begin_settling, start_round
from surveys.coding.lifecycle.settling import settle_text
from surveys.coding.personal_data import Span
from surveys.coding.quoting import list_quotes
from surveys.coding.texts import select_round_texts
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from tests.coding.factories import QUESTION, assign, code, make_coder, make_round, write_texts
from tests.responses.factories import NOW, answer, make_wave, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def texts(wave):
    return write_texts(wave, "Te weinig geld", "Lang wachten", "Geen mensen")


@pytest.fixture
def coding_round(wave, texts):
    """Agreed on the first text, not on the second; the third has one coder."""
    coding_round = make_round(wave)
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert", last=99)
    code(anna, texts[0], "geld")
    code(bert, texts[0], "geld")
    code(anna, texts[1], "wachten")
    code(bert, texts[1], "geld")
    return coding_round


def list_adjudicated(coding_round):
    return set(select_round_texts(coding_round).filter(is_adjudicated([coding_round])))


def read_trail(action):
    return [entry.data for entry in ModelLogEntry.objects.filter(action=action)]


def test_what_coders_still_choose_blind_cannot_be_released(coding_round):
    with pytest.raises(CodingRefused, match="los van elkaar"):
        release_counts(coding_round, by=None)

    assert list_adjudicated(coding_round) == set()


def test_released_themes_count_and_the_trail_says_how_many_texts(wave, coding_round):
    begin_settling(coding_round, by=None)

    released = release_counts(coding_round, by=None, at=NOW)

    assert released.released_at == NOW
    assert list_released_rounds(wave, questions=[QUESTION]) == [coding_round]
    assert read_trail("coding.release_counts") == [{"counted": 1, "waiting": 2}]


def test_what_one_coder_chose_alone_does_not_count(wave, texts):
    coding_round = make_round(wave)
    anna = assign(coding_round, "Anna")
    for text in texts:
        code(anna, text, "geld")
    begin_settling(coding_round, by=None)

    assert coding_round.settlements.count() == 3
    assert list_adjudicated(coding_round) == set()
    with pytest.raises(CodingRefused, match="twee codeurs"):
        release_counts(coding_round, by=None)


def test_a_later_version_of_the_codebook_does_not_make_one_coder_two(wave, texts):
    former = make_round(wave)
    anna = assign(former, "Anna")
    code(anna, texts[0], "geld")
    begin_settling(former, by=None)

    version = start_new_version(former.version.codebook, by=None)
    publish_codebook(version, by=None)
    current = start_round(wave, version=version, by=None)

    assert not current.settlements.exists()


def test_what_two_coders_agreed_on_counts_with_a_later_version_too(wave, texts, coding_round):
    begin_settling(coding_round, by=None)
    release_counts(coding_round, by=None)

    version = start_new_version(coding_round.version.codebook, by=None)
    publish_codebook(version, by=None)
    current = start_round(wave, version=version, by=None)

    assert list_adjudicated(current) == {texts[0]}
    assert list_released_rounds(wave, questions=[QUESTION]) == [coding_round]


def test_what_a_person_chose_after_comparing_counts(texts, coding_round):
    begin_settling(coding_round, by=None)
    settle_text(
        coding_round, answer_id=texts[1].pk, revision=texts[1].revision, seen=None, themes=["geld"], by=None
    )

    assert list_adjudicated(coding_round) == {texts[0], texts[1]}


def test_a_text_that_changed_has_to_be_coded_again(texts, coding_round):
    begin_settling(coding_round, by=None)
    response = reopen_response(texts[0].response, by=None, reason="Vergissing")
    answer(response, {QUESTION: write("Iets anders")})
    submit_response(response, by=None)

    assert texts[0] in select_round_texts(coding_round)
    assert list_adjudicated(coding_round) == set()


def test_a_round_is_released_once_and_withdrawn_once(wave, coding_round):
    begin_settling(coding_round, by=None)
    with pytest.raises(CodingRefused, match="tellen niet mee"):
        withdraw_counts(coding_round, by=None)
    release_counts(coding_round, by=None)
    with pytest.raises(CodingRefused, match="tellen al mee"):
        release_counts(coding_round, by=None)

    withdraw_counts(coding_round, by=None)

    assert list_released_rounds(wave, questions=[QUESTION]) == []
    assert read_trail("coding.withdraw_counts") == [{}]


def test_a_later_round_takes_the_place_of_the_former_and_withdrawing_it_brings_nothing_back(
    wave, texts, coding_round
):
    begin_settling(coding_round, by=None)
    release_counts(coding_round, by=None)
    version = start_new_version(coding_round.version.codebook, by=None)
    publish_codebook(version, by=None)
    later = start_round(wave, version=version, by=None)
    anna = assign(later, "Carla")
    code(anna, texts[1], "wachten")
    begin_settling(later, by=None)

    release_counts(later, by=None)
    assert list_released_rounds(wave, questions=[QUESTION]) == [later]

    withdraw_counts(later, by=None)
    assert list_released_rounds(wave, questions=[QUESTION]) == []


def test_a_researcher_releases_and_withdraws_on_screen(client, wave, coding_round):
    begin_settling(coding_round, by=None)
    otto = make_coder("Otto", "settle_codes")
    client.force_login(otto)
    counts = reverse("coding:counts", args=[coding_round.pk])

    question = reverse("coding:question", args=[wave.code, QUESTION])

    assert "tellen nog niet mee" in client.get(counts).content.decode()
    assert "tellen niet mee in de resultaten" in client.get(question).content.decode()
    client.post(reverse("coding:release", args=[coding_round.pk]))

    coding_round.refresh_from_db()
    assert (coding_round.released_by, coding_round.released_at is None) == (otto, False)
    assert "tellen mee in de resultaten sinds" in client.get(counts).content.decode()
    assert "versie 1 van het codeboek tellen mee" in client.get(question).content.decode()
    assert "tellen al mee" in client.post(reverse("coding:release", args=[coding_round.pk])).content.decode()

    client.post(reverse("coding:withdraw", args=[coding_round.pk]))
    assert list_released_rounds(wave, questions=[QUESTION]) == []


@pytest.mark.parametrize("step", ["release", "withdraw"])
def test_who_may_only_manage_or_code_cannot_release(client, coding_round, step):
    begin_settling(coding_round, by=None)
    client.force_login(make_coder("Otto", "manage_codebooks"))

    client.post(reverse(f"coding:{step}", args=[coding_round.pk]))

    coding_round.refresh_from_db()
    assert coding_round.released_at is None


@pytest.fixture
def quotable(coding_round, texts):
    """The text that both coders agree on, free to be quoted."""
    begin_settling(coding_round, by=None)
    decide(texts[0], may_be_quoted=True)
    return texts[0]


def decide(text, *, may_be_quoted):
    decide_quote(
        text.response.wave,
        question=QUESTION,
        answer_id=text.pk,
        revision=text.revision,
        may_be_quoted=may_be_quoted,
        spans=[Span(3, 9, "name")],
        by=None,
    )


def read_quotes(wave):
    return list_quotes(wave, questions=[QUESTION], limit=2)


def test_only_redacted_and_released_words_are_quoted(wave, coding_round, quotable, texts):
    assert read_quotes(wave) == {}
    release_counts(coding_round, by=None)
    assert read_quotes(wave) == {QUESTION: {"geld": ["Te [naam] geld"]}}

    decide(texts[1], may_be_quoted=True)  # the coders differ on it
    assert read_quotes(wave) == {QUESTION: {"geld": ["Te [naam] geld"]}}

    decide(quotable, may_be_quoted=False)
    assert read_quotes(wave) == {}


def test_a_text_that_changed_is_not_quoted_and_neither_is_one_that_was_taken_back(
    wave, coding_round, quotable
):
    release_counts(coding_round, by=None)
    response = reopen_response(quotable.response, by=None, reason="Vergissing")
    assert read_quotes(wave) == {}
    answer(response, {QUESTION: write("Iets anders")})
    submit_response(response, by=None)
    assert read_quotes(wave) == {}


@pytest.mark.parametrize("size", [1, 3])
def test_quotes_are_few_per_theme_and_take_one_query(wave, size, django_assert_num_queries):
    texts = write_texts(wave, *["Te weinig geld"] * size)
    coding_round = make_round(wave)
    for name in ("Anna", "Bert"):
        assignment = assign(coding_round, name)
        for text in texts:
            code(assignment, text, "geld", "wachten")
    begin_settling(coding_round, by=None)
    release_counts(coding_round, by=None)
    for text in texts:
        decide(text, may_be_quoted=True)
    read_quotes(wave)

    with django_assert_num_queries(1):
        quotes = read_quotes(wave)[QUESTION]

    assert {theme: len(each) for theme, each in quotes.items()} == dict.fromkeys(
        ("geld", "wachten"), min(size, 2)
    )
