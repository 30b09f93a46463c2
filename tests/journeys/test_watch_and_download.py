"""(b) A researcher watches the response and downloads the results by size class and province."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, expect

from tests.journeys.steps import sign_in

WORKER_MILLISECONDS = 120_000


def test_the_response_can_be_watched(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    sign_in(page, "onderzoeker@demo.example")
    page.goto("/beheer/respons/2022/")
    main = page.locator("main")
    for text in ("187 van 345 gemeenten", "van 33 gemeenten en 18 jeugdregio’s", "9.594.253 van 17.590.672"):
        expect(main).to_contain_text(text)
    row = main.get_by_role("row").filter(has=page.get_by_role("rowheader", name="50.000 inwoners")).first
    expect(row).to_contain_text("139")
    expect(page.get_by_text("Demonstratie.").first).to_be_visible()
    main.get_by_role("link", name="Beoordeling").click()
    page.get_by_label("Organisatie").fill("Zaanstad")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("link", name="Gemeente Zaanstad").first).to_be_visible()


def test_results_are_built_by_the_worker_and_fetched_by_their_owner_only(
    browser_context: BrowserContext, new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = browser_context.new_page()
    sign_in(page, "onderzoeker@demo.example")
    page.goto("/beheer/downloads/")
    page.locator("select[name=wave]").select_option(label="Meting 2022")
    page.get_by_role("checkbox", name="Grootteklasse", exact=True).check()
    page.get_by_role("checkbox", name="Provincie", exact=True).check()
    page.get_by_role("radio", name="Gemeenten", exact=True).check()
    page.get_by_label("Excel (XLSX)").check()
    page.get_by_role("button", name="Bestand maken").click()
    # With JavaScript the page asks how far the worker is; without, it refreshes itself.
    link = page.get_by_role("link", name="Bestand ophalen")
    expect(link).to_be_visible(timeout=WORKER_MILLISECONDS)
    with page.expect_download() as download:
        link.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".xlsx"
    check_workbook(path)

    # A CSV file has no room for what explains it: that is there when the file is, and not before.
    page.goto("/beheer/downloads/")
    page.locator("select[name=wave]").select_option(label="Meting 2022")
    page.get_by_label("CSV", exact=True).check()
    page.get_by_role("button", name="Bestand maken").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Toelichting ophalen (JSON)").click(timeout=WORKER_MILLISECONDS)
    assert download.value.suggested_filename.endswith(".csv-metadata.json")

    # The address of the file is of no use to anybody else.
    address = link.get_attribute("href")
    for email in ("gemeente@demo.example", "redactie@demo.example"):
        stranger = new_context().new_page()
        sign_in(stranger, email)
        assert not stranger.request.get(str(address), max_redirects=0).ok


def check_workbook(path: Path) -> None:
    """The long sheet adds up to the printed report, per size class."""
    book = load_workbook(path, read_only=True)
    assert {"Toelichting", "Resultaten", "Codeboek"} <= set(book.sheetnames)
    header, *rows = book["Resultaten"].iter_rows(values_only=True)
    records = [dict(zip(header, row, strict=True)) for row in rows]
    question = [record for record in records if record["question"] == "doorbraakmethode"]
    classes = {
        record["group_1"]: record["base"]
        for record in question
        if record["dimension_1"] == "size_class" and not record["dimension_2"] and record["option"] == "ja"
    }
    assert sorted(classes.values()) == [18, 30, 139]
    total = next(record for record in question if not record["dimension_1"] and record["option"] == "ja")
    assert total["base"] == 187
    assert {record["dimension_1"] for record in question} == {None, "size_class", "province"}
    assert "province" in {record["dimension_2"] for record in question}
