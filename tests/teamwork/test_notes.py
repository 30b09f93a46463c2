"""Notes of the team: who reads and writes them, and that they stay among colleagues."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from wagtail.models import ModelLogEntry

from surveys.downloads.exports import write_export
from surveys.downloads.models import ExportJob
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import Submission
from surveys.teamwork.forms import NOTE_LENGTH
from surveys.teamwork.lifecycle.locking import TeamActionRefused
from surveys.teamwork.lifecycle.notes import delete_note, write_note
from surveys.teamwork.models import Note
from surveys.teamwork.queries import count_notes, list_notes
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    make_person,
    make_response,
    make_wave,
    read,
    write,
)
from tests.teamwork.factories import READER, START, get_organisation, make_limited, open_browser

NOTES = f"{START}notities/poh/"
SECRET = "Zeer vertrouwelijke notitie"
ANSWER = "Een antwoord dat wel mee mag"


@pytest.fixture
def wave(db):
    return make_wave()


@pytest.fixture
def gerda(wave):
    return make_person("Gerda", organisation=MEMBER)


def note(wave, person, text="Even overleggen", *, question="poh", organisation=MEMBER, at=NOW):
    return write_note(
        wave, organisation=get_organisation(organisation), question=question, text=text, by=person, at=at
    )


def test_colleagues_read_each_others_notes_in_order(wave, gerda):
    lea = make_person("Lea", organisation=MEMBER, role=READER)
    note(wave, gerda, "Twee", at=NOW + timedelta(minutes=1))
    assert open_browser(lea).post(NOTES, {"text": "Drie"}).url == NOTES
    note(wave, gerda, "Een")
    assert [each.text for each in list_notes(wave, organisation=get_organisation(), question="poh")] == [
        "Een",
        "Twee",
        "Drie",
    ]
    text = read(open_browser(gerda), NOTES)
    assert "Vraag poh?" in text
    assert text.index("Een") < text.index("Twee") < text.index("Lea") < text.index("Drie")


def test_a_note_is_shown_as_typed(wave, gerda):
    open_browser(gerda).post(NOTES, {"text": "<script>x</script>\nEn verder"})
    page = open_browser(gerda).get(NOTES).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;<br>En verder" in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Schrijf eerst uw notitie."),
        ("  \n ", "Schrijf eerst uw notitie."),
        ("x" * (NOTE_LENGTH + 1), f"Uw notitie is te lang: {NOTE_LENGTH + 1} tekens."),
        ("a\x00b", "null"),
    ],
)
def test_what_cannot_be_a_note_comes_back(gerda, text, message):
    sent = open_browser(gerda).post(NOTES, {"text": text})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert message.lower() in page.lower()
    assert text.strip("\x00 \n")[:1] in page
    assert not Note.objects.exists()


def test_only_ones_own_note_can_be_deleted(wave, gerda):
    cor = make_person("Cor", organisation=MEMBER)
    mine = note(wave, gerda)
    delete = f"{NOTES}{mine.pk}/weghalen/"
    assert delete not in open_browser(cor).get(NOTES).content.decode()
    assert "alleen uw eigen notities" in open_browser(cor).post(delete, follow=True).content.decode()
    with pytest.raises(TeamActionRefused):
        delete_note(mine, by=cor)
    assert Note.objects.exists()
    assert delete in open_browser(gerda).get(NOTES).content.decode()
    assert open_browser(gerda).post(delete).url == NOTES
    assert not Note.objects.exists()
    assert open_browser(gerda).post(delete).status_code == 404


def test_a_note_stays_when_its_author_is_gone(wave, gerda):
    cor = make_person("Cor", organisation=MEMBER)
    note(wave, cor)
    cor.delete()
    assert "Oud-collega" in read(open_browser(gerda), NOTES)


def test_another_team_reads_nothing(wave, gerda):
    mine = note(wave, gerda, SECRET)
    vera = open_browser(make_person("Vera", organisation=OTHER_MEMBER))
    elsewhere = NOTES.replace(MEMBER, OTHER_MEMBER)
    assert vera.get(NOTES).status_code == 404
    assert SECRET not in read(vera, elsewhere)
    assert vera.post(f"{elsewhere}{mine.pk}/weghalen/").status_code == 404
    assert count_notes(wave, organisation=get_organisation(OTHER_MEMBER)) == {}


def test_a_limited_member_reads_notes_at_the_own_questions_only(wave, gerda):
    cor = make_limited("Cor", "huisarts", wave=wave, by=gerda)
    theirs = note(wave, cor, question="beperkt")
    window = open_browser(cor)
    assert window.get(NOTES).status_code == 200
    other = f"{START}notities/beperkt/"
    assert window.get(other).status_code == 404
    assert window.post(other, {"text": "x"}).status_code == 404
    assert window.post(f"{other}{theirs.pk}/weghalen/").status_code == 404
    assert Note.objects.count() == 1


def test_a_question_that_does_not_exist(gerda):
    assert open_browser(gerda).get(f"{START}notities/bestaat-niet/").status_code == 404


def test_notes_are_counted_per_question_in_one_query(wave, gerda, django_assert_num_queries):
    for question in ("poh", "poh", "beperkt"):
        note(wave, gerda, question=question)
    note(wave, gerda, organisation=OTHER_MEMBER)
    organisation = get_organisation()
    with django_assert_num_queries(1):
        assert count_notes(wave, organisation=organisation) == {"poh": 2, "beperkt": 1}


def test_the_audit_lines_hold_no_text(wave, gerda):
    delete_note(note(wave, gerda, SECRET), by=gerda)
    lines = ModelLogEntry.objects.filter(action__startswith="team.")
    assert sorted(lines.values_list("action", flat=True)) == ["team.delete_note", "team.write_note"]
    assert SECRET not in str(list(lines.values("data", "label")))


# --- Never part of the answers ---


def find(text, content):
    """Whether the text stands in a file, also inside the parts of an xlsx or ods."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as parts:
            return any(text.encode() in parts.read(name) for name in parts.namelist())
    return text.encode() in content


@pytest.fixture
def answered(wave, gerda):
    """A submitted response with a note at every question."""
    answers = COMPLETE | {"knelpunten": write(ANSWER)}
    response = make_response(wave, MEMBER, answers=answers, by=gerda)
    for question in response.version.questions.values_list("code", flat=True):
        note(wave, gerda, SECRET, question=question)
    return submit_response(response, by=gerda)


@pytest.mark.parametrize("file_format", ["csv", "json", "xlsx", "ods"])
@pytest.mark.parametrize("content", ExportJob.Content.values)
def test_no_download_holds_a_note(wave, answered, tmp_path, content, file_format):
    path = tmp_path / f"export.{file_format}"
    write_export(
        wave,
        content=content,
        breakdowns=[],
        unit="response",
        file_format=file_format,
        path=path,
        report_progress=lambda fraction: None,
    )
    file = path.read_bytes()
    assert not find(SECRET, file)
    assert find(ANSWER, file) == (content != ExportJob.Content.RESULTS)


def test_no_page_or_file_for_the_respondent_holds_a_note(answered, gerda):
    window = open_browser(gerda)
    assert SECRET in read(window, NOTES)
    for page in ("", "controleren/", "toegang/", "ontvangst/", "werkmap/"):
        content = window.get(f"{START}{page}").getvalue()
        assert not find(SECRET, content)
        assert find(ANSWER, content) == (page in ("controleren/", "toegang/", "ontvangst/", "werkmap/"))
    assert SECRET not in Submission.objects.get().content
    assert ANSWER in Submission.objects.get().content
