"""Terms on pages: explained at their first place, listed under it, kept by editors."""

import re
import tomllib
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from practices.loading import DATA, load_practices
from practices.models import GlossaryTerm, PracticePage
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

SHIPPED = tomllib.loads((DATA / "glossary.toml").read_text(encoding="utf-8"))["terms"]
CASE = "/praktijkvoorbeelden/ondersteuner-jeugd-en-gezin-groningen/"


class LinkReader(HTMLParser):
    """Collects what the terms of a page point to, and in which elements they stand."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.terms: list[dict[str, str]] = []
        self.around: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("class") == "term":
            self.terms.append(values)
            self.around.append(list(self.open))
        if tag not in {"meta", "link", "input", "br", "img", "hr", "path", "rect"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


@pytest.mark.parametrize("path", [CASE, "/maatregelen/poh-jeugd/", "/maatregelen/reikwijdte/"])
def test_every_term_leads_to_its_explanation_and_back(path, client):
    response = client.get(path)
    page = LinkReader(response.text)
    terms = response.context["terms"]
    assert len(terms) > 0
    assert [each["href"] for each in page.terms] == [f"#begrip-{term.code}" for term in terms]
    assert [each["aria-describedby"] for each in page.terms] == [f"uitleg-{term.code}" for term in terms]
    assert len(page.ids) == len(set(page.ids))
    for term in terms:
        assert {f"term-{term.code}", f"begrip-{term.code}", f"uitleg-{term.code}"} <= set(page.ids)
        assert f'href="#term-{term.code}"' in response.text
        assert f"{term.explanation}</dd>" in response.text.replace("&#x27;", "'")
    assert not {"h1", "h2", "h3", "blockquote", "a"} & {tag for tags in page.around for tag in tags}


def test_pages_of_the_library_explain_many_terms(client):
    explained = set()
    for page in PracticePage.objects.live():
        explained.update(term.code for term in client.get(page.url).context["terms"])
    assert len(explained) >= 25


def test_a_page_without_terms_has_no_list(client):
    GlossaryTerm.objects.all().delete()
    response = client.get(CASE)
    assert response.context["terms"] == []
    assert "Begrippen op deze pagina" not in response.text
    assert "Er staan nog geen begrippen op deze site." in client.get("/begrippen/").text


def test_what_an_editor_writes_is_escaped(client):
    GlossaryTerm.objects.all().delete()
    GlossaryTerm.objects.create(
        name="<b>POH</b>", other_forms="huisartsen", explanation="<script>alert(1)</script>"
    )
    page = PracticePage.objects.get(slug="ondersteuner-jeugd-en-gezin-groningen")
    page.intro = "Wij <i>vragen</i> de huisartsen."
    page.save()
    for path in (CASE, "/begrippen/"):
        text = client.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "<script>alert" not in text
    assert 'Wij &lt;i&gt;vragen&lt;/i&gt; de <a class="term" id="term-bpohb"' in client.get(CASE).text


def test_all_terms_stand_on_one_page(client):
    response = client.get("/begrippen/")
    assert [term.name for term in response.context["terms"]] == [term["term"] for term in SHIPPED]
    for term in SHIPPED:
        assert f'id="begrip-{slugify(term["term"])}"' in response.text
    assert [each["title"] for each in response.context["breadcrumbs"]] == ["Home", "Begrippen"]


def test_the_shipped_terms_are_many_short_and_distinct():
    assert len(SHIPPED) >= 25
    for term in GlossaryTerm.objects.all():
        term.full_clean()
    assert [term["term"] for term in SHIPPED] == [
        term["term"] for term in sorted(SHIPPED, key=lambda each: each["term"].casefold())
    ]
    sentences = [each for term in SHIPPED for each in re.split(r"(?<=[.?!])\s", term["explanation"])]
    assert max(len(sentence.split()) for sentence in sentences) <= 32


def test_editors_own_the_terms_after_the_first_time():
    GlossaryTerm.objects.exclude(name="JIM").delete()
    load_practices()
    assert [term.name for term in GlossaryTerm.objects.all()] == ["JIM"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "jim"}, "other_forms"),
        ({"name": "Mentor", "other_forms": "buur\nJIM"}, "other_forms"),
        ({"name": "J.I.M."}, "name"),
        ({"name": "!?"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "Mentor", "explanation": ""}, "explanation"),
    ],
)
def test_a_term_that_cannot_be_told_apart_is_refused(values, field):
    with pytest.raises(ValidationError) as refused:
        GlossaryTerm(**{"explanation": "Iemand.", **values}).full_clean()
    assert field in refused.value.message_dict


def test_an_editor_changes_a_term_in_the_administration(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    term = GlossaryTerm.objects.get(name="POH-jeugd")
    form = {"name": "POH-jeugd", "other_forms": "", "explanation": "Nieuwe uitleg."}
    response = client.post(f"/beheer/begrippen/edit/{term.pk}/", form)
    assert response.status_code == 302
    assert "Nieuwe uitleg." in client.get("/maatregelen/poh-jeugd/").text
    twice = client.post("/beheer/begrippen/new/", form | {"name": "JIM"})
    assert twice.status_code == 200
    assert "Nieuwe uitleg." in twice.text
