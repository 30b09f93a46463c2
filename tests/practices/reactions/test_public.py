"""What does not stand on the site is in no answer of it: every public address of the permission matrix is asked."""

import io
from zipfile import BadZipFile, ZipFile

import pytest

from practices.models import PracticePage, Reaction
from practices.reactions.demo import CASE, seed_reactions
from practices.reactions.moderation import hide, refuse
from surveys.accounts.models import Person
from tests.contracts.examples import make_examples
from tests.contracts.permission_matrix import MATRIX
from tests.practices.reactions.factories import LEIDEN, let_know, place, write_comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

SECRETS = {status: f"kwartelkoning{status}" for status in ("waiting", "refused", "hidden")}
PLACED = "roerdompwoord"
SEARCHES = tuple(f"/praktijkvoorbeelden/?q={word}" for word in ("kwartelkoning", *SECRETS.values(), PLACED))


@pytest.fixture
def case():
    """With a comment in every state, and what Leiden said of it refused."""
    case = PracticePage.objects.exclude(municipalities="GM0479").first()
    gerda = Person.objects.get(email="gemeente@demo.example")
    written = {status: write_comment(case, by=gerda, text=text) for status, text in SECRETS.items()}
    refuse(written["refused"], revision=1, reason="kwartelkoningreden", by=None)
    place(written["hidden"])
    hide(written["hidden"], revision=1, reason="kwartelkoningreden", by=None)
    place(write_comment(case, by=gerda, text=PLACED))
    lotte = Person.objects.get(email="lid@demo.example")
    said = let_know(case, by=lotte, organisation=LEIDEN, text="kwartelkoningleiden")
    refuse(said, revision=1, reason="kwartelkoningreden", by=None)
    return case


def read(response) -> str:
    """The body as text; of an archive what is in it."""
    body = response.getvalue() if response.streaming else response.content
    try:
        archive = ZipFile(io.BytesIO(body))
    except BadZipFile:
        return body.decode("utf-8", "replace")
    return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_what_was_not_placed_is_in_no_public_answer(case, client):
    values = make_examples() | {"practice": case.slug}
    paths = [row.path.format(**values) for row in MATRIX if row.anonymous == 200]
    bodies = {path: read(client.get(path)) for path in (*paths, *SEARCHES, "/api/v1/practices/?page=2")}
    assert [path for path, body in bodies.items() if "kwartelkoning" in body.replace(path, "")] == [
        path for path in SEARCHES if "kwartelkoning" in path
    ], "only the search field repeats what was sought"
    listed = [path for path, body in bodies.items() if PLACED in body and path not in SEARCHES]
    assert listed == [
        f"/praktijkvoorbeelden/{case.slug}/",
        f"/praktijkvoorbeelden/{case.slug}/reacties/",
    ]


def test_nothing_that_was_written_is_found_by_searching(case, client):
    for path in SEARCHES:
        assert client.get(path).context["total"] == 0


def test_a_colleague_sees_in_no_page_what_another_organisation_said(case, client):
    client.force_login(Person.objects.get(email="regio@demo.example"))
    page = f"/praktijkvoorbeelden/{case.slug}/"
    for path in (page, f"{page}reacties/", f"{page}reageren/"):
        assert "kwartelkoning" not in client.get(path).content.decode()


def test_the_demo_has_two_that_were_placed_and_one_that_waits(client):
    assert sorted(Reaction.objects.values_list("status", flat=True)) == ["published", "published", "waiting"]
    assert {each.page.slug for each in Reaction.objects.all()} == {CASE}
    assert all(each.text.startswith("Verzonnen voor de demo:") for each in Reaction.objects.all())
    assert seed_reactions() is False
    page = client.get(f"/praktijkvoorbeelden/{CASE}/").content.decode()
    assert "Gemeente Leiden" in page
    assert "wij zoeken nog een gemeente" not in page
