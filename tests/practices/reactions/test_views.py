"""The pages on which members of an organisation react: what they say, what they refuse, and that no words are lost."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from practices.models import Reaction
from practices.reactions.lifecycle import MOST_WAITING
from practices.reactions.moderation import refuse
from surveys.accounts.models import Membership
from tests.accounts.people import PASSWORD, make_member
from tests.practices.reactions.factories import (
    LEIDEN,
    REACT,
    REGION,
    URL,
    UTRECHT,
    WORDS,
    ZAANSTAD,
    let_know,
    make_case,
    make_editor,
    make_gerda,
    place,
    write_comment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

Role = Membership.Role
OWN = f"{REACT}{ZAANSTAD}/"
HTML = '<script>alert("x")</script><b>Vet</b> & <a href="https://voorbeeld.example/">hier</a>'
SAID = {"q-kind": "does", "q-since": "2024", "q-text": WORDS, "q-agrees": "on"}
COMMENT = {"q-organisation": ZAANSTAD, "q-text": "Wat kost dit?", "q-function": "adviseur"}


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def gerda(case):
    return make_gerda(Role.COORDINATOR)


@pytest.fixture
def member(client, gerda):
    client.force_login(gerda)
    return client


def read(response) -> str:
    return unescape(response.content.decode())


def test_who_is_signed_out_signs_in_first(client, case):
    for path in (REACT, OWN, f"{OWN}intrekken/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/account/login/?next={path}")


def test_nothing_that_is_somebodys_own_is_kept_by_a_cache(member, gerda, case):
    comment = write_comment(case, by=gerda)
    let_know(case, by=gerda)
    for path in (REACT, OWN, f"{OWN}intrekken/", f"{REACT}reactie/{comment.pk}/intrekken/"):
        assert "no-store" in member.get(path)["Cache-Control"]


def test_what_stands_at_a_case_is_the_same_for_everybody(client, member, gerda, case):
    write_comment(case, by=gerda)
    let_know(case, by=gerda)

    def read_section(visitor) -> str:
        html = visitor.get(URL).content.decode()
        return re.search(r'<section[^>]*"kop-reacties".*?De redactie leest alles', html, re.DOTALL).group()

    assert read_section(member) == read_section(Client())


def test_a_member_lets_know_and_reads_that_it_waits(member, case):
    assert member.get(OWN).status_code == 200
    response = member.post(OWN, SAID, follow=True)
    assert response.redirect_chain == [(REACT, 302)]
    assert "Het is opgeslagen. De redactie kijkt er eerst naar." in read(response)
    assert "Wij doen dit ook: wacht op de redactie." in read(response)
    said = Reaction.objects.get()
    assert (said.kind, said.since, said.text, said.organisation_id) == ("does", 2024, WORDS, ZAANSTAD)
    place(said)
    assert "Er is niets veranderd." in read(member.post(OWN, SAID, follow=True))
    form = member.get(OWN).content.decode()
    assert re.search(r'value="does"[^>]*checked', form)
    assert 'value="2024"' in form


def test_only_kind_and_consent_are_asked_for(member, case):
    assert member.post(OWN, {"q-kind": "starts", "q-agrees": "on"}).status_code == 302
    assert Reaction.objects.values_list("kind", "since", "text").get() == ("starts", None, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q-kind": ""}, "Kies wat voor uw organisatie geldt."),
        ({"q-kind": "comment"}, "Maak een keuze."),
        ({"q-agrees": ""}, "Wij kunnen dit alleen plaatsen als de naam van uw organisatie erbij mag."),
        ({"q-since": "vorig jaar"}, "Vul een jaartal van vier cijfers in"),
        ({"q-since": "24"}, "Vul een jaar in van 1990 tot en met"),
        ({"q-since": "9" * 30}, "Vul een jaar in van 1990 tot en met"),
        ({"q-since": "2999"}, "Vul een jaar in van 1990 tot en met"),
        ({"q-text": "x" * 301}, "Uw tekst is 301 tekens lang. Er passen er 300."),
    ],
)
def test_what_is_wrong_is_said_and_stays_in_its_field(change, message, member, case):
    response = member.post(OWN, SAID | change)
    assert response.status_code == 422
    assert message in read(response)
    assert "<title>Fout: " in read(response)
    if change.get("q-text", WORDS) == WORDS:
        assert WORDS in read(response)
    assert not Reaction.objects.exists()


def test_who_begins_may_name_a_year_to_come(member, case):
    assert member.post(OWN, SAID | {"q-since": "2027"}).status_code == 422
    assert member.post(OWN, SAID | {"q-since": "2027", "q-kind": "starts"}).status_code == 302


@pytest.mark.parametrize("text", ["\x00\x07", "tekst\x00met\x1bstuurtekens", "\ud800"])
def test_signs_that_no_database_keeps_are_left_out(text, member, case):
    data = {"q-kind": "does", "q-agrees": "on", "q-text": text.encode("utf-8", "surrogatepass")}
    assert member.post(OWN, data).status_code in (302, 422)
    assert all("\x00" not in each.text for each in Reaction.objects.all())


def test_the_organisation_of_the_case_reads_why_it_cannot(client, case):
    uma = make_member("uma@utrecht.example", organisation=UTRECHT)
    client.force_login(uma)
    assert "Dit voorbeeld gaat over deze organisatie zelf." in read(client.get(REACT))
    page = client.get(f"{REACT}{UTRECHT}/")
    assert "Dit voorbeeld gaat over uw eigen organisatie." in read(page)
    assert "q-agrees" not in read(page)
    refused = client.post(f"{REACT}{UTRECHT}/", SAID)
    assert refused.status_code == 409
    assert "Dit voorbeeld gaat over uw eigen organisatie." in read(refused)
    assert WORDS in read(refused)
    assert client.post(REACT, COMMENT | {"q-organisation": UTRECHT}).status_code == 302
    assert Reaction.objects.get().is_comment


def test_a_member_writes_a_comment_and_sees_what_becomes_of_it(member, case):
    response = member.post(REACT, COMMENT | {"q-shows_name": "on"}, follow=True)
    assert "Uw reactie is verstuurd. De redactie kijkt er eerst naar." in read(response)
    assert "Wacht op de redactie" in read(response)
    written = Reaction.objects.get()
    assert written.signature == "Gerda Smit, adviseur, Gemeente Zaanstad"
    refuse(written, revision=1, reason="Er staat een naam in.", by=None)
    page = read(member.get(REACT))
    assert "Niet geplaatst" in page
    assert "De redactie schrijft: Er staat een naam in." in page


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"q-text": ""}, "Schrijf eerst uw reactie."),
        ({"q-text": "   \n "}, "Schrijf eerst uw reactie."),
        ({"q-text": "x" * 2001}, "Uw tekst is 2001 tekens lang. Er passen er 2000."),
        ({"q-function": "x" * 81}, "Uw functie past in 80 tekens."),
        ({"q-organisation": LEIDEN}, "U kunt niet (meer) namens deze organisatie schrijven."),
        ({"q-organisation": ""}, "Kies namens welke organisatie u schrijft."),
    ],
)
def test_a_comment_that_cannot_be_stored_stays_as_typed(change, message, member, case):
    data = COMMENT | change
    response = member.post(REACT, data)
    assert response.status_code == 422
    assert message in read(response)
    assert data["q-text"].strip() in read(response)
    assert not Reaction.objects.exists()


def test_the_limit_is_said_and_the_words_stay(member, gerda, case):
    for number in range(MOST_WAITING):
        write_comment(case, by=gerda, text=f"Vraag {number}")
    response = member.post(REACT, COMMENT)
    assert response.status_code == 409
    assert "Er wachten al 5 reacties van u op de redactie." in read(response)
    assert "Wat kost dit?</textarea>" in read(response)
    assert Reaction.objects.count() == MOST_WAITING


def test_who_works_for_two_organisations_chooses(member, gerda, case):
    Membership.objects.create(person=gerda, organisation_id=REGION, role=Role.CONTRIBUTOR)
    Membership.objects.create(person=gerda, organisation_id=LEIDEN, role=Role.READER)
    page = read(member.get(REACT))
    assert "Namens welke organisatie schrijft u?" in page
    assert "Gemeente Leiden" not in page
    member.post(REACT, COMMENT | {"q-organisation": REGION})
    assert Reaction.objects.get().organisation_id == REGION


def test_who_has_no_organisation_reads_that_they_cannot_react(client, case):
    for person in (make_editor(), make_gerda(Role.READER)):
        client.force_login(person)
        page = client.get(REACT)
        assert "U kunt hier niet reageren." in read(page)
        assert "<textarea" not in read(page)
        # Whoever lost their place while typing still has their words.
        refused = client.post(REACT, COMMENT)
        assert refused.status_code == 422
        assert "Wat kost dit?</textarea>" in read(refused)
    assert not Reaction.objects.exists()


def test_what_belongs_to_others_does_not_exist(member, gerda, case):
    lotte = make_member("lotte@leiden.example", organisation=LEIDEN)
    theirs = write_comment(case, by=lotte, organisation=LEIDEN)
    let_know(case, by=lotte, organisation=LEIDEN)
    other = make_case("elders")
    elsewhere = write_comment(other, by=gerda)
    for path in (
        f"{REACT}{LEIDEN}/",
        f"{REACT}{LEIDEN}/intrekken/",
        f"{REACT}GM9999/",
        f"{REACT}reactie/{theirs.pk}/intrekken/",
        f"{REACT}reactie/{elsewhere.pk}/intrekken/",
        f"{REACT}reactie/{10**30}/intrekken/",
        f"{OWN}intrekken/",
        "/praktijkvoorbeelden/bestaat-niet/reageren/",
        f"/praktijkvoorbeelden/bestaat-niet/reageren/{ZAANSTAD}/",
        "/praktijkvoorbeelden/bestaat-niet/reacties/",
    ):
        assert member.get(path).status_code == 404, path
        assert member.post(path, {}).status_code in (404, 405), path
    assert Reaction.objects.count() == 3


def test_a_case_that_is_not_public_takes_no_reactions(member, case):
    case.unpublish()
    for path in (REACT, OWN, f"{URL}reacties/"):
        assert member.get(path).status_code == 404
    lost = member.post(REACT, COMMENT)
    assert lost.status_code == 404
    assert "Wat kost dit?" in read(lost)
    assert not Reaction.objects.exists()


def test_roles_that_may_not_are_refused_on_the_page_and_by_post(client, case):
    reader = make_gerda(Role.READER)
    cor = make_member("cor@zaanstad.example", role=Role.CONTRIBUTOR)
    let_know(case, by=cor)
    client.force_login(reader)
    assert client.get(OWN).status_code == 403
    assert client.post(OWN, SAID | {"q-text": "Anders"}).status_code == 403
    client.force_login(cor)
    assert client.get(f"{OWN}intrekken/").status_code == 403
    assert client.post(f"{OWN}intrekken/").status_code == 403
    assert "Intrekken" not in read(client.get(REACT))
    assert Reaction.objects.get().text == WORDS


def test_a_coordinator_takes_it_back_after_confirming(member, gerda, case):
    place(let_know(case, by=make_member("cor@zaanstad.example", role=Role.CONTRIBUTOR)))
    path = f"{OWN}intrekken/"
    assert WORDS in read(member.get(path))
    assert Reaction.objects.exists(), "looking changes nothing"
    response = member.post(path, follow=True)
    assert "Het is ingetrokken en staat niet meer op de site." in read(response)
    assert not Reaction.objects.exists()
    assert member.post(path).status_code == 404


def test_the_author_takes_a_comment_back(member, gerda, case):
    comment = place(write_comment(case, by=gerda))
    path = f"{REACT}reactie/{comment.pk}/intrekken/"
    assert path in member.get(REACT).content.decode()
    gerda.memberships.all().delete()
    assert path in member.get(REACT).content.decode()
    assert member.post(path).status_code == 302
    assert not Reaction.objects.exists()


# --- What was typed stays text, and stays ---


def test_markup_that_was_typed_stays_text_everywhere(member, gerda, case):
    member.post(REACT, COMMENT | {"q-text": HTML, "q-function": HTML[:80]})
    member.post(OWN, SAID | {"q-text": HTML})
    assert list(Reaction.objects.values_list("text", flat=True)) == [HTML, HTML]
    for reaction in Reaction.objects.all():
        place(reaction)
    rita = Client()
    rita.force_login(make_editor())
    pages = [member.get(path) for path in (URL, f"{URL}reacties/", REACT, OWN, f"{OWN}intrekken/")]
    pages += [member.post(REACT, COMMENT | {"q-text": HTML, "q-organisation": ""})]
    pages += [rita.get("/beheer/reacties/")]
    pages += [rita.get(reverse("reactions:decide", args=[each.pk])) for each in Reaction.objects.all()]
    for page in pages:
        html = page.content.decode()
        assert "&lt;script&gt;alert(" in html, page.request["PATH_INFO"]
        assert "<script>alert(" not in html
        assert "<b>Vet</b>" not in html
        assert 'href="https://voorbeeld.example/"' not in html


def test_words_sent_while_signed_out_survive_signing_in_again(gerda, case):
    """As a browser does it: with form tokens, which signing in renews."""
    member = Client(enforce_csrf_checks=True)

    def log_in():
        url = reverse("account_login")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', member.get(url).content.decode())[1]
        body = {"login": gerda.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert member.post(url, body).status_code == 302

    def read_fields(response) -> dict[str, str]:
        found = re.findall(r'name="([^"]+)" value="([^"]*)"', response.content.decode())
        return {name: unescape(value) for name, value in found}

    log_in()
    for path, words in ((REACT, COMMENT), (OWN, SAID)):
        token = read_fields(member.get(path))["csrfmiddlewaretoken"]
        member.logout()
        signed_out = member.post(path, words | {"csrfmiddlewaretoken": token})
        assert signed_out.status_code == 403
        assert "U bent uitgelogd" in read(signed_out)
        log_in()
        kept = read_fields(signed_out)
        assert {name: kept[name] for name in words} == words
        back = member.post(path, kept)
        assert back.status_code == 403
        assert "U bent opnieuw ingelogd." in read(back)
        assert words["q-text"] in read(back)
        assert not Reaction.objects.filter(text=words["q-text"]).exists()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', back.content.decode())[1]
        assert member.post(path, words | {"csrfmiddlewaretoken": token}).status_code == 302
        assert Reaction.objects.filter(text=words["q-text"]).exists()


def test_a_form_from_elsewhere_takes_nothing_back(gerda, case):
    member = Client(enforce_csrf_checks=True)
    member.force_login(gerda)
    let_know(case, by=gerda)
    assert member.post(f"{OWN}intrekken/").status_code == 200
    assert Reaction.objects.exists()


# --- What everybody sees ---


def test_a_case_whose_address_has_accents_takes_reactions(member, case):
    case.slug = "één-tafel"
    case.save()
    page = member.get("/praktijkvoorbeelden/één-tafel/")
    assert page.status_code == 200
    for path in re.findall(r'href="(/praktijkvoorbeelden/[^"]*/reageren/)"', page.content.decode()):
        assert member.get(path).status_code == 200
        assert member.post(path, COMMENT).status_code == 302
    assert Reaction.objects.get().page == case


def test_a_case_shows_who_does_it_by_name_and_the_newest_comments(client, gerda, case):
    assert "Nog geen gemeente of jeugdregio liet weten dat zij dit ook doet." in read(client.get(URL))
    place(let_know(case, by=gerda, kind="stopped", since=2021, text=""))
    lotte = make_member("lotte@leiden.example", organisation=LEIDEN)
    place(let_know(case, by=lotte, organisation=LEIDEN, kind="does", since=None))
    place(write_comment(case, by=lotte, organisation=LEIDEN, text="Eerste alinea.\n\nTweede alinea."))
    text = " ".join(re.sub(r"<[^>]+>", " ", read(client.get(URL))).split())
    shown = text[text.index("Wie doet dit ook") :]
    assert (
        f"Doen dit ook (1) Gemeente Leiden {WORDS} Zijn ermee gestopt (1) Gemeente Zaanstad , sinds 2021"
        in shown
    )
    assert "Reacties (1) Eerste alinea. Tweede alinea. Gemeente Leiden," in shown
    assert "lotte@leiden.example" not in shown
    assert "Alle organisaties en reacties" not in shown


def test_many_reactions_are_a_page_of_their_own_in_pages(client, case):
    for code in ("GM0014", "GM0034", "GM0037"):
        person = make_member(f"{code.lower()}@x.example", organisation=code)
        for number in range(20):
            write = write_comment(case, by=person, organisation=code, text=f"Reactie {code} {number}")
            Reaction.objects.filter(pk=write.pk).update(status="published")
    client.get(URL)
    page = client.get(URL)
    assert page.content.decode().count('class="reactions__comment"') == 5
    assert "Reacties (60)" in read(page)
    assert f'href="{URL}reacties/"' in page.content.decode()
    first, second = client.get(f"{URL}reacties/"), client.get(f"{URL}reacties/?page=2")
    listed = [page.content.decode().count('class="reactions__comment"') for page in (first, second)]
    assert listed == [50, 10]
    assert client.get(f"{URL}reacties/?page=onzin").status_code == 200


@pytest.mark.parametrize("number", [1, 4])
def test_more_reactions_take_no_more_queries(number, member, gerda, case, django_assert_num_queries):
    for each in range(number):
        place(write_comment(case, by=gerda, text=f"Reactie {each}", shows_name=True))
    place(let_know(case, by=gerda))
    for visitor, path, queries in ((Client(), f"{URL}reacties/", 4), (member, REACT, 11)):
        visitor.get(path)
        with django_assert_num_queries(queries):
            assert visitor.get(path).status_code == 200
