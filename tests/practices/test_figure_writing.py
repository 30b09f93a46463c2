from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.figure_writing import MILLION, SPACE, is_in_millions, write_figure, write_number


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        ({"low": "13"}, "13"),
        ({"low": "13", "unit": "keer"}, "13 keer"),
        ({"low": "3000", "unit": "euro", "qualifier": "gemiddeld"}, "gemiddeld 3.000 euro"),
        ({"low": "12.5000", "unit": "fte"}, "12,5 fte"),
        ({"low": "0"}, "0"),
        ({"low": "0.0500"}, "0,05"),
        ({"low": "-4.2", "unit": "%"}, f"−4,2{SPACE}%"),
        ({"low": "20", "unit": "%", "qualifier": "ruim"}, f"ruim 20{SPACE}%"),
        ({"low": "15", "high": "20", "unit": "%"}, f"15 tot 20{SPACE}%"),
        ({"low": "15", "unit": "procentpunt"}, "15 procentpunt"),
        ({"low": "35000", "high": "50000.0", "unit": "inwoners"}, "35.000 tot 50.000 inwoners"),
        ({"low": "3000000", "unit": "euro", "qualifier": "ruim"}, "ruim 3 miljoen euro"),
        ({"low": "1250000", "unit": "euro"}, "1,25 miljoen euro"),
        ({"low": "-47000000", "unit": "euro"}, "−47 miljoen euro"),
        ({"low": "1234567", "unit": "euro"}, "1.234.567 euro"),
        ({"low": "1000000"}, "1 miljoen"),
        ({"low": "999999"}, "999.999"),
        ({"low": "1200000000", "unit": "euro"}, "1.200 miljoen euro"),
        ({"low": "2000000", "high": "3500000", "unit": "euro"}, "2 tot 3,5 miljoen euro"),
        ({"low": "900000", "high": "2000000", "unit": "euro"}, "900.000 tot 2.000.000 euro"),
        ({"low": None, "wording": "de helft"}, "de helft"),
        ({"low": None}, ""),
    ],
)
def test_a_figure_reads_as_a_source_prints_it(figure, written):
    numbers = {name: Decimal(figure[name]) for name in ("low", "high") if figure.get(name)}
    assert write_figure(**{**figure, **numbers}) == written


def read_number(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(".", "").replace(",", "."))


NUMBERS = st.one_of(
    st.decimals(-(10**12), 10**12, places=4),
    st.integers(-(10**6), 10**6).map(lambda number: Decimal(number * 10_000)),
)


@given(NUMBERS)
def test_a_number_can_be_read_back(number):
    written = write_number(number)
    assert read_number(written) == number
    assert not written.endswith(",")
    assert not ("," in written and written.endswith("0"))


@given(NUMBERS, NUMBERS)
def test_a_range_can_be_read_back(low, high):
    written = write_figure(low=low, high=high, qualifier="ongeveer", unit="euro")
    words = written.removeprefix("ongeveer ").removesuffix(" euro")
    factor = MILLION if words.endswith(" miljoen") else 1
    read = [read_number(each) * factor for each in words.removesuffix(" miljoen").split(" tot ")]
    assert read == [low, high]
    assert (factor == MILLION) == (is_in_millions(low) and is_in_millions(high))
