import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.structured_data import describe_trail, write_graph

ROOT = "https://voorbeeld.example"


def test_what_is_empty_is_left_out():
    [thing] = json.loads(write_graph({"@type": "Article", "url": "", "about": [], "name": "A"}))["@graph"]
    assert thing == {"@type": "Article", "name": "A"}


def test_the_way_up_has_numbers_and_whole_addresses():
    trail = describe_trail([{"title": "Home", "url": "/"}, {"title": "Deze"}], root=ROOT)
    assert trail["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": f"{ROOT}/"},
        {"@type": "ListItem", "position": 2, "name": "Deze"},
    ]


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "&lt;", "\u2028", "„Ja”"])
def test_no_sign_can_end_the_element(text):
    written = write_graph({"name": text})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["@graph"][0]["name"] == text


@given(st.text(min_size=1))
def test_every_text_comes_back(text):
    assert json.loads(write_graph({"name": text}))["@graph"][0]["name"] == text
