"""The screens as somebody uses them: what each shows, does and refuses."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from surveys.coding.lifecycle.codebooks import start_new_version
from surveys.coding.lifecycle.releasing import release_counts
from surveys.coding.lifecycle.rounds import begin_settling
from surveys.coding.models import Assignment, Codebook, Coding, Redaction, Settlement
from surveys.coding.quoting import list_quotes
from tests.coding.factories import (
    QUESTION,
    assign,
    code,
    make_codebook,
    make_coder,
    make_round,
    write_texts,
)
from tests.responses.factories import make_wave

pytestmark = pytest.mark.django_db

ALL = ("manage_codebooks", "settle_codes")
CODEBOOK = ["proef", QUESTION, 1]


@pytest.fixture
def wave():
    return make_wave()


def sign_in(client, *permissions, name="Otto"):
    person = make_coder(name, *permissions)
    client.force_login(person)
    return person


def url(name, *parts):
    return reverse(f"coding:{name}", args=parts)


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def read_messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def theme_data(code, prefix=""):
    return {
        f"{prefix}code": code,
        f"{prefix}name": code.capitalize(),
        f"{prefix}definition": f"Gaat over {code}.",
        f"{prefix}example": "",
    }


def test_a_question_goes_from_codebook_to_round_to_coder(client, wave):
    write_texts(wave, "Geld")
    otto = sign_in(client, *ALL)
    question = url("question", "proef", QUESTION)
    assert "nog geen codeboek" in read(client, question)

    started = client.post(url("start_codebook", "proef", QUESTION))
    assert started.url == url("codebook", *CODEBOOK)
    for theme in ("geld", "wachten"):
        assert client.post(url("add_theme", *CODEBOOK), theme_data(theme)).url == started.url
    assert "Gaat over wachten." in read(client, started.url)
    client.post(url("publish_codebook", *CODEBOOK))
    client.post(url("start_round", "proef", QUESTION))
    [current] = Codebook.objects.get().versions.get().rounds.all()
    client.post(url("assign", current.pk), {"coder": otto.pk, "first": 0, "last": 100})

    assert Assignment.objects.get().coder == otto
    assert url("start_coding", current.pk) in read(client, question)
    assert "Otto" in read(client, url("overview", "proef"))


def test_themes_can_be_changed_moved_merged_split_and_removed_in_a_draft(client, wave):
    version = make_codebook()
    draft = start_new_version(version.codebook, by=None)
    sign_in(client, *ALL)
    book = ["proef", QUESTION, 2]

    client.post(url("change_theme", *book, "geld"), {"name": "Budget", "definition": "Over budget."})
    client.post(url("move_theme", *book, "personeel"), {"richting": "omhoog"})
    assert list(draft.themes.values_list("name", flat=True)) == ["Budget", "Personeel", "Wachten"]

    client.post(
        url("split_theme", *book, "wachten"),
        theme_data("intake", "first_") | theme_data("behandeling", "second_"),
    )
    merged = draft.themes.filter(code__in=["geld", "personeel"]).values_list("pk", flat=True)
    client.post(url("merge_themes", *book), theme_data("geld") | {"themes": list(merged)})
    page = read(client, url("codebook", *book))
    assert list(draft.themes.values_list("code", flat=True)) == ["geld", "intake", "behandeling"]
    assert "In de vorige versie: Geld, Personeel." in page
    assert page.count("In de vorige versie: Wachten.") == 2

    client.post(url("remove_theme", *book, "geld"))
    assert "Niet meer in deze versie: Geld, Personeel." in read(client, url("codebook", *book))
    assert client.post(url("discard_draft", *book)).url == url("start")
    assert client.get(url("codebook", *book)).status_code == 404


def test_a_published_codebook_cannot_be_changed(client, wave):
    make_codebook()
    sign_in(client, *ALL)

    page = client.post(url("add_theme", *CODEBOOK), theme_data("beleid")).content.decode()

    assert "Deze versie van het codeboek ligt vast." in page
    client.post(url("move_theme", *CODEBOOK, "geld"), {"richting": "omlaag"})
    assert "Geld" in read(client, url("codebook", *CODEBOOK))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (theme_data("geld"), "Er is al een thema met de sleutel geld."),
        (theme_data("met spatie"), "Gebruik alleen letters, cijfers"),
        (theme_data("nieuw") | {"name": ""}, "verplicht"),
    ],
)
def test_a_theme_that_cannot_be_is_refused_in_words(client, wave, data, message):
    start_new_version(make_codebook().codebook, by=None)
    sign_in(client, *ALL)

    page = client.post(url("add_theme", "proef", QUESTION, 2), data).content.decode()

    assert message in page


@pytest.fixture
def texts(wave):
    return write_texts(wave, "Te weinig geld <script>", "Lang wachten", "Geen mensen")


@pytest.fixture
def coding_round(wave, texts):
    return make_round(wave)


@pytest.fixture
def coder(client, coding_round):
    """Otto, who is signed in and codes everything."""
    assignment = assign(coding_round, "Otto")
    client.force_login(assignment.coder)
    return assignment


def post_codes(client, coding_round, text, *themes, seen=0, revision=1, **more):
    data = {"revision": revision, "seen": seen, "themes": themes, "memo": "", **more}
    return client.post(url("code", coding_round.pk, text.pk), data)


def test_coding_goes_from_text_to_text_and_back_to_the_question(client, coding_round, coder, texts):
    start = client.get(url("start_coding", coding_round.pk))
    assert start.url == url("code", coding_round.pk, texts[0].pk)
    page = read(client, start.url)
    assert "Te weinig geld &lt;script&gt;" in page
    assert "0 van 3 teksten gecodeerd" in page

    assert post_codes(client, coding_round, texts[0], "geld", "wachten", memo="Let op").url == url(
        "code", coding_round.pk, texts[1].pk
    )
    skipped = post_codes(client, coding_round, texts[1], "geld", skip="1")
    assert skipped.url == url("code", coding_round.pk, texts[2].pk)
    page = read(client, skipped.url)
    assert "1 van 3 teksten gecodeerd, 1 overgeslagen" in page
    assert url("code", coding_round.pk, texts[1].pk) in page

    back_to_the_skipped = post_codes(client, coding_round, texts[2], "personeel")
    assert back_to_the_skipped.url == url("code", coding_round.pk, texts[1].pk)
    assert post_codes(client, coding_round, texts[1], skip="1", seen=1).url == url(
        "question", "proef", QUESTION
    )
    assert client.get(url("start_coding", coding_round.pk)).url == back_to_the_skipped.url
    done = post_codes(client, coding_round, texts[1], "wachten", seen=1)
    assert done.url == url("question", "proef", QUESTION)
    assert "U hebt al uw teksten gehad." in read_messages(done)[0]

    assert Coding.objects.get(answer=texts[0]).memo == "Let op"
    chosen = {
        coding.answer_id: [theme.code for theme in coding.themes.all()] for coding in Coding.objects.all()
    }
    assert chosen == {texts[0].pk: ["geld", "wachten"], texts[1].pk: ["wachten"], texts[2].pk: ["personeel"]}


def test_no_theme_and_unknown_themes_are_refused(client, coding_round, coder, texts):
    refused = post_codes(client, coding_round, texts[0], memo="Mijn memo")
    assert "Kies ten minste één thema, of sla de tekst over." in refused.content.decode()
    assert "Mijn memo" in refused.content.decode()

    for data in ({"themes": "onbekend", "revision": 1, "seen": 0}, {"themes": "geld"}, {"revision": "x"}):
        answer = client.post(url("code", coding_round.pk, texts[0].pk), data)
        assert answer.url == url("code", coding_round.pk, texts[0].pk)
    assert not Coding.objects.exists()


def test_a_second_window_does_not_write_over_the_first(client, coding_round, coder, texts):
    post_codes(client, coding_round, texts[0], "geld")

    second = post_codes(client, coding_round, texts[0], "wachten").content.decode()

    assert "in een ander venster opgeslagen" in second
    assert re.search(r'name="seen" value="1"', second)
    assert re.search(r'value="wachten"[^>]* checked', second)
    assert not re.search(r'value="geld"[^>]* checked', second)
    assert [theme.code for theme in Coding.objects.get().themes.all()] == ["geld"]
    post_codes(client, coding_round, texts[0], "wachten", seen=1)
    assert [theme.code for theme in Coding.objects.get().themes.all()] == ["wachten"]


def test_the_same_sent_twice_changes_nothing(client, coding_round, coder, texts):
    for _ in range(2):
        assert post_codes(client, coding_round, texts[0], "geld").status_code == 302

    assert Coding.objects.get().saves == 1


def test_a_text_that_changed_meanwhile_is_not_coded(client, coding_round, coder, texts):
    changed = post_codes(client, coding_round, texts[0], "geld", revision=9)

    assert changed.url == url("start_coding", coding_round.pk)
    assert "intussen gewijzigd" in read_messages(changed)[0]
    assert not Coding.objects.exists()


def test_suggestions_are_shown_and_never_ticked(client, wave):
    texts = write_texts(
        wave, "lange wachtlijst", "wachtlijst groeit", "grote wachtlijst", "tekort", "weer wachtlijst"
    )
    coding_round = make_round(wave)
    assignment = assign(coding_round, "Otto")
    client.force_login(assignment.coder)
    for text in texts[:3]:
        code(assignment, text, "wachten")
    code(assignment, texts[3], "geld")

    page = read(client, url("code", coding_round.pk, texts[4].pk))

    assert "Voorstel" in page
    assert "‘wachtlijst’ (3 van de 3 teksten met dit woord)" in page
    assert " checked" not in page


def test_after_settling_began_own_codes_are_shown_and_fixed(client, coding_round, coder, texts):
    post_codes(client, coding_round, texts[0], "geld")
    begin_settling(coding_round, by=None)

    page = read(client, url("code", coding_round.pk, texts[0].pk))
    refused = post_codes(client, coding_round, texts[0], "wachten", seen=1)

    assert "wijzigen kan niet meer" in page
    assert "data-coding-save" not in page
    assert "niet meer wijzigen" in refused.content.decode()


@pytest.fixture
def differing(coding_round, texts):
    """Anna and Bert differ on the first text, agree on the second, and settling has begun."""
    anna, bert = assign(coding_round, "Anna"), assign(coding_round, "Bert")
    code(anna, texts[0], "geld", memo="Vooral de tarieven")
    code(bert, texts[0], "wachten")
    code(anna, texts[1], "wachten")
    code(bert, texts[1], "wachten")
    return begin_settling(coding_round, by=None)


def test_differences_are_settled_one_after_the_other(client, differing, texts):
    sign_in(client, "settle_codes")
    address = url("settle", differing.pk, texts[0].pk)
    listed = read(client, url("settle_list", differing.pk))
    assert address in listed
    assert url("settle", differing.pk, texts[1].pk) not in listed
    page = read(client, address)
    assert "Vooral de tarieven" in page
    assert "Gekozen door Anna" in page
    assert "Gekozen door Bert" in page
    assert " checked" not in page

    refused = client.post(address, {"revision": 1, "themes": [], "note": "Samen"})
    assert "Kies ten minste één thema." in refused.content.decode()
    done = client.post(address, {"revision": 1, "themes": ["geld", "wachten"], "note": "Samen"})

    assert done.url == url("question", "proef", QUESTION)
    settlement = Settlement.objects.get(answer=texts[0])
    assert (settlement.kind, settlement.note) == ("chosen", "Samen")
    assert address in read(client, url("settle_list", differing.pk) + "?stand=vastgesteld")
    assert re.search(r'value="geld"[^>]* checked', read(client, address))
    again = client.post(address, {"revision": 1, "themes": ["geld"]})
    assert "Iemand anders heeft deze tekst intussen vastgesteld" in again.content.decode()


def test_the_codes_of_somebody_whose_account_was_deleted_are_kept(client, differing, texts):
    sign_in(client, *ALL)
    Assignment.objects.get(coder__first_name="Anna").coder.delete()

    page = read(client, url("settle", differing.pk, texts[0].pk))

    assert "Gekozen door Verwijderd account" in page
    assert "Verwijderd account" in read(client, url("question", "proef", QUESTION))
    assert "Verwijderd account: 2" in read(client, url("overview", "proef"))


def test_agreement_is_shown_with_n_and_says_when_it_is_not_defined(client, differing, texts):
    sign_in(client, "settle_codes")

    page = " ".join(re.sub(r"<[^>]+>", " ", read(client, url("agreement", differing.pk))).split())

    # geld: 0,1 and 0,0 of four values with one yes: 1 - 3 * 1 / (1 * 3). personeel: nobody chose it.
    assert "Geld 0,000 1 2" in page
    assert "Personeel niet bepaald 0 2" in page


def test_what_may_be_quoted_is_decided_per_text_without_personal_data(client, wave):
    [text] = write_texts(wave, "Bel mevrouw Jansen op 06-12345678 over wijkteam De Linde.")
    sign_in(client, "settle_codes")
    address = url("quote", "proef", QUESTION, text.pk)
    page = read(client, address)
    assert "Jansen" in page
    assert page.count(" checked") == 2
    data = {"revision": 1, "suggested": re.findall(r'name="suggested" value="([^"]+)"', page)}

    preview = client.post(address, data | {"passages": "wijkteam De Linde", "preview": "1"}).content.decode()
    assert "Bel mevrouw [naam] op [telefoonnummer] over [weggelaten]." in preview
    wrong = client.post(address, data | {"passages": "staat er niet", "decision": "ja"}).content.decode()
    assert "‘staat er niet’ staat niet in de tekst." in wrong
    undecided = client.post(address, data | {"passages": ""}).content.decode()
    assert "Kies of de tekst geciteerd mag worden." in undecided
    assert not Redaction.objects.exists()

    client.post(address, data | {"passages": "wijkteam De Linde", "decision": "ja"})

    redaction = Redaction.objects.get()
    assert redaction.may_be_quoted
    assert redaction.text == "Bel mevrouw [naam] op [telefoonnummer] over [weggelaten]."
    assert "vrij om te citeren" in read(client, url("quotes", "proef", QUESTION) + "?stand=besloten")
    assert "wijkteam De Linde</textarea>" in read(client, address)


def test_only_released_words_of_the_text_as_it_is_now_are_quoted(client, wave):
    texts = write_texts(wave, "Geld van Jan", "Geld van Piet", "Geld van Kees")
    coding_round = make_round(wave)
    for coder in ("Anna", "Bert"):
        assignment = assign(coding_round, coder)
        for text in texts:
            code(assignment, text, "geld")
    release_counts(begin_settling(coding_round, by=None), by=None)
    sign_in(client, "settle_codes")
    for text, name, decision in zip(texts, ("Jan", "Piet", "Kees"), ("ja", "nee", "ja"), strict=True):
        data = {"revision": 1, "passages": f"van {name}", "decision": decision}
        client.post(url("quote", "proef", QUESTION, text.pk), data)
    texts[2].revision = 2
    texts[2].save()

    assert list_quotes(wave, questions=[QUESTION], limit=5) == {QUESTION: {"geld": ["Geld [weggelaten]"]}}
