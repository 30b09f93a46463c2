import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.links.addresses import complete, find_host, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "0.0.0.0",  # noqa: S104 - an example
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:7f00:1::f5ff:fffe",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "::127.0.0.1",
        "fec0::1",
        "2001:db8::1",
        "localhost",
        "",
    ],
)
def test_an_address_of_a_network_of_our_own_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2a00:1450:400e:80e::200e", "64:ff9b::808:808"]
)
def test_an_address_on_the_internet_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Voorbeeld.Example/a", "voorbeeld.example"),
        ("HTTP://voorbeeld.example:8080", "voorbeeld.example"),
        ("http://[::1]/", "::1"),
        ("ftp://voorbeeld.example/", ""),
        ("file:///etc/passwd", ""),
        ("gopher://voorbeeld.example/", ""),
        ("javascript:alert(1)", ""),
        ("mailto:iemand@voorbeeld.example", ""),
        ("//voorbeeld.example/", ""),
        ("/hier", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("http://voorbeeld.example:99999/", ""),
    ],
)
def test_only_addresses_of_the_web_have_a_host(url, host):
    assert find_host(url) == host


@pytest.mark.parametrize(
    ("href", "url"),
    [
        (" https://voorbeeld.example/a?b=c#d ", "https://voorbeeld.example/a?b=c"),
        ("/bronnen/#boven", "https://site.example/bronnen/"),
        ("#boven", ""),
        ("mailto:iemand@voorbeeld.example", ""),
        ("TEL:0101234567", ""),
        ("", ""),
        ("ftp://voorbeeld.example/", "ftp://voorbeeld.example/"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_a_link_is_read_as_a_browser_does(href, url):
    assert complete(href, site="https://site.example/") == url


@given(st.text())
def test_no_text_breaks_them(text):
    assert isinstance(find_host(f"http://{text}"), str)
    assert isinstance(complete(text, site="https://site.example/"), str)
    assert is_public(text) in {True, False}
