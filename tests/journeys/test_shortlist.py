"""(e) Somebody keeps cases, notes what they think of them, and takes the list along."""

import re
from pathlib import Path

from odf import teletype
from odf.opendocument import load
from odf.text import P
from playwright.sync_api import BrowserContext, Download, Page, expect

from tests.typesetting.documents import read_text

FIRST, SECOND = "haagse-doorbraaklab", "weegtafel-zaanstad"
NOTE = "Vragen aan Den Haag <voor> maart"


def test_saving_noting_comparing_and_taking_along(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    # Not signed in: the way to sign in leads back to the case.
    page.goto(f"/praktijkvoorbeelden/{FIRST}/")
    page.get_by_role("link", name="Log in om dit voorbeeld te bewaren").click()
    page.get_by_role("listitem").filter(has_text="lid@demo.example").get_by_role("button").click()
    expect(page).to_have_url(re.compile(f"/praktijkvoorbeelden/{FIRST}/$"))
    for slug in (FIRST, SECOND):
        page.goto(f"/praktijkvoorbeelden/{slug}/")
        page.get_by_role("button", name="Bewaar op mijn lijst").click()
        expect(page.get_by_role("main")).to_contain_text("staat op uw lijst")
    page.get_by_role("link", name="Mijn lijst").click()
    cases = page.get_by_role("heading", level=2).filter(has=page.get_by_role("link"))
    expect(cases).to_have_text(["Het Haagse doorbraaklab", "Samen aan tafel in Zaanstad"])

    page.get_by_text("Notitie toevoegen").first.click()
    page.get_by_label("Uw notitie").first.fill(NOTE)
    page.get_by_role("button", name="Notitie opslaan").first.click()
    expect(page.get_by_label("Uw notitie").first).to_have_value(NOTE)
    page.get_by_role("button", name="Omlaag ‘Het Haagse doorbraaklab’").click()
    expect(cases).to_have_text(["Samen aan tafel in Zaanstad", "Het Haagse doorbraaklab"])

    pdf = read_download(page, "Download als PDF")
    assert NOTE in read_text(pdf.read_bytes())
    odt = load(str(read_download(page, "Download als ODT")))
    assert NOTE in [teletype.extractText(each) for each in odt.getElementsByType(P)]

    for title in ("Het Haagse doorbraaklab", "Samen aan tafel in Zaanstad"):
        page.get_by_label(f"Vergelijk ‘{title}’").check()
    page.get_by_role("button", name="Vergelijk wat u aanvinkte").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        [re.compile("Zaanstad"), re.compile("doorbraaklab")]
    )
    expect(table.get_by_role("rowheader", name="Hoofdlijnen")).to_be_visible()

    # Everything off the list again; the last one could still be put back.
    page.goto("/praktijkvoorbeelden/mijn-lijst/")
    for title in ("Het Haagse doorbraaklab", "Samen aan tafel in Zaanstad"):
        page.get_by_role("button", name=f"Haal van mijn lijst ‘{title}’").click()
        expect(page.get_by_role("main")).to_contain_text("Van uw lijst gehaald")
    page.get_by_role("button", name="Zet terug").click()
    expect(cases).to_have_text(["Samen aan tafel in Zaanstad"])
    page.get_by_role("button", name="Haal van mijn lijst").click()
    expect(page.get_by_role("main")).to_contain_text("Er staat nog niets op uw lijst.")


def test_choosing_what_to_compare_from_a_case(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto(f"/praktijkvoorbeelden/{FIRST}/")
    page.get_by_role("link", name="Vergelijk met een ander voorbeeld").click()
    page.get_by_role("main").get_by_role("searchbox").fill("weegtafel")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_label(re.compile("Samen aan tafel in Zaanstad")).check()
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page).to_have_url(re.compile(f"voorbeeld={FIRST}&voorbeeld={SECOND}"))
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(2)


def test_choosing_what_to_compare_in_the_library(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/praktijkvoorbeelden/?maatregel=reikwijdte")
    boxes = page.get_by_role("checkbox", name=re.compile("^Vergelijk"))
    for number in range(3):
        boxes.nth(number).check()
    page.get_by_role("button", name="Vergelijk wat u aanvinkte").click()
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(3)


def read_download(page: Page, name: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    download: Download = waiting.value
    return download.path()
