"""Is the ODS what the standard allows? Judged by the OpenDocument schema that odfpy carries as tables."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from lxml import etree
from odf import grammar

from surveys.tabular.writers.ods import write_ods
from tests.downloads.samples import build_workbook


def split_name(tag: str) -> tuple[str, str]:
    namespace, _, name = tag[1:].partition("}")
    return namespace, name


def find_breaches(element: ET.Element) -> Iterator[str]:
    """Every attribute, child and text that the schema does not allow here, and every attribute that is missing."""
    name = split_name(element.tag)
    attributes = {split_name(each) for each in element.attrib}
    allowed_attributes = grammar.allowed_attributes[name]
    allowed_children = grammar.allowed_children[name]
    if allowed_attributes is not None:
        yield from (f"{name}: attribute {each}" for each in attributes.difference(allowed_attributes))
    yield from (
        f"{name}: misses {each}" for each in set(grammar.required_attributes.get(name, ())) - attributes
    )
    if allowed_children is not None:
        children = {split_name(child.tag) for child in element}
        yield from (f"{name}: child {each}" for each in children.difference(allowed_children))
    texts = [element.text, *(child.tail for child in element)]
    if any(texts) and name not in grammar.allows_text:
        yield f"{name}: text"
    for child in element:
        yield from find_breaches(child)


@pytest.mark.parametrize("part", ["content.xml", "styles.xml", "meta.xml", "settings.xml"])
def test_every_part_keeps_to_the_schema(tmp_path, part):
    path = tmp_path / "uit.ods"
    write_ods(build_workbook(), path)

    with ZipFile(path) as archive:
        root = ET.fromstring(archive.read(part))  # noqa: S314 - our own file

    assert list(find_breaches(root)) == []


def test_the_row_of_names_stays_in_view_on_every_sheet(tmp_path):
    path = tmp_path / "uit.ods"
    workbook = build_workbook()
    write_ods(workbook, path)

    with ZipFile(path) as archive:
        root = etree.fromstring(archive.read("settings.xml"))
    name = f"{{{root.nsmap['config']}}}name"
    (settings,) = root.iterfind(".//config:config-item-set", root.nsmap)
    # The prefix in this name counts for who reads it, so it has to be declared.
    assert settings.get(name) == "ooo:view-settings"
    assert root.nsmap["ooo"] == "http://openoffice.org/2004/office"
    (tables,) = root.iterfind(".//config:config-item-map-named", root.nsmap)
    split = {entry.get(name): {item.get(name): item.text for item in entry} for entry in tables}
    assert list(split) == [sheet.name for sheet in workbook.sheets]
    for sheet in workbook.sheets:
        assert split[sheet.name]["VerticalSplitMode"] == "2"
        assert split[sheet.name]["VerticalSplitPosition"] == str(len(sheet.heading) + 1)


def test_a_breach_is_found():
    wrong = ET.fromstring(  # noqa: S314 - our own text
        '<t:table xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" kleur="rood">'
        "<t:table-cell/>los</t:table>"
    )

    assert len(list(find_breaches(wrong))) == 3
