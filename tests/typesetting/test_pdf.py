from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from surveys.typesetting.pdf import typeset
from tests.typesetting.documents import assert_accessible, list_tags, read_text

HOUSE = Path(__file__).parents[2] / "templates/typeset/house.typ"
MADE_AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BODY = """
#import "house.typ": data, house
#show: house
= Kop
#data.body

#for each in data.at("items", default: ()) [- #each]
#table(columns: 2, table.header([Naam], [Waarde]), [Een], [1])
"""


@pytest.fixture
def template(tmp_path):
    folder = tmp_path / "typeset"
    folder.mkdir()
    (folder / "house.typ").write_text(HOUSE.read_text(encoding="utf-8"), encoding="utf-8")
    path = folder / "proef.typ"
    path.write_text(BODY, encoding="utf-8")
    return path


def make(template, body="Tekst", **data):
    return typeset(template, data={"title": "Proef één", "body": body, **data}, made_at=MADE_AT)


def test_document_is_tagged_and_says_its_title_and_language(template):
    content = make(template, items=["eerste", "tweede"])
    assert_accessible(content, title="Proef één")
    tags = list_tags(content)
    assert {"Title", "H1", "P", "L", "LI", "Table", "TR", "TH", "TD"} <= set(tags)
    assert tags.count("LI") == 2
    assert tags.count("TH") == 2


def test_dutch_is_printed_with_every_accent_and_sign(template):
    text = "Één reünie à la carte: € 1.234,5 – ‘s-Gravenhage “citaat” ≥ 3 ½ ĳ Ĳ ç ñ ☐ ☒ …"
    assert text in read_text(make(template, text))


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#include "house.typ"',
        "] #let x = 1 [",
        "$ sum_(i=1)^n $",
        r"\ \u{41} C:\temp \"",
        "*vet* _schuin_ `code` = kop - punt + 1. @verwijzing <anker> // niets /* niets */ ~ ---",
        "</script> {{ data }} ${data} %s",
    ],
)
def test_nothing_in_the_data_is_obeyed(template, text):
    printed = read_text(make(template, f"voor {text} na"))
    assert f"voor {text} na" in printed
    assert "root:" not in printed


def test_template_sees_no_file_outside_its_folder(template):
    secret = template.parent.parent / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    template.write_text(BODY + '#read("../geheim.txt")', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        make(template)


def test_same_data_gives_the_same_bytes(template):
    assert make(template) == make(template)
    assert make(template) != make(template, "Andere tekst")


def test_characters_without_a_drawing_are_replaced_and_lose_nothing_else(template):
    printed = read_text(make(template, "voor 😀 en 中文 na"))
    assert "voor � en �� na" in printed


def test_every_undrawable_character_of_a_long_text_is_found(template):
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 500))
    printed = read_text(make(template, text + " einde"))
    assert printed.count("�") == 500
    assert "einde" in printed


def test_control_characters_and_half_surrogates_do_not_stop_a_document(template):
    assert "voor na" in read_text(make(template, "vo\x00or\x07 \ud800na", items=["\x1b[31m"]))


def test_mistake_in_a_template_is_not_hidden(template):
    template.write_text("#onbekend", encoding="utf-8")
    with pytest.raises(typst.TypstError):
        make(template)
