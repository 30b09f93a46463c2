import pytest

from surveys.teamwork.mail_domains import find_domain, find_shared_domains, read_public_mailboxes


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("gerda@leiden.nl", "leiden.nl"),
        ("Gerda@Leiden.NL ", "leiden.nl"),
        ('"a@b"@leiden.nl', "leiden.nl"),
        ("gerda", ""),
        ("gerda@", ""),
    ],
)
def test_the_domain_of_an_address(address, domain):
    assert find_domain(address) == domain


def test_a_public_mailbox_says_nothing_about_where_somebody_works():
    addresses = ["gerda@leiden.nl", "gerda@GMAIL.com", "cor@ziggo.nl", "lea@outlook.com", "onzin"]
    assert find_shared_domains(addresses) == {"leiden.nl"}


def test_the_list_of_public_mailboxes_holds_domains_only():
    mailboxes = read_public_mailboxes()
    assert {"gmail.com", "outlook.com", "ziggo.nl"} <= mailboxes
    assert all(each == each.strip().lower() and "." in each and "@" not in each for each in mailboxes)
