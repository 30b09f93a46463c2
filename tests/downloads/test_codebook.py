"""The codebook: for everybody once the results are public, from the objects that draw the form.

The schema of DDI is in no package that can be installed, so the document is held here to what codebook.xsd says of the
elements that we use; docs/downloads.md says how to hold it against the schema itself.
"""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from surveys.downloads.codebook import build_codebook
from surveys.downloads.ddi import NAMESPACE, write_ddi
from surveys.questionnaire.definition import KINDS
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from tests.downloads.samples import DEFINITION
from tests.questionnaire.answers import make_question
from tests.responses.factories import make_definition, make_wave
from tests.results.release.factories import publish_wave

# In the order of the schema: the children that each element may have, of those that we use.
CHILDREN = {
    "codeBook": ["docDscr", "stdyDscr", "dataDscr"],
    "docDscr": ["citation"],
    "stdyDscr": ["citation", "stdyInfo", "dataAccs", "notes"],
    "citation": ["titlStmt", "prodStmt", "verStmt"],
    "titlStmt": ["titl", "IDNo"],
    "prodStmt": ["producer"],
    "verStmt": ["version"],
    "stdyInfo": ["sumDscr"],
    "sumDscr": ["collDate", "nation", "anlyUnit", "universe"],
    "dataAccs": ["useStmt"],
    "useStmt": ["conditions"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl"],
    "var": ["labl", "qstn", "valrng", "universe", "txt", "catgry", "concept", "varFormat"],
    "qstn": ["qstnLit", "ivuInstr"],
    "valrng": ["range"],
    "catgry": ["catValu", "labl"],
}
REQUIRED = {
    "codeBook": ["stdyDscr"],
    "stdyDscr": ["citation"],
    "citation": ["titlStmt"],
    "titlStmt": ["titl"],
}
ATTRIBUTES = {
    "codeBook": {"version", "{http://www.w3.org/XML/1998/namespace}lang"},
    "collDate": {"date", "event"},
    "nation": {"abbr"},
    "version": {"date"},
    "notes": {"subject"},
    "varGrp": {"ID", "type", "var"},
    "var": {"ID", "name", "intrvl", "dcml"},
    "range": {"min", "max"},
    "catgry": {"missing"},
    "varFormat": {"type"},
}
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def find_breaches(element):
    """What the schema does not allow: an element or attribute that is unknown here, misplaced or missing."""
    tag = etree.QName(element).localname
    assert etree.QName(element).namespace == NAMESPACE
    children = [etree.QName(child).localname for child in element]
    allowed = CHILDREN.get(tag, [])
    yield from (f"{tag}: {child}" for child in children if child not in allowed)
    known = [allowed.index(child) for child in children if child in allowed]
    if known != sorted(known):
        yield f"{tag}: order"
    yield from (f"{tag}: misses {child}" for child in REQUIRED.get(tag, ()) if child not in children)
    unknown = set(element.attrib) - ATTRIBUTES.get(tag, set()) - {SCHEMA_LOCATION}
    yield from (f"{tag}: attribute {name}" for name in unknown)
    for child in element:
        yield from find_breaches(child)


def read_ddi(definition):
    text = write_ddi(
        definition,
        title="Meting <2022>",
        identifier="2022",
        release="2022-1",
        released_on=date(2022, 6, 9),
        units="gemeenten",
        base_rules=["Wie <iets> zei."],
        reference_date=date(2022, 1, 1),
        caveats=["De antwoorden zijn verzonnen."],
        source="S",
        licence="L",
    )
    return etree.fromstring(text.encode())


@pytest.fixture
def wave(db):
    wave = make_wave()
    close_wave(wave)
    publish_wave(wave, questions=["beperkt"], breakdowns=[], units=["response"])
    return Wave.objects.get(pk=wave.pk)


def test_every_kind_of_question_keeps_to_the_schema():
    questions = tuple(
        replace(make_question(kind, missing=("dont_know",)), code=f"vraag-{kind}") for kind in KINDS
    )
    root = read_ddi(make_definition(("deel", questions)))
    assert list(find_breaches(root)) == []
    identifiers = root.xpath("//@ID")
    assert len(set(identifiers)) == len(identifiers)
    groups = " ".join(root.xpath("//*[local-name()='varGrp']/@var")).split()
    assert groups == root.xpath("//*[local-name()='var']/@ID")


def test_a_breach_is_found():
    root = etree.fromstring(f'<codeBook xmlns="{NAMESPACE}"><dataDscr kleur="rood"/><stdyDscr/></codeBook>')
    assert sorted(find_breaches(root)) == [
        "codeBook: order", "dataDscr: attribute kleur", "stdyDscr: misses citation"
    ]  # fmt: skip


def test_ddi_says_of_a_variable_what_the_form_says():
    root = read_ddi(DEFINITION)
    variables = {each.get("name"): each for each in root.iter(f"{{{NAMESPACE}}}var")}
    assert list(variables) == [
        "ondersteuner_huisarts",
        "ondersteuner_huisarts__toelichting",
        "ondersteuner_huisarts_met_zorgverzekeraar_samen.a",
        "ondersteuner_huisarts_met_zorgverzekeraar_samen.b",
        "ondersteuner_huisarts_met_zorgverzekeraar_kosten",
    ]
    first = variables["ondersteuner_huisarts"]
    words = {"d": NAMESPACE}
    assert (
        first.findtext("d:qstn/d:qstnLit", namespaces=words) == 'Is er een "ondersteuner"; bij de huisarts?'
    )
    assert [
        (
            each.findtext("d:catValu", namespaces=words),
            each.findtext("d:labl", namespaces=words),
            each.get("missing"),
        )
        for each in first.findall("d:catgry", words)
    ] == [("ja", "Ja", None), ("overig", "Overig", None), ("#weet_niet", "Weet ik niet", "Y")]
    costs = variables["ondersteuner_huisarts_met_zorgverzekeraar_kosten"]
    assert (costs.get("intrvl"), costs.get("dcml")) == ("contin", "2")
    assert costs.find("d:valrng/d:range", words).attrib == {"min": "0", "max": "999999999999"}
    asked = variables["ondersteuner_huisarts_met_zorgverzekeraar_samen.a"].findtext(
        "d:universe", namespaces=words
    )
    assert asked == 'Alleen na “Ja” of “Overig” bij de vraag “Is er een "ondersteuner"; bij de huisarts?”'
    assert root.findtext("d:stdyDscr/d:citation/d:titlStmt/d:titl", namespaces=words) == "Meting <2022>"


def test_ddi_says_of_every_number_in_a_table_between_what_it_lies():
    root = read_ddi(make_definition(("deel", (make_question("matrix"),))))

    ranges = {
        each.get("name"): each.find("d:valrng/d:range", {"d": NAMESPACE})
        for each in root.iter(f"{{{NAMESPACE}}}var")
    }
    assert dict(ranges["vraag.ambulant.deel"].attrib) == {"min": "0", "max": "100"}
    assert dict(ranges["vraag.ambulant.kosten"].attrib) == {"min": "0", "max": "999999999999"}
    assert ranges["vraag.ambulant.wie"] is None


def test_the_codebook_says_which_answers_have_words_beside_them():
    (row, *_) = build_codebook(DEFINITION).rows

    assert "overig = Overig (met toelichting)" in str(row[5])
    assert "ja = Ja\n" in str(row[5])


def test_the_page_has_every_question_with_its_codes(client, wave):
    page = client.get(f"/resultaten/{wave.code}/codeboek/").content.decode()
    for question in load_definition(wave.version).questions.values():
        assert f"Code: {question.code}" in page
        assert question.text in page
    assert "beperkt = ja of" not in page
    assert "school = School" in page
    assert f'href="/resultaten/{wave.code}/codeboek.xml"' in page


@pytest.mark.parametrize("path", ["codeboek/", "codeboek.xlsx", "codeboek.xml"])
def test_the_codebook_is_there_when_the_results_are(client, wave, path):
    assert client.get(f"/resultaten/{wave.code}/{path}").status_code == 200
    wave.releases.all().delete()
    assert client.get(f"/resultaten/{wave.code}/{path}").status_code == 404


def test_the_workbook_says_what_it_is_about_and_the_rest_does_not_exist(client, wave):
    answer = client.get(f"/resultaten/{wave.code}/codeboek.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Toelichting", "Codeboek"]
    explanation = dict(row[:2] for row in book["Toelichting"].iter_rows(values_only=True))
    assert {"Meting", "Peildatum", "Bron", "Licentie"} <= set(explanation)
    assert book["Codeboek"]["A2"].value == "beperkt"
    assert client.get(f"/resultaten/{wave.code}/codeboek.exe").status_code == 404
