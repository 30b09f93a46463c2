import pytest

from practices.case_text import Line, Part, Row, Shape, set_side_by_side


def make_part(title, *texts):
    return Part(title, Shape.LIST, tuple(map(Line, texts)))


def test_parts_stand_side_by_side_in_the_order_of_the_cases():
    rows = set_side_by_side(
        [
            [make_part("Plaats", "Leiden"), make_part("Lessen", "Begin klein", "Meet")],
            [make_part("Plaats", "Zaanstad"), make_part("Lessen", "Wacht niet")],
        ]
    )

    assert rows == [
        Row("Plaats", Shape.LIST, ((Line("Leiden"),), (Line("Zaanstad"),))),
        Row("Lessen", Shape.LIST, ((Line("Begin klein"), Line("Meet")), (Line("Wacht niet"),))),
    ]


def test_what_no_case_tells_is_left_out_and_what_one_tells_stays():
    rows = set_side_by_side(
        [
            [make_part("Lessen"), make_part("Doelgroep"), make_part("Plaats", "Leiden")],
            [make_part("Lessen"), make_part("Doelgroep", "Ouders"), make_part("Plaats", "Zaanstad")],
        ]
    )

    assert [(row.title, row.cells[0]) for row in rows] == [("Doelgroep", ()), ("Plaats", (Line("Leiden"),))]


def test_cases_with_other_parts_cannot_be_compared():
    with pytest.raises(ValueError, match="zip"):
        set_side_by_side([[make_part("Plaats", "Leiden")], []])
