import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.alternative_text import find_fault

FILE = {"file_name": "Weegtafel_2024-x7Fq2a.jpg", "title": "Weegtafel_2024"}
REAL = "Drie mensen overleggen aan een ronde tafel"


@pytest.mark.parametrize(
    "text",
    [
        "Weegtafel_2024",
        "weegtafel 2024",
        "WEEGTAFEL-2024.JPG",
        "Weegtafel_2024-x7Fq2a",
        "IMG_1234",
        "dsc 0001",
        "20240513_101502",
        "een foto.png",
    ],
)
def test_the_name_of_a_file_is_no_description(text):
    assert "naam van" in find_fault(text, **FILE)


@pytest.mark.parametrize("text", ["Foto", "afbeelding", "foto, afbeelding", "Ja", "Logo"])
def test_that_there_is_an_image_is_no_description(text):
    assert find_fault(text, **FILE) == (
        "Dit zegt nog niet wat er op de afbeelding te zien is. Beschrijf dat in een paar woorden."
    )


@pytest.mark.parametrize("text", ["", "  ", "...", "–"])
def test_nothing_is_no_description(text):
    assert find_fault(text, **FILE)


@pytest.mark.parametrize(
    "text",
    [REAL, "Weegtafel met zes mensen", "Grafiek: 7,5 % minder verwijzingen in 2024", "Foto van het wijkteam"],
)
def test_a_description_is_one(text):
    assert find_fault(text, **FILE) == ""


def test_a_file_may_have_a_real_title():
    assert find_fault(REAL, file_name="IMG_1234.jpg", title=REAL) == ""


@given(st.text(), st.text(), st.text())
def test_no_words_break_it(text, file_name, title):
    assert isinstance(find_fault(text, file_name=file_name, title=title), str)
