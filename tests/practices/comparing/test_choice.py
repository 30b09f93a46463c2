import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.comparing.choice import MOST, REPEATED, TOO_MANY, UNKNOWN, choose, list_asked

LIVE = {"een", "twee", "drie", "vier"}


@pytest.mark.parametrize(
    ("values", "slugs", "notices"),
    [
        ([], (), ()),
        ([""], (), ()),
        (["twee", "een"], ("twee", "een"), ()),
        (["een", "een", "twee"], ("een", "twee"), (REPEATED,)),
        (["een", "weg", "twee"], ("een", "twee"), (UNKNOWN,)),
        (["vier", "drie", "twee", "een"], ("vier", "drie", "twee"), (TOO_MANY,)),
        (
            ["weg", "een", "een", "twee", "drie", "vier"],
            ("een", "twee", "drie"),
            (UNKNOWN, REPEATED, TOO_MANY),
        ),
        (["een\0", "'; --"], (), (UNKNOWN,)),
    ],
)
def test_the_first_three_that_are_on_the_site_are_chosen_and_the_rest_is_said(values, slugs, notices):
    chosen = choose(values, live=LIVE)
    assert (chosen.slugs, chosen.notices) == (slugs, notices)


@given(st.lists(st.text() | st.sampled_from(sorted(LIVE))))
def test_whatever_the_address_says_a_choice_is_at_most_three_different_cases(values):
    chosen = choose(values, live=LIVE)
    assert len(set(chosen.slugs)) == len(chosen.slugs) <= MOST
    assert set(chosen.slugs) <= LIVE & set(values)
    assert not any("\0" in slug for slug in list_asked(values))
