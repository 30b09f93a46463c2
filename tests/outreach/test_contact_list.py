"""Judging the rows of a list, without a database."""

import pytest

from surveys.outreach.contact_list import (
    ListedContact,
    Surroundings,
    UnreadableList,
    judge_list,
    read_list,
)

NAMES = {
    "GM0546": "Gemeente Leiden",
    "GM0344": "Gemeente Utrecht",
    "JZ18": "Jeugdregio Holland Rijnland",
    "JZ40": "Jeugdregio Utrecht",
    "GM0003": "Gemeente Appingedam",
}
AROUND = Surroundings(
    names=NAMES,
    asked={"GM0546", "GM0344", "JZ18", "JZ40"},
    current={"GM0344": "oud@utrecht.example"},
    public_domains={"gmail.com"},
    is_address=lambda text: "@" in text and " " not in text,
)
HEADER = ["organisatie", "e-mail", "naam", "functioneel"]


def judge(*rows):
    listed = [ListedContact(number, *row) for number, row in enumerate(rows, start=2)]
    return judge_list(listed, around=AROUND)


def test_the_columns_may_stand_in_any_order_and_have_other_names():
    rows = [
        [" E-mailadres ", "iets anders", "Gemeente"],
        ["a@b.example", "x", "Leiden"],
        ["", "", ""],
        ["c@d.example"],
    ]
    assert read_list(rows) == [
        ListedContact(2, "Leiden", "a@b.example"),
        ListedContact(4, "", "c@d.example"),
    ]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "de kolom “organisatie” en “e-mail”"),
        ([["organisatie", "naam"], ["Leiden", "An"]], "de kolom “e-mail”"),
        ([["code", "gemeente", "email"]], "“gemeente” lijkt twee keer"),
        ([HEADER], "geen enkele organisatie"),
        ([HEADER, ["", "x"], *([["a", "b"]] * 2000)], "te veel rijen"),
    ],
)
def test_a_list_that_cannot_be_read_says_why(rows, words):
    with pytest.raises(UnreadableList) as refusal:
        read_list(rows)
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("GM0546", "GM0546"),
        ("gm0546", "GM0546"),
        ("Leiden", "GM0546"),
        ("gemeente  leiden", "GM0546"),
        ("Holland Rijnland", "JZ18"),
        ("Jeugdregio Utrecht", "JZ40"),
    ],
)
def test_an_organisation_is_known_by_code_and_by_name(typed, code):
    (found,) = judge((typed, "jeugd@gemeente.example", "", "ja"))
    assert (found.organisation_code, found.organisation_name, found.problems) == (code, NAMES[code], ())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "a@b.example"), "organisatie ontbreekt"),
        (("Luilekkerland", "a@b.example"), "kennen geen organisatie “Luilekkerland”"),
        (("Utrecht", "a@b.example"), "Meer organisaties heten “Utrecht”"),
        (("Appingedam", "a@b.example"), "doet niet mee aan deze meting"),
        (("Leiden", ""), "e-mailadres ontbreekt"),
        (("Leiden", "geen adres"), "“geen adres” is geen e-mailadres"),
        (("Leiden", f"{'a' * 260}@b.example"), "is geen e-mailadres"),
        (("Leiden", "a@b.example", "An\nBcc: c@d.example"), "regeleinde"),
        (("Leiden", "a@b.example", "A" * 151), "te lang"),
        (("Leiden", "a@b.example", "An", "misschien"), "ja of nee in, niet “misschien”"),
    ],
)
def test_what_is_wrong_is_said_per_row(row, words):
    (found,) = judge(row)
    assert len(found.problems) == 1
    assert words in found.problems[0]


def test_an_organisation_stands_there_once():
    first, second, other = judge(
        ("Leiden", "a@b.example"), ("GM0546", "A@B.example"), ("Holland Rijnland", "c@d.example")
    )
    assert first.problems == ("Deze organisatie staat er dubbel in, ook op rij 3.",)
    assert second.problems == ("Deze organisatie staat er dubbel in, ook op rij 2.",)
    assert other.problems == ()


def test_two_contacts_of_one_organisation_are_refused():
    first, second = judge(("Leiden", "a@b.example"), ("Leiden", "c@d.example"))
    assert first.problems == (
        "Er is één contactpersoon per organisatie. Deze organisatie staat ook op rij 3.",
    )
    assert second.problems


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("Leiden", "an@leiden.example", "An", "nee"), "persoonlijk adres"),
        (("Leiden", "an@leiden.example"), "persoonlijk adres"),
        (("Leiden", "an@gmail.com", "", "ja"), "openbare mailbox"),
        (("Gemeente Utrecht", "nieuw@utrecht.example", "", "ja"), "vervangt oud@utrecht.example"),
    ],
)
def test_what_is_remarkable_does_not_keep_the_row_out(row, words):
    (found,) = judge(row)
    assert found.problems == ()
    assert any(words in warning for warning in found.warnings)


def test_a_functional_mailbox_that_was_there_already_is_not_remarkable():
    (found,) = judge(("Gemeente Utrecht", "OUD@utrecht.example", "", "Ja"))
    assert (found.problems, found.warnings, found.is_functional_mailbox) == ((), (), True)


def test_one_address_for_two_organisations_is_remarkable_at_both():
    both = judge(("Leiden", "a@b.example", "", "ja"), ("Holland Rijnland", "a@b.example", "", "ja"))
    assert all("bij meer organisaties" in each.warnings[0] for each in both)
