"""An image on a case: not without a description, with its size, and in the editor's own words."""

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import streamfield

from practices.models import PracticePage
from surveys.accounts.models import Person
from tests.practices.page_forms import fill_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo_database"),
    # Wagtail leaves closing the temporary file of a resized image to Python.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <function Spooled:pytest.PytestUnraisableExceptionWarning"
    ),
]

REAL = "Drie mensen overleggen aan een ronde tafel"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client):
    client.force_login(Person.objects.get(email="redactie@demo.example"))
    return client


def draw(width=1600, height=1200):
    content = BytesIO()
    Drawing.new("RGB", (width, height), "white").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def image():
    stored = ContentFile(draw(), name="Weegtafel_2024.png")
    return get_image_model().objects.create(title="Weegtafel_2024", file=stored, width=1600, height=1200)


@pytest.fixture
def case():
    return PracticePage.objects.get(slug="weegtafel-zaanstad")


def publish(editor, case, *pictures):
    data = fill_in(
        PracticePage, slug=case.slug, pictures=streamfield([("picture", each) for each in pictures])
    )
    return editor.post(reverse("wagtailadmin_pages:edit", args=[case.pk]), {**data, "action-publish": "1"})


def describe(image, **other):
    return {"image": image.pk, "alternative": REAL, "caption": "", "credit": "", **other}


def test_an_image_stands_on_the_page_with_its_words_and_its_size(editor, case, image):
    picture = describe(image, caption="De <b>weegtafel</b>.", credit="Gemeente Zaanstad")
    assert publish(editor, case, picture).status_code == 302
    html = editor.get(case.url).content.decode()
    [tag] = re.findall(r"<img[^>]*>", html)
    for part in (
        f'alt="{REAL}"',
        'width="480"',
        'height="360"',
        'loading="lazy"',
        "960w",
        'class="picture__image"',
    ):
        assert part in tag
    assert "De &lt;b&gt;weegtafel&lt;/b&gt;." in html
    assert "Beeld: Gemeente Zaanstad" in html
    source = re.search(r'src="([^"]*)"', tag)[1]
    assert source.startswith("/media/images/")
    assert "style=" not in tag, "the policy of the site refuses that"


@pytest.mark.parametrize(
    ("alternative", "refused"),
    [
        ("", "verplicht"),
        ("Weegtafel 2024", "naam van het bestand"),
        ("foto.png", "naam van een bestand"),
        ("foto", "zegt nog niet"),
    ],
)
def test_an_image_without_a_description_is_refused_and_nothing_typed_is_lost(
    alternative, refused, editor, case, image
):
    response = publish(editor, case, describe(image, alternative=alternative, caption="Blijft staan"))
    assert response.status_code == 200
    html = response.content.decode()
    assert refused in html
    assert "Blijft staan" in html
    assert "<img" not in editor.get(case.url).content.decode().partition("<main")[2]


def test_words_without_an_image_are_refused(editor, case):
    response = publish(editor, case, {"image": "", "alternative": REAL, "caption": "", "credit": ""})
    assert response.status_code == 200


def test_a_case_has_three_images_at_most(editor, case, image):
    assert publish(editor, case, *[describe(image)] * 3).status_code == 302
    assert publish(editor, case, *[describe(image)] * 4).status_code == 200


def test_an_image_that_was_thrown_away_leaves_its_page_whole(editor, case, image):
    publish(editor, case, describe(image))
    image.delete()
    response = editor.get(case.url)
    assert response.status_code == 200
    assert "picture__image" not in response.content.decode()
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[case.pk])).status_code == 200


def test_the_words_of_an_image_are_searched(editor, case, image):
    publish(editor, case, describe(image, caption="Xylofoonconcert"))
    found = editor.get("/praktijkvoorbeelden/?q=xylofoonconcert").context["practices"]
    assert [each["title"] for each in found] == ["Een proefpagina"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tekening.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("verkleed.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("bewegend.gif", b"GIF89a"),
        ("pagina.html", b"<script>alert(1)</script>"),
    ],
)
def test_a_drawing_with_room_for_a_script_and_what_moves_are_refused(name, content, editor):
    file = ContentFile(content, name=name)
    collection = 1
    response = editor.post(
        reverse("wagtailimages:add_multiple"), {"title": "Iets", "files[]": file, "collection": collection}
    )
    assert response.json()["success"] is False
    assert not get_image_model().objects.exists()


def test_a_photo_is_taken(editor):
    file = ContentFile(draw(20, 10), name="overleg.png")
    response = editor.post(
        reverse("wagtailimages:add_multiple"), {"title": "Iets", "files[]": file, "collection": 1}
    )
    assert response.json()["success"] is True
