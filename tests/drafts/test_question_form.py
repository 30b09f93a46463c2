"""The form of a question: everything a question can be survives it, and buttons at lists lose nothing."""

import re
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from surveys.accounts.models import Person
from surveys.drafts.editing import replace_question
from surveys.drafts.lifecycle import edit_draft, lock_core_question, start_draft
from surveys.drafts.models import Draft
from surveys.drafts.queries import list_draft_problems, load_draft_definition
from surveys.drafts.question_forms import QuestionEditor, open_question
from surveys.questionnaire.definition import KINDS, Definition, QuestionDefinition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion
from tests.drafts.screens import change_elsewhere, link, load, sign_in
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind
from tests.responses.factories import NOW


def list_fields(editor: QuestionEditor) -> list[tuple[str, str]]:
    """What a browser would send of this form, untouched: read from the widgets as they are rendered."""
    forms = [editor.form, *(form for part in editor.lists.values() for form in part.formset.forms)]
    forms += [part.formset.management_form for part in editor.lists.values()]
    html = "".join(str(field) for form in forms for field in form)
    return [("kind", editor.kind), *read_html_fields(html)]


def read_html_fields(html: str) -> list[tuple[str, str]]:
    """Names and values of inputs, text areas and selects, as a browser sends them."""
    parser = FieldParser()
    parser.feed(html)
    return parser.fields


class FieldParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.name = ""
        self.text: str | None = None
        self.choice: str | None = None

    def handle_starttag(self, tag, attributes) -> None:
        given = dict(attributes)
        if tag == "input" and given.get("name"):
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.fields.append((given["name"], given.get("value") or ("on" if is_box else "")))
        elif tag == "textarea":
            self.name, self.text = given["name"], ""
        elif tag == "select":
            self.name, self.choice = given.get("name", ""), None
        elif tag == "option" and (self.choice is None or "selected" in given):
            self.choice = given.get("value", "")

    def handle_data(self, data) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag) -> None:
        if tag == "textarea":
            # A browser leaves out the first line end after the tag, and sends the others as CRLF.
            text = re.sub(r"\r?\n", "\r\n", (self.text or "").removeprefix("\n"))
            self.fields.append((self.name, text))
            self.text = None
        elif tag == "select" and self.name and self.choice is not None:
            self.fields.append((self.name, self.choice))


def make_data(fields) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields:
        data.appendlist(name, value)
    return data


def retype(definition: Definition, question: QuestionDefinition) -> QuestionEditor:
    shown = open_question(definition, question, has_former=True)
    return QuestionEditor(
        definition,
        kind=question.kind,
        code=question.code,
        has_former=True,
        data=make_data(list_fields(shown)),
    )


@given(st.data())
def test_every_question_survives_its_form(data):
    """Opening a question and saving it untouched changes nothing."""
    definition = data.draw(definitions())
    question = data.draw(st.sampled_from(list(definition.questions.values())))
    editor = retype(definition, question)
    assert editor.is_valid(), (editor.form.errors, [part.formset.errors for part in editor.lists.values()])
    assert editor.question.as_dict() == question.as_dict()


@pytest.mark.parametrize("read_definition", [read_every_kind, read_composed_kinds])
def test_every_kind_survives_its_form(read_definition):
    definition = read_definition()
    for question in definition.questions.values():
        editor = retype(definition, question)
        assert editor.is_valid(), (
            editor.form.errors,
            [part.formset.errors for part in editor.lists.values()],
        )
        assert editor.question.as_dict() == question.as_dict()


@given(st.data())
def test_no_button_at_a_list_loses_or_judges_what_was_typed(data):
    definition = data.draw(definitions())
    question = data.draw(st.sampled_from(list(definition.questions.values())))
    editor = retype(definition, question)
    name = data.draw(st.sampled_from(sorted(editor.lists)))
    row = data.draw(st.integers(0, 5))
    way = data.draw(st.sampled_from(["up", "down"]))
    pressed = editor.press(f"{name}.{row}.{way}", QueryDict())
    before, after = (sorted(list_texts(each)) for each in (editor, pressed))
    assert before == after
    assert not pressed.form.is_bound


def list_texts(editor: QuestionEditor) -> list[str]:
    return [re.sub(r"-\d+-", "-", name) + "=" + value for name, value in list_fields(editor)]


@given(
    st.text(max_size=20) | st.sampled_from(["options.add", "rules.add.sum", "conditions.add", "rows.9.up"])
)
def test_any_button_gives_a_form_back(button):
    definition = read_every_kind()
    editor = retype(definition, definition.questions["fte"])
    assert editor.press(button, QueryDict()).form["text"].value() == "Hoeveel fte?"


def test_what_is_no_number_stays_in_its_field_after_a_button():
    definition = read_every_kind()
    fields = dict(list_fields(open_question(definition, definition.questions["fte"], has_former=True)))
    data = make_data((fields | {"minimum": "veel"}).items())
    editor = QuestionEditor(definition, kind="number", code="fte", has_former=True, data=data)
    pressed = editor.press("rules.add.range", data)
    assert pressed.form["minimum"].value() == "veel"
    assert [form.title for form in pressed.lists["rules"].formset.forms] == ["Bereik"]


# --- On the screen -------------------------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return sign_in("run_waves")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


@pytest.fixture
def draft(version) -> Draft:
    return start_draft(survey="proef", title="Proef", based_on=version, by=None, at=NOW)


def open_form(client: Client, draft: Draft, path: str) -> dict[str, list[str]]:
    """What the browser would send of the form on the page."""
    page = client.get(link(draft, path)).content.decode()
    return collect(page)


def collect(page: str) -> dict[str, list[str]]:
    form = page[page.index('<form class="beheer-form draft-editor"') :]
    fields: dict[str, list[str]] = {}
    for name, value in read_html_fields(form[: form.index("</form>")]):
        fields.setdefault(name, []).append(value)
    return fields


def test_a_question_is_changed(client, draft):
    fields = open_form(client, draft, "vraag/fte/")
    response = client.post(
        link(draft, "vraag/fte/"), fields | {"minimum": "1.000,5", "help": "Tel\r\niedereen."}
    )
    assert response.url == link(draft, "#vraag-fte")
    question = load(draft).questions["fte"]
    assert (str(question.minimum), question.help) == ("1000.5", "Tel\niedereen.")
    before = read_every_kind().questions["fte"]
    assert replace(question, minimum=before.minimum, help="").as_dict() == before.as_dict()


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_every_kind_can_be_added_empty_and_filled(client, draft, kind):
    path = f"onderdeel/werk/vraag-toevoegen/?kind={kind}"
    fields = open_form(client, draft, path)
    extra = {"text": "Een nieuwe vraag?", "code": "nieuw", "maximum_megabytes": "5", "accepts": ["pdf"]}
    for name in ("options", "rows", "columns", "dimensions"):
        for number in range(2):
            if f"{name}-{number}-code" in fields:
                extra |= {f"{name}-{number}-code": f"deel_{number}", f"{name}-{number}-text": "Deel"}
            if name == "dimensions":
                extra[f"{name}-{number}-options"] = "ja = Ja, altijd\r\nnee = Nee"
    response = client.post(link(draft, path), fields | extra)
    assert response.status_code == 302
    added = load(draft).sections[0].questions[-1]
    assert (added.code, added.kind, added.text) == ("nieuw", kind, "Een nieuwe vraag?")
    assert [each for each in list_draft_problems(Draft.objects.get()) if each.question == "nieuw"] == []


def test_a_kind_must_be_chosen_first(client, draft):
    response = client.get(link(draft, "onderdeel/werk/vraag-toevoegen/?kind=onzin"))
    assert response.url == link(draft, "onderdeel/werk/soort-vraag/")
    assert client.post(link(draft, "onderdeel/werk/vraag-toevoegen/"), {"kind": "onzin"}).status_code == 404


def test_a_row_is_added_and_removed_without_a_script(client, draft):
    fields = open_form(client, draft, "vraag/manieren/")
    page = client.post(link(draft, "vraag/manieren/"), fields | {"text": "Half af", "part": "options.add"})
    added = collect(page.content.decode())
    assert (added["options-TOTAL_FORMS"], added["text"]) == (["3"], ["Half af"])
    assert "verplicht veld" not in page.content.decode()
    assert "autofocus" in page.content.decode()
    added |= {"options-2-code": ["soms"], "options-2-text": ["Soms"]}
    page = client.post(link(draft, "vraag/manieren/"), added | {"part": "options.0.remove"})
    removed = collect(page.content.decode())
    assert [removed[f"options-{number}-code"] for number in range(2)] == [["alleen"], ["soms"]]
    assert Draft.objects.get().revision == 1


def test_a_condition_and_a_rule_are_added_without_a_script(client, draft):
    path = "vraag/kosten/"
    fields = open_form(client, draft, path)
    page = client.post(link(draft, path), fields | {"part": "conditions.add", "condition_source": "doet_mee"})
    fields = collect(page.content.decode()) | {"conditions-0-any_of": ["ja"]}
    page = client.post(link(draft, path), fields | {"part": "rules.add.compare"})
    fields = collect(page.content.decode())
    assert fields["conditions-0-any_of"] == ["ja"]
    fields |= {"rules-0-other": ["sinds"], "rules-0-comparison": ["at_least"]}
    assert client.post(link(draft, path), fields).status_code == 302
    question = load(draft).questions["kosten"]
    assert [(each.question, each.any_of) for each in question.conditions] == [("doet_mee", ("ja",))]
    assert [(each.kind, each.other, each.comparison) for each in question.rules] == [
        ("compare", "sinds", "at_least")
    ]


def test_only_earlier_questions_are_offered_to_depend_on(client, draft):
    page = client.get(link(draft, "vraag/manieren/")).content.decode()
    assert '<option value="doet_mee">' in page
    page = client.get(link(draft, "vraag/doet_mee/")).content.decode()
    assert "Er staat geen keuzevraag voor deze vraag" in page


def test_another_kind_keeps_the_words(client, draft):
    fields = open_form(client, draft, "vraag/deel/")
    page = client.post(
        link(draft, "vraag/deel/"),
        fields | {"text": "Welk deel dan?", "part": "kind.change", "new_kind": "euro"},
    )
    changed = collect(page.content.decode())
    assert (changed["kind"], changed["text"]) == (["euro"], ["Welk deel dan?"])
    assert client.post(link(draft, "vraag/deel/"), changed).status_code == 302
    assert load(draft).questions["deel"].kind == "euro"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": ""}, "Dit is een verplicht veld"),
        ({"code": "Met Spatie"}, "Begin met een kleine letter"),
        ({"code": "deel"}, "komt meer dan één keer voor"),
        ({"minimum": "veel"}, "niet als getal lezen"),
        ({"minimum": "9" * 20}, "Dit getal is te groot"),
        ({"decimals": "9"}, "hoogstens 3 is"),
        ({"conditions-0-any_of": []}, "Dit is een verplicht veld"),
        ({"conditions-0-question": "onzin"}, "staat niet (meer) als keuzevraag in dit concept"),
        ({"conditions-1-question": "doet_mee", "conditions-1-any_of": "ja"}, "staat er meer dan één keer"),
        ({"conditions-TOTAL_FORMS": "onzin"}, "niet aangekomen"),
        ({"rules-TOTAL_FORMS": "1", "rules-0-kind": "sum"}, "hoort niet bij deze soort vraag"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays(client, draft, changes, message):
    fields = open_form(client, draft, "vraag/fte/")
    response = client.post(link(draft, "vraag/fte/"), fields | {"help": "Mijn woorden."} | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mijn woorden." in page
    assert message in page
    assert Draft.objects.get().revision == 1


def test_a_core_question_is_not_changed_by_a_forged_form(client, draft, version):
    fields = open_form(client, draft, "vraag/fte/")
    lock_core_question(version.survey, question="fte", reason="Reeks.", by=None)
    response = client.post(link(draft, "vraag/fte/"), fields | {"help": "Mijn woorden."})
    assert response.status_code == 422
    assert "vastgezet als kernvraag" in response.content.decode()
    assert "Mijn woorden." in response.content.decode()
    assert load(draft).questions["fte"].help == ""


def test_who_is_second_keeps_every_row_that_was_typed(client, draft):
    fields = open_form(client, draft, "vraag/manieren/")
    change_elsewhere(draft)
    typed = fields | {
        "options-TOTAL_FORMS": "3", "options-2-code": "soms", "options-2-text": "Soms", "help": "Mijn woorden."
    }  # fmt: skip
    response = client.post(link(draft, "vraag/manieren/"), typed)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Otto Berg heeft dit concept intussen gewijzigd" in page
    assert "Zo staat de vraag er nu" in page
    kept = collect(page)
    assert (kept["help"], kept["options-2-code"], kept["revision"]) == (["Mijn woorden."], ["soms"], ["2"])
    assert load(draft).questions["manieren"].help != "Mijn woorden."
    assert client.post(link(draft, "vraag/manieren/"), kept).status_code == 302
    definition = load(draft)
    assert (definition.questions["manieren"].help, definition.questions["deel"].help) == (
        "Mijn woorden.",
        "Van een ander.",
    )


def test_what_was_typed_stays_when_the_question_itself_is_gone(client, draft):
    fields = open_form(client, draft, "vraag/deel/")
    client.post(link(draft, "vraag/deel/weghalen/"), {"revision": 1})
    first = client.post(link(draft, "vraag/deel/"), fields | {"help": "Mijn woorden."})
    second = client.post(link(draft, "vraag/deel/"), collect(first.content.decode()))
    assert [first.status_code, second.status_code] == [409, 422]
    for response in (first, second):
        assert "Mijn woorden." in response.content.decode()
    assert "staat niet (meer) in dit concept" in second.content.decode()


def test_what_is_left_to_do_is_told_after_saving(client, draft):
    fields = open_form(client, draft, "vraag/doet_mee/")
    fields |= {"options-0-text": "", "after": "stay"}
    assert client.post(link(draft, "vraag/doet_mee/"), fields).status_code == 422
    fields |= {"options-0-text": "Jazeker"}
    response = client.post(link(draft, "vraag/doet_mee/"), fields, follow=True)
    page = response.content.decode()
    assert "Bij deze vraag is nog iets te doen" in page
    assert "alleen de vorm is (“alleen de vorm”)" in page


def test_the_difference_is_asked_only_where_there_is_a_former_version(client):
    draft = start_draft(
        survey="nieuw", title="Nieuw", based_on=publish_definition(read_every_kind()), by=None
    )
    assert "change" not in open_form(client, draft, "vraag/fte/")


def test_the_answers_of_a_question_that_changed_since_are_kept(client, draft):
    """Somebody removed nothing, but renamed: the condition follows in the draft, and the form says it is gone."""
    fields = open_form(client, draft, "vraag/fte/")
    renamed = replace(load(draft).questions["doet_mee"], code="deelname")
    edit_draft(
        Draft.objects.get(),
        revision=1,
        edit=partial(replace_question, code="doet_mee", question=renamed),
        action="drafts.change_question",
        by=None,
    )
    response = client.post(link(draft, "vraag/fte/"), fields | {"help": "Mijn woorden."})
    assert response.status_code == 422
    assert "staat niet (meer) als keuzevraag" in response.content.decode()
    assert {
        each.question for each in load_draft_definition(Draft.objects.get()).questions["fte"].conditions
    } == {
        "deelname",
        "manieren",
    }
    assert Person.objects.count() == 1
