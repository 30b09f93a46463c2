"""Editors keep the themes and audiences of the library."""

import pytest

from practices.models import Audience, PracticePage, Theme
from surveys.accounts.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

SCREENS = {"themas": (Theme, "themes"), "doelgroepen": (Audience, "audiences")}


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


@pytest.mark.parametrize("screen", SCREENS)
def test_a_new_word_gets_a_code_and_can_be_renamed_but_keeps_it(screen, editor):
    model, _ = SCREENS[screen]
    assert "Nieuw begrip" not in editor.get(f"/beheer/{screen}/").content.decode()
    made = editor.post(f"/beheer/{screen}/new/", {"name": "Nieuw begrip", "position": 50})
    assert made.status_code == 302
    assert model.objects.get(pk="nieuw-begrip").name == "Nieuw begrip"
    count = model.objects.count()
    edit = f"/beheer/{screen}/edit/nieuw-begrip/"
    assert editor.get(edit).status_code == 200
    assert editor.post(edit, {"name": "Ander woord", "position": 51}).status_code == 302
    assert model.objects.count() == count
    assert model.objects.get(pk="nieuw-begrip").name == "Ander woord"
    assert "Ander woord" in editor.get(f"/beheer/{screen}/").content.decode()


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("cRISIS", "lijkt op"),
        ("!!!", "lijkt op"),
        ("", "verplicht"),
        ("x" * 81, "niet meer dan 80"),
    ],
)
def test_a_word_that_is_there_or_is_no_word_is_refused(name, refused, editor):
    Theme.objects.filter(pk="crisis").update(name="Iets anders")
    count = Theme.objects.count()
    response = editor.post("/beheer/themas/new/", {"name": name, "position": 50})
    assert response.status_code == 200
    assert refused in str(response.context["form"].errors["name"])
    assert Theme.objects.count() == count


def test_two_words_cannot_have_one_name(editor):
    Theme.objects.create(code="eerste", name="Zorg in de wijk", position=1)
    Theme.objects.create(code="tweede", name="Iets anders", position=2)
    form = editor.post("/beheer/themas/edit/tweede/", {"name": "ZORG in de wijk", "position": 2}).context[
        "form"
    ]
    assert form.errors == {"name": ["Deze naam is er al."]}
    assert (
        editor.post("/beheer/themas/edit/eerste/", {"name": "Zorg in de wijk", "position": 3}).status_code
        == 302
    )


@pytest.mark.parametrize("screen", SCREENS)
def test_a_word_goes_only_when_no_case_has_it(screen, editor):
    model, relation = SCREENS[screen]
    term = model.objects.create(code="proef", name="Proef", position=1)
    case = PracticePage.objects.first()
    getattr(case, relation).add(term)
    case.save()
    delete = f"/beheer/{screen}/delete/proef/"
    for response in (editor.get(delete, follow=True), editor.post(delete, follow=True)):
        assert response.redirect_chain == [(f"/beheer/{screen}/", 302)]
        html = response.content.decode()
        assert "‘Proef’ kan niet weg" in html
        assert f"‘{case.title}’" in html
    assert model.objects.filter(pk="proef").exists()

    getattr(case, relation).remove(term)
    case.save()
    assert "Proef" in editor.get(delete).content.decode()
    assert editor.post(delete).status_code == 302
    assert not model.objects.filter(pk="proef").exists()
