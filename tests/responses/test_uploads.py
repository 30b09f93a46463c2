import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.definition import FILE_EXTENSIONS
from surveys.questionnaire.typed_text import InvalidAnswer
from surveys.responses import uploads
from surveys.responses.uploads import CONTENT_TYPES, check_upload, clean_name
from tests.responses.files import PDF, SAMPLES, make_document, pack


def check(content: bytes, name: str, *, accepts=FILE_EXTENSIONS, maximum_megabytes=5) -> str:
    return check_upload(
        io.BytesIO(content),
        name=name,
        size=len(content),
        accepts=accepts,
        maximum_megabytes=maximum_megabytes,
    )


def find_message(content: bytes, name: str, **limits) -> str:
    with pytest.raises(InvalidAnswer) as raised:
        check(content, name, **limits)
    (message,) = raised.value.messages
    return message


def test_every_kind_that_a_questionnaire_may_ask_for_is_recognised():
    assert set(CONTENT_TYPES) == set(FILE_EXTENSIONS) == set(SAMPLES)
    for extension, content in SAMPLES.items():
        assert check(content, f"bewijs.{extension}") == CONTENT_TYPES[extension]


def test_the_spelling_of_the_extension_does_not_matter():
    assert check(SAMPLES["jpg"], "Foto.JPEG") == "image/jpeg"


def test_the_file_is_read_again_from_its_start():
    file = io.BytesIO(SAMPLES["xlsx"])
    check_upload(file, name="a.xlsx", size=1, accepts=["xlsx"], maximum_megabytes=1)
    assert file.read() == SAMPLES["xlsx"]


@pytest.mark.parametrize("name", ["plan.exe", "plan", "plan.pdf.exe", ".pdf", "plan.svg", "plan.html", ""])
def test_another_kind_is_refused_by_its_name(name):
    assert find_message(PDF, name, accepts=["pdf", "docx", "xlsx"]) == (
        "Dit soort bestand kan hier niet. Kies een bestand van de soort docx, pdf of xlsx."
    )


def test_size_and_emptiness():
    assert find_message(b"", "plan.pdf") == "Dit bestand is leeg. Kies een ander bestand."
    assert check(PDF.ljust(1_000_000), "plan.pdf", maximum_megabytes=1)
    assert find_message(PDF.ljust(1_000_001), "plan.pdf", maximum_megabytes=1) == (
        "Dit bestand is te groot: het mag hoogstens 1 MB zijn. Maak het kleiner."
    )


@pytest.mark.parametrize("claimed", SAMPLES)
@pytest.mark.parametrize("real", SAMPLES)
def test_a_file_is_judged_by_what_is_in_it(claimed, real):
    texts = {"csv", "txt"}
    if claimed == real or {claimed, real} <= texts:
        check(SAMPLES[real], f"bewijs.{claimed}")
    else:
        assert find_message(SAMPLES[real], f"bewijs.{claimed}").startswith(
            f"Dit bestand heet .{claimed}, maar het is iets anders."
        )


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00" + bytes(60), b"\x7fELF" + bytes(60), b"#!/bin/sh\nrm -rf /\n", b"GIF89a" + bytes(20)],
)
@pytest.mark.parametrize("extension", ["pdf", "png", "xlsx"])
def test_a_program_in_disguise_is_refused(content, extension):
    assert "is iets anders" in find_message(content, f"plan.{extension}")


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + bytes(60), b"a;b\x00c", SAMPLES["pdf"]])
def test_a_text_holds_no_program(content):
    assert "is iets anders" in find_message(content, "lijst.csv")


# --- Office documents ----------------------------------------------------------------------------


def test_a_zip_with_a_program_is_no_workbook():
    assert "is iets anders" in find_message(pack({"setup.exe": b"MZ"}), "begroting.xlsx")


@pytest.mark.parametrize("part", ["xl/setup.exe", "xl/embeddings/run.JS", "a.bat", "xl/vbaProject.bin"])
def test_a_workbook_with_a_program_or_a_macro_is_refused(part):
    content = pack({"xl/workbook.xml": "<w/>", part: b"MZ"})
    assert find_message(content, "begroting.xlsx") == (
        "In dit bestand zit een programma of macro. Bewaar het als .xlsx zonder macro's."
    )


def test_an_open_document_with_a_macro_is_refused():
    content = make_document("ods", **{"Basic/Standard/Module1.xml": "<m/>"})
    assert "programma of macro" in find_message(content, "begroting.ods")


@pytest.mark.parametrize("extension", ["xlsx", "docx", "ods", "odt"])
def test_a_zip_bomb_is_refused_while_it_unpacks(extension, monkeypatch):
    monkeypatch.setattr(uploads, "MAXIMUM_UNPACKED", 10_000_000)
    content = make_document(extension, **{"xl/sheet1.xml": bytes(10_000_001)})
    assert len(content) < 100_000
    assert "Uitgepakt is dit bestand te groot" in find_message(content, f"begroting.{extension}")


def test_a_zip_that_lies_about_its_size_is_refused():
    content = pack({"xl/workbook.xml": "<w/>", "xl/sheet1.xml": bytes(5_000_000)})
    size = (5_000_000).to_bytes(4, "little")
    lying = content.replace(size, (10).to_bytes(4, "little"))
    assert lying != content
    assert "beschadigd" in find_message(lying, "begroting.xlsx")


def test_too_many_parts_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAXIMUM_PARTS", 3)
    content = make_document("xlsx", a="", b="", c="")
    assert "Uitgepakt is dit bestand te groot" in find_message(content, "begroting.xlsx")


def test_an_unusual_way_of_packing_is_refused():
    content = pack({"xl/workbook.xml": "<w/>"}, compression=zipfile.ZIP_LZMA)
    assert "beschadigd" in find_message(content, "begroting.xlsx")


@given(st.integers(4, len(SAMPLES["xlsx"]) - 1), st.binary(max_size=3))
def test_a_broken_workbook_is_taken_or_refused_with_a_message(place, junk):
    content = SAMPLES["xlsx"][:place] + junk + SAMPLES["xlsx"][place + len(junk) + 1 :]
    with suppress(InvalidAnswer):
        assert check(content, "begroting.xlsx") == CONTENT_TYPES["xlsx"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Mijn map\\plan.pdf", "plan.pdf"),
        ("pl\x00an\r\n.pdf", "plan .pdf"),
        ("p" * 200 + ".pdf", "p" * 116 + ".pdf"),
    ],
)
def test_the_name_to_keep(name, kept):
    assert clean_name(name) == kept
