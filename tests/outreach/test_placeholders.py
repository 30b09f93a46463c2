import pytest

from surveys.outreach.default_texts import DEFAULT_TEXTS
from surveys.outreach.placeholders import fill_in, list_template_problems, put_on_one_line
from surveys.outreach.purposes import RULES

ALLOWED = {"organisatie", "link"}


def find_problems(*, subject="Vul in", body="Zie {link}", required=("link",)):
    return list_template_problems(subject=subject, body=body, allowed=ALLOWED, required=required)


@pytest.mark.parametrize("purpose", sorted(RULES))
def test_the_text_that_ships_with_the_site_can_be_sent(purpose):
    subject, body = DEFAULT_TEXTS[purpose]
    rules = RULES[purpose]
    assert (
        list_template_problems(subject=subject, body=body, allowed=rules.allowed, required=rules.required)
        == []
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ({"body": "Beste {naam} {link}"}, "{naam}. U kunt kiezen uit {link}, {organisatie}."),
        ({"body": "{organisatie.pk} {link}"}, "{organisatie.pk}"),
        ({"body": "{organisatie!r} {link}"}, "{organisatie!r}"),
        ({"body": "{} {link}"}, "{}"),
        ({"subject": "Voor {wie}"}, "{wie}"),
        ({"body": "{link} en {nog"}, "losse accolade"),
        ({"body": "{{link}}"}, "losse accolade"),
        ({"body": "Geen adres"}, "Zet {link} in de tekst"),
        ({"body": "  "}, "Schrijf een tekst"),
        ({"subject": " "}, "Schrijf een onderwerp"),
        ({"subject": "Vul in\nBcc: iedereen@elders.example"}, "één regel"),
        ({"subject": "Vul in\r\nBcc: iedereen@elders.example"}, "één regel"),
        ({"subject": "Open {link}"}, "geen link in het onderwerp"),
        ({"subject": "V" * 151}, "onderwerp is te lang"),
        ({"body": "{link}" + "b" * 5000}, "tekst is te lang"),
    ],
)
def test_a_text_that_cannot_be_sent_says_why(text, words):
    assert any(words in problem for problem in find_problems(**text))


def test_a_text_that_can_be_sent_has_no_problems():
    assert find_problems(subject="Voor {organisatie}", body="Open {link}\n\nTot ziens") == []


def test_what_a_value_holds_is_not_filled_in_again():
    values = {"organisatie": "{link} & co", "link": "https://monitor.example/geheim"}
    assert fill_in("Voor {organisatie}: {onbekend}", values) == "Voor {link} & co: {onbekend}"


def test_one_line_is_one_line():
    assert put_on_one_line("An\r\nBcc: x@y.example\x00\u2028 de  Vries") == "An Bcc: x@y.example de Vries"
