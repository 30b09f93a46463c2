"""Which municipalities are weighted together, and that the reader is told."""

import pytest

from surveys.results.precision.frame import FrameMember
from surveys.results.precision.post_stratification import choose_strata
from surveys.results.precision.wording import describe_weighting

NAMES = {"small": "tot 50.000", "middle": "50.000 tot 100.000", "large": "100.000 of meer"}


def make_members(size_class, province, *, answered, silent, region="", inhabitants=1000):
    """`region` is the one response behind all that answered; without it everybody answers alone."""
    return [
        FrameMember(
            code=f"{size_class}{province}{number}",
            groups={"size_class": size_class, "province": province, "youth_region": ""},
            inhabitants=inhabitants,
            cluster=(region or f"{size_class}{province}{number}") if number < answered else "",
        )
        for number in range(answered + silent)
    ]


def choose(*members, is_inhabitants=False):
    frame = [member for each in members for member in each]
    present = {member.groups["size_class"] for member in frame}
    found = choose_strata(
        frame, size_classes=[code for code in NAMES if code in present], is_inhabitants=is_inhabitants
    )
    return found, describe_weighting(found, size_classes=NAMES)


def test_size_class_by_province_where_every_combination_is_large_enough():
    found, sentence = choose(
        make_members("small", "PV27", answered=5, silent=15),
        make_members("small", "PV28", answered=6, silent=0),
        make_members("large", "PV28", answered=5, silent=5),
    )
    assert found.weights == {"small:PV27": 4.0, "small:PV28": 1.0, "large:PV28": 2.0}
    assert sentence == (
        "De aandelen zijn gewogen naar grootteklasse en provincie: elke groep telt zo zwaar mee als in Nederland."
    )


def test_one_small_combination_leaves_the_province_out():
    found, sentence = choose(
        make_members("small", "PV27", answered=5, silent=15),
        make_members("small", "PV28", answered=5, silent=5),
        make_members("large", "PV27", answered=4, silent=0),
        make_members("large", "PV28", answered=6, silent=10),
    )
    assert found.weights == {"small": 3.0, "large": 2.0}
    assert (found.small_places, found.merged) == (1, ())
    assert sentence.endswith(
        "De provincie telt niet mee bij het wegen: 1 van de 4 combinaties met een grootteklasse hebben minder dan 5 "
        "reacties."
    )


def test_a_small_size_class_joins_the_neighbour_with_the_fewest_responses():
    found, sentence = choose(
        make_members("small", "PV27", answered=9, silent=9),
        make_members("middle", "PV27", answered=4, silent=2),
        make_members("large", "PV27", answered=6, silent=4),
    )
    assert found.merged == (("middle", "large"),)
    assert found.weights == {"small": 2.0, "middle+large": 1.6}
    assert found.strata["large", "PV27"] == found.strata["middle", "PV27"] == "middle+large"
    assert "De grootteklassen „50.000 tot 100.000” en „100.000 of meer” tellen als één groep" in sentence


def test_a_class_at_the_end_has_one_neighbour():
    found, _ = choose(
        make_members("small", "PV27", answered=1, silent=1),
        make_members("middle", "PV27", answered=8, silent=0),
        make_members("large", "PV27", answered=6, silent=0),
    )
    assert found.merged == (("small", "middle"),)


def test_merging_goes_on_until_every_group_is_large_enough():
    found, sentence = choose(
        make_members("small", "PV27", answered=2, silent=8),
        make_members("middle", "PV27", answered=1, silent=2),
        make_members("large", "PV27", answered=1, silent=2),
    )
    assert found.merged == (("small", "middle", "large"),)
    assert list(found.weights.values()) == [4.0]
    assert not found.is_weighted
    assert sentence.startswith("De aandelen zijn niet gewogen.")


def test_ten_municipalities_behind_one_response_are_one():
    found, _ = choose(
        make_members("small", "PV27", answered=10, silent=0, region="JZ12"),
        make_members("large", "PV27", answered=5, silent=0),
    )
    assert found.merged == (("small", "large"),)


def test_inhabitants_are_weighted_to_inhabitants():
    found, _ = choose(
        make_members("small", "PV27", answered=5, silent=5),
        make_members("large", "PV27", answered=5, silent=0, inhabitants=9000),
        make_members("large", "PV27", answered=0, silent=1, inhabitants=45000),
        is_inhabitants=True,
    )
    assert found.weights == {"small:PV27": 2.0, "large:PV27": 2.0}


def test_nobody_answered_yet():
    found, sentence = choose(make_members("small", "PV27", answered=0, silent=3))
    assert list(found.weights.values()) == [1.0]
    assert "niet gewogen" in sentence


@pytest.mark.parametrize("answered", [4, 5])
def test_five_responses_are_enough(answered):
    found, _ = choose(
        make_members("small", "PV27", answered=answered, silent=3),
        make_members("large", "PV27", answered=7, silent=3),
    )
    assert found.is_weighted == (answered == 5)
