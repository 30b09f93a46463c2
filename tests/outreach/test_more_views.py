"""The other screens under /beheer/uitnodigen/: contacts, lists, texts, single mails."""

import io

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from surveys.outreach.models import Contact, MailTemplate, Message
from surveys.questionnaire.lifecycle import close_wave
from tests.fieldwork.test_views import sign_in
from tests.outreach.factories import ADDRESS, invite, make_contact
from tests.outreach.test_views import OVERVIEW, post, read_page
from tests.responses.factories import MEMBER, make_wave

pytestmark = pytest.mark.django_db
LIST, TEXT = f"{OVERVIEW}lijst/", f"{OVERVIEW}tekst/invitation/"
GOOD = (
    "organisatie;e-mail;naam;functioneel\nLeiden;jeugd@leiden.example;Ans;ja\nJZ18;an@regio.example;An;nee\n"
)


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture(autouse=True)
def rita(client, wave):
    return sign_in(client, "invite_organisations")


def upload(client, content, *, name="lijst.csv", url=LIST):
    content = content.encode() if isinstance(content, str) else content
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def make_workbook(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def find_packed(answer):
    return answer.context["packed"]


def test_a_list_is_shown_first_and_taken_in_after_that(client):
    answer = upload(client, GOOD)
    page = answer.content.decode()
    assert "Alles kan worden ingelezen. Aantal rijen: 2." in page
    assert "Een functionele mailbox heeft de voorkeur" in page
    assert not Contact.objects.exists()

    said = post(client, f"{LIST}inlezen/", {"rijen": find_packed(answer)})

    assert said == "Contactpersonen ingelezen: 2. Er is nog geen mail verstuurd."
    assert set(Contact.objects.values_list("organisation", "email", "is_functional_mailbox")) == {
        (MEMBER, "jeugd@leiden.example", True),
        ("JZ18", "an@regio.example", False),
    }


def test_a_workbook_is_read_like_a_csv(client):
    content = make_workbook(["organisatie", "e-mail", "functioneel"], [MEMBER, "jeugd@leiden.example", True])
    answer = upload(client, content, name="Lijst.XLSX")
    post(client, f"{LIST}inlezen/", {"rijen": find_packed(answer)})
    assert Contact.objects.get().is_functional_mailbox


def test_one_bad_row_keeps_the_whole_list_out(client):
    answer = upload(client, f"{GOOD}Luilekkerland;geen adres;;\n")
    page = answer.content.decode()
    assert "Rijen met een fout: 1 van de 3." in page
    assert "kennen geen organisatie “Luilekkerland”" in page
    assert find_packed(answer) == ""
    assert "inlezen/" not in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("", "lijst.csv", "leeg"),
        ("alleen;dit\n", "lijst.csv", "Wij missen de kolom"),
        (b"\xff\xfe\x00", "lijst.csv", "geen UTF-8"),
        (b"PK\x03\x04 kapot", "lijst.xlsx", "geen Excel-werkmap"),
        (b"%PDF-1.7", "lijst.pdf", "geen Excel-werkmap"),
        (b"x" * 2_000_001, "lijst.csv", "te groot"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, content, name, words):
    answer = upload(client, content, name=name)
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_an_empty_workbook_and_no_file_say_so(client):
    assert "Wij missen de kolom" in upload(client, make_workbook(), name="leeg.xlsx").content.decode()
    assert "Kies een bestand" in client.post(LIST).content.decode()


def test_rows_that_were_not_shown_are_not_taken_in(client):
    assert "nog een keer" in post(client, f"{LIST}inlezen/", {"rijen": "zelf-bedacht"})
    assert "nog een keer" in post(client, f"{LIST}inlezen/")
    packed = find_packed(upload(client, GOOD))
    make_wave(code="ander")
    assert "intussen iets veranderd" in post(
        client, "/beheer/uitnodigen/ander/lijst/inlezen/", {"rijen": packed}
    )
    assert not Contact.objects.exists()


def test_one_contact_is_added_and_changed(client, wave):
    url = f"{OVERVIEW}contact/{MEMBER}/"
    assert 'value="voor@stel.example"' in read_page(client, url, adres="voor@stel.example")
    assert "is opgeslagen" in post(client, url, {"email": ADDRESS, "name": "An"})
    assert f'value="{ADDRESS}"' in read_page(client, url)
    assert "Vul een e-mailadres in" in client.post(url, {"email": "nee"}).content.decode()
    assert client.get(f"{OVERVIEW}contact/GM0003/").status_code == 404


def test_a_text_is_changed_shown_and_sent_to_oneself(client, wave, rita):
    make_contact(wave, name="Ans")
    sent = {"subject": "Voor {organisatie}", "body": "Kom langs:\n{link}"}
    assert "opgeslagen" in post(client, TEXT, sent)
    page = read_page(client, TEXT, organisatie=MEMBER)
    assert "Voor Gemeente Leiden" in page
    assert "/invullen/uitnodiging/voorbeeld/" in page

    said = post(client, f"{TEXT}proef/", {"organisatie": MEMBER})

    assert rita.email in said
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([rita.email], "Proef: Voor Gemeente Leiden")
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"subject": "A", "body": "Beste {wie} {link}"}, "{wie}"),
        ({"subject": "A\nBcc: b@c.example", "body": "{link}"}, "één regel"),
        ({"subject": "", "body": ""}, "Schrijf een onderwerp"),
    ],
)
def test_a_text_that_cannot_be_sent_stays_in_the_form(client, sent, words):
    answer = client.post(TEXT, sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert sent["body"] in answer.content.decode()
    assert not MailTemplate.objects.exists()


def test_unknown_purposes_and_organisations_do_not_exist(client):
    assert client.get(f"{OVERVIEW}tekst/onzin/").status_code == 404
    assert client.get(TEXT, {"organisatie": "GM0003"}).status_code == 404
    assert client.get(TEXT, {"organisatie": "x\x00"}).status_code == 404
    assert client.post(f"{TEXT}proef/", {"organisatie": "GM9999"}).status_code == 404


def test_what_becomes_of_a_mail_is_noted(client, wave):
    message = invite(wave, make_contact(wave)).messages.get()
    url = f"{OVERVIEW}mail/{message.pk}/"
    assert "Opnieuw versturen" not in read_page(client, url)
    post(client, f"{url}reactie/", {"kind": "absent", "text": "Terug in mei"})
    post(client, f"{url}teruggekomen/", {"reason": ""})
    page = read_page(client, url)
    assert "Afwezig, genoteerd door Otto" in page
    assert "Terug in mei" in page
    assert "De mail kwam terug." in page
    assert "opnieuw naar hetzelfde adres" in post(client, f"{url}opnieuw/")
    assert "Dit kan niet" in post(client, f"{url}aangekomen/")
    assert "Kies wat" in client.post(f"{url}reactie/").content.decode()
    close_wave(wave)
    assert "Dit kan niet" in post(client, f"{url}opnieuw/")


def test_bounces_are_noted_from_text_and_from_a_file(client, wave):
    invite(wave, make_contact(wave), make_contact(wave, "JZ18", email="an@regio.example"))
    url = f"{OVERVIEW}teruggekomen/"
    said = post(client, url, {"addresses": f"Failed: <{ADDRESS.upper()}>; wie@weet.example"})
    assert said == "Teruggekomen mails genoteerd: 1."
    content = make_workbook(["Adres"], ["an@regio.example"])
    assert upload(client, content, name="terug.xlsx", url=url).status_code == 302
    assert set(Message.objects.values_list("status", flat=True)) == {"bounced"}
    assert "Plak de adressen" in client.post(url).content.decode()
    assert "geen e-mailadres" in client.post(url, {"addresses": "niets"}).content.decode()
    assert "geen Excel" in upload(client, b"nee", name="terug.xlsx", url=url).content.decode()
    assert "te groot" in upload(client, b"x" * 2_000_001, name="terug.txt", url=url).content.decode()
