"""The send log as a file: what is in it, and that taking it leaves a line."""

import csv
import io

import openpyxl
import pytest
from bs4 import BeautifulSoup
from wagtail.log_actions import registry

from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.models import Message
from tests.fieldwork.test_views import sign_in
from tests.outreach.factories import draw_up, invite, make_contact, make_contacts
from tests.outreach.test_views import OVERVIEW
from tests.responses.factories import MEMBER, OTHER_MEMBER, make_wave

pytestmark = pytest.mark.django_db

LOG = f"{OVERVIEW}verzendlijst.csv"


@pytest.fixture(autouse=True)
def _deliver_to_outbox(settings):
    settings.DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def mailing(wave):
    return invite(wave, make_contact(wave, MEMBER, name="Ans", functional=False))


@pytest.fixture
def rita(client, wave):
    return sign_in(client, "invite_organisations")


def locate(mailing, file_format="csv"):
    return f"{OVERVIEW}verzending/{mailing.pk}/verzendlijst.{file_format}"


def read_csv(client, url):
    text = client.get(url).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_row_tells_to_whom_a_mail_went_and_what_became_of_it(client, rita, mailing):
    note_bounce(Message.objects.get(), reason="Mailbox vol", by=None)
    (row,) = read_csv(client, locate(mailing))
    assert row.pop("klaargezet") <= row.pop("verstuurd")
    assert row == {
        "code": MEMBER,
        "organisatie": "Gemeente Leiden",
        "mail": "Uitnodiging",
        "e-mailadres": "jeugd@gemeente.example",
        "naam": "Ans",
        "stand": "teruggekomen",
        "uitkomst": "Mailbox vol",
        "pogingen": "1",
    }


def test_the_log_of_the_wave_has_every_mailing_and_that_of_a_mailing_only_its_own(
    client, rita, wave, mailing
):
    second = draw_up(wave, make_contact(wave, OTHER_MEMBER, email="post@hillegom.example"))
    assert [row["code"] for row in read_csv(client, LOG)] == [OTHER_MEMBER, MEMBER]
    assert [(row["code"], row["stand"], row["verstuurd"]) for row in read_csv(client, locate(second))] == [
        (OTHER_MEMBER, "wacht", "")
    ]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_spreadsheet_says_what_it_is_and_that_it_is_confidential(client, rita, mailing, file_format):
    response = client.get(locate(mailing, file_format))
    assert (
        f'filename="maatregelenmonitor_proef_verzendlijst_{mailing.pk}.{file_format}"'
        in (response["Content-Disposition"])
    )
    assert "no-store" in response["Cache-Control"]
    if file_format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        facts = dict(book["Toelichting"].iter_rows(min_row=2, max_col=2, values_only=True))
        assert facts["Meting"] == "Proefmeting (proef)"
        assert "deel het niet" in facts["Vertrouwelijk"]


def test_taking_it_leaves_a_line_with_the_number_and_no_address(client, rita, wave, mailing):
    client.get(locate(mailing))
    client.get(LOG.replace("csv", "ods"))
    for subject, file_format in ((mailing, "csv"), (wave, "ods")):
        entry = registry.get_logs_for_instance(subject).get(action="outreach.download")
        assert (entry.user, entry.data) == (rita, {"format": file_format, "number": 1})


def test_the_links_stand_on_the_screens(client, rita, mailing):
    for screen, here in (
        (f"{OVERVIEW}verzending/{mailing.pk}/", f"{OVERVIEW}verzending/{mailing.pk}/"),
        (f"{OVERVIEW}verzendingen/", OVERVIEW),
    ):
        page = BeautifulSoup(client.get(screen).content, "html.parser")
        links = [link["href"] for link in page.select(".beheer-downloads a")]
        assert links == [f"{here}verzendlijst.{each}" for each in ("csv", "xlsx", "ods")]
        assert {client.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("name", ["verzendlijst.json", "verzendlijst.exe"])
def test_what_is_no_file_is_a_404_and_leaves_no_line(client, rita, wave, name):
    assert client.get(f"{OVERVIEW}{name}").status_code == 404
    assert not registry.get_logs_for_instance(wave).filter(action="outreach.download").exists()


def test_the_log_of_another_wave_does_not_exist_here(client, rita, mailing):
    make_wave(code="ander")
    assert client.get(locate(mailing).replace("proef", "ander")).status_code == 404


def test_without_the_permission_it_is_refused(client, wave, mailing):
    sign_in(client)
    assert client.get(LOG).status_code == 302
    assert client.get(locate(mailing)).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_a_fixed_number_of_queries(client, rita, wave, django_assert_num_queries, number):
    invite(wave, *make_contacts(wave, number))
    client.get(LOG)
    with django_assert_num_queries(8):
        client.get(LOG)
