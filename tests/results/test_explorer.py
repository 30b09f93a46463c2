"""From an address to a figure, its files and its frame: everything of the release, nothing of anything else."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from surveys.results.explorer.links import write_frame
from tests.results.drawings import parse, read_lines

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

QUESTION = "administratieve_lasten"
CHOICE = {"vraag": QUESTION, "uitsplitsing": "size_class", "eenheid": "municipality"}


def open_page(client, **choices):
    return client.get(reverse("results:wave", args=["2022"]), choices)


def get_figure(response):
    (figure,) = [figure for chapter in response.context["chapters"] for figure in chapter["figures"]]
    return figure


def test_a_figure_alone_has_its_files_and_can_be_taken_in(client):
    page = open_page(client, **CHOICE)

    labels = [download.label for download in get_figure(page).downloads]
    assert labels == ["SVG", "PNG", "CSV", "Excel", "ODS", "JSON"]
    for download in get_figure(page).downloads:
        assert client.get(download.url).status_code == 200, download.url
    frame = page.context["embedding"]
    assert client.get(frame["address"]).status_code == 200
    (element,) = BeautifulSoup(frame["code"], "html.parser").find_all()
    assert element["src"] == f"http://testserver{frame['address']}"
    assert element["title"] == get_figure(page).title
    assert get_figure(page).chart.height < int(element["height"]) < 2000
    assert BeautifulSoup(page.text, "html.parser").find("textarea").text == frame["code"]


def test_a_tall_figure_has_a_frame_as_high_in_the_line_to_copy(client):
    page = open_page(client, vraag=QUESTION, uitsplitsing="province", eenheid="municipality", beeld="stippen")

    assert get_figure(page).chart.height > 600
    (element,) = BeautifulSoup(page.context["embedding"]["code"], "html.parser").find_all()
    assert int(element["height"]) > 1000


def test_what_stands_in_the_line_to_copy_is_text():
    code = write_frame(address="/?a=1&b=2", title='Zegt u "ja"?', height=1250)

    (element,) = BeautifulSoup(code, "html.parser").find_all()
    assert (element["src"], element["title"], element["height"]) == ("/?a=1&b=2", 'Zegt u "ja"?', "1250")


def test_among_others_a_figure_leads_to_where_it_is_alone(client):
    page = open_page(client, uitsplitsing="size_class", eenheid="municipality")

    figure = page.context["chapters"][0]["figures"][0]
    assert figure.downloads == ()
    assert page.context["embedding"] is None
    assert get_figure(client.get(figure.url)).base_line == figure.base_line


def test_the_page_and_its_files_tell_the_same(client):
    page = open_page(client, **CHOICE)
    files = {download.label: client.get(download.url) for download in get_figure(page).downloads}
    rows = page.context["table"].rows

    drawn = parse(files["SVG"].text)
    words = " ".join(" ".join(element.itertext()) for element in drawn.iter())
    for line in read_lines(get_figure(page).chart):
        assert line.split("  ")[0] in words.replace("\N{NO-BREAK SPACE}", " ")
    assert files["PNG"].content.startswith(b"\x89PNG")
    read = list(csv.DictReader(io.StringIO(files["CSV"].content.decode("utf-8-sig")), delimiter=";"))
    assert [(row["group_1"], row["option"], row["n"]) for row in read] == [
        (row.group_1, row.option, "" if row.n is None else str(row.n)) for row in rows
    ]
    assert len(json.loads(files["JSON"].content)["rows"]) == len(rows)
    for label in ("Excel", "ODS"):
        assert ZipFile(io.BytesIO(files[label].content)).testzip() is None


def test_a_picture_says_what_its_figures_are_and_who_may_use_them(client):
    page = open_page(client, vraag=QUESTION, eenheid="municipality")
    figure = get_figure(page)
    (address,) = [download.url for download in figure.downloads if download.label == "SVG"]

    words = " ".join(" ".join(parse(client.get(address).text).itertext()).split())
    assert figure.caveats
    for sentence in (page.context["table"].base_rule, *figure.caveats, *page.context["table"].caveats):
        assert " ".join(sentence.split()) in words
    assert "Licentie: Creative Commons Naamsvermelding 4.0 (CC BY 4.0)" in words


def test_who_has_the_newest_file_gets_it_no_second_time(client):
    address = "/resultaten/2022/grafiek.svg?vraag=administratieve_lasten"
    first = client.get(address)
    assert "public" in first["Cache-Control"]
    assert not first.cookies

    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    other = client.get(f"{address}&eenheid=municipality", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    assert other["ETag"] != first["ETag"]


@pytest.mark.parametrize("file", ["grafiek.svg", "grafiek.png", "cijfers.csv", "insluiten/"])
@pytest.mark.parametrize("choice", ["", "?vraag=bestaat_niet"])
def test_a_file_is_of_one_question_that_is_public(client, file, choice):
    assert client.get(f"/resultaten/2022/{file}{choice}").status_code == 404


@pytest.mark.parametrize("file", ["grafiek.gif", "cijfers.exe", "cijfers.svg", "grafiek.csv"])
def test_an_unknown_format_is_not_found(client, file):
    assert client.get(f"/resultaten/2022/{file}?vraag=administratieve_lasten").status_code == 404


@pytest.mark.parametrize("file", ["grafiek.svg", "cijfers.csv", "insluiten/"])
def test_a_wave_that_is_not_public_has_no_files(client, file):
    assert client.get(f"/resultaten/2026/{file}?vraag=administratieve_lasten").status_code == 404


def test_two_breakdowns_that_are_not_released_together_are_refused(client):
    page = open_page(client, vraag=QUESTION, uitsplitsing=["size_class", "province"])

    assert page.context["table"].dimensions == ("size_class",)
    assert "Deze tweede indeling tonen we hier niet. U ziet de cijfers zonder." in page.text


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"uitsplitsing": "kleur"}, "Deze uitsplitsing hebben we niet. U ziet alleen het totaal."),
        ({"eenheid": "\x00' OR 1=1"}, "Deze eenheid hebben we niet. U ziet de reacties."),
        ({"beeld": "taart"}, "Deze grafiek kennen we niet. U ziet de gewone grafiek."),
        ({"beeld": "kaart"}, "Deze grafiek past niet bij uw andere keuzes. U ziet de gewone grafiek."),
        ({"beeld": "lijn"}, "Deze grafiek past niet bij uw andere keuzes. U ziet de gewone grafiek."),
        (
            {"antwoord": "misschien"},
            "Dit antwoord kennen we niet. U ziet het antwoord dat het meest voorkomt.",
        ),
        ({"antwoord": "\x00"}, "Null-tekens zijn niet toegestaan"),
    ],
)
def test_what_cannot_be_shown_is_said_and_the_rest_is_shown(client, choice, message):
    page = open_page(client, vraag=QUESTION, **choice)

    assert page.status_code == 200
    assert message in page.text
    assert get_figure(page).base_line == "n = 51 reacties, samen 187 gemeenten"


def test_the_answer_in_dots_can_be_chosen(client):
    page = open_page(client, beeld="stippen", antwoord="nee", **CHOICE)

    figure = get_figure(page)
    assert read_lines(figure.chart)[0] == "Aandeel „Nee”"
    assert figure.chart.description.startswith("Aandeel „Nee”.")
    assert '<option value="nee" selected>' in page.text


def test_a_figure_and_its_files_name_their_release(client):
    figure = get_figure(open_page(client, vraag=QUESTION))

    assert "Uitgave 2022-1 van " in figure.source_line
    for download in figure.downloads:
        assert f'filename="2022-1_{QUESTION}.' in client.get(download.url)["Content-Disposition"]


def test_the_frame_shows_the_figure_without_the_site(client):
    page = client.get("/resultaten/2022/insluiten/?vraag=administratieve_lasten")

    assert "<svg" in page.text
    assert "<header" not in page.text
    assert "<script" not in page.text
    assert (
        'href="/resultaten/2022/?vraag=administratieve_lasten&amp;eenheid=response" target="_top"'
        in page.text
    )


@pytest.mark.parametrize("file", ["grafiek.svg", "grafiek.png", "cijfers.csv", "cijfers.json"])
@pytest.mark.parametrize(
    "choice", ["uitsplitsing=kleur", "eenheid=mensen", "beeld=kaart", "antwoord=misschien"]
)
def test_a_file_is_never_of_something_else_than_was_asked(client, file, choice):
    assert client.get(f"/resultaten/2022/{file}?vraag={QUESTION}&{choice}").status_code == 404


def test_the_frame_says_what_it_cannot_show(client):
    address = f"/resultaten/2022/insluiten/?vraag={QUESTION}"
    page = client.get(f"{address}&uitsplitsing=kleur")

    assert page.status_code == 200
    assert "Deze uitsplitsing hebben we niet. U ziet alleen het totaal." in page.text
    assert page["ETag"] != client.get(address)["ETag"]


def test_an_image_says_of_whom_its_figures_are(client):
    drawn = parse(client.get("/resultaten/2022/grafiek.svg?vraag=reikwijdte_gepland").text)

    words = " ".join(" ".join(element.itertext()) for element in drawn.iter())
    assert "Alleen gesteld na „Nee”" in words


def test_a_measure_shows_its_questions_and_no_others(client):
    page = open_page(client, maatregel="reikwijdte", uitsplitsing="size_class")

    assert [chapter["title"] for chapter in page.context["chapters"]] == ["Afbakening reikwijdte"]
    assert {row.measure for row in page.context["table"].rows} == {"reikwijdte"}
    assert '<option value="reikwijdte" selected>Afbakening reikwijdte</option>' in page.text


def test_a_question_of_another_measure_goes_before_the_measure(client):
    page = open_page(client, maatregel="reikwijdte", **CHOICE)

    assert get_figure(page).question == QUESTION
    assert "hoort niet bij deze maatregel. U ziet die vraag." in page.text
    assert "maatregel=" not in page.context["embedding"]["address"]


def test_an_unknown_measure_is_said_and_all_are_shown(client):
    page = open_page(client, maatregel="bestaat-niet")

    assert "Deze maatregel staat niet in de lijst. U ziet alle maatregelen." in page.text
    assert len(page.context["chapters"]) > 5


def test_an_unknown_first_breakdown_leaves_the_total_only(client):
    page = open_page(client, vraag=QUESTION, uitsplitsing=["kleur", "size_class"])

    assert page.context["table"].dimensions == ()
