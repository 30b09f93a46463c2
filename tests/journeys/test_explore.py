"""(e) A visitor chooses a question and a breakdown, sees it as a map, and takes the figures along."""

import csv
import re
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

QUESTION = (
    "Wordt binnen uw gemeente/regio de doorbraakmethode van het Instituut Publieke Waarden (IPW) gehanteerd?"
)


def test_a_question_by_province_on_a_map_and_as_a_file(
    browser_context: BrowserContext, tmp_path: Path
) -> None:
    page = browser_context.new_page()
    page.goto("/resultaten/2022/")
    main = page.get_by_role("main")
    main.get_by_label("Vraag", exact=True).select_option(label=QUESTION)
    main.get_by_label("Vergelijk groepen").select_option(label="Per provincie")
    main.get_by_label("Wat wilt u tellen?").select_option(label="Gemeenten")
    main.get_by_role("button", name="Toon de cijfers").click()
    expect(main).to_contain_text("n = 187 gemeenten")
    main.get_by_label("Grafiek").select_option("kaart")
    main.get_by_label("Antwoord in stippen of kaart").select_option(label="Ja")
    main.get_by_role("button", name="Toon de cijfers").click()
    expect(page).to_have_url(re.compile("vraag=doorbraakmethode.*beeld=kaart"))
    expect(main.get_by_role("img").first).to_be_visible()
    main.get_by_text("Toon de cijfers in een tabel").click()
    groningen = main.get_by_role("table").get_by_role("row").filter(has_text="Groningen")
    expect(groningen).to_contain_text("afgeschermd")

    with page.expect_download() as download:
        main.get_by_role("link", name="CSV", exact=True).click()
    path = tmp_path / "cijfers.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert {row["question"] for row in rows} == {"doorbraakmethode"}
    withheld = [row for row in rows if row["group_1"] == "Groningen" and row["option"] == "ja"]
    assert [(row["n"], row["status"]) for row in withheld] == [("", "suppressed")]


def test_an_embedded_figure_stands_by_itself(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto(
        "/resultaten/2022/insluiten/?vraag=doorbraakmethode&uitsplitsing=size_class&eenheid=municipality"
    )
    expect(page.get_by_role("img").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Bron: .*Uitgave 2022-\d+ van"))).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_a_municipality_is_compared_with_places_like_it(browser_context: BrowserContext) -> None:
    page = browser_context.new_page()
    page.goto("/resultaten/2022/")
    page.get_by_role("link", name="Vergelijk een gemeente").click()
    page.get_by_label("Gemeente", exact=True).select_option(label="Zaanstad")
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page.get_by_role("heading", name="Welke gemeenten lijken op Zaanstad?")).to_be_visible()
    page.get_by_role("link", name="Praktijkvoorbeelden: 100.000 inwoners of meer").click()
    expect(page.get_by_role("main").get_by_role("article").first).to_be_visible()
