"""The verbs: what they keep, what they refuse, and the line each leaves in the trail."""

from dataclasses import replace
from functools import partial

import pytest
from wagtail.models import ModelLogEntry

from surveys.drafts.bank import put_in_bank, remove_from_bank, take_from_bank
from surveys.drafts.editing import EditRefused, move_question, remove_question, replace_question
from surveys.drafts.lifecycle import (
    CoreQuestionLocked,
    DraftChanged,
    discard_draft,
    edit_draft,
    import_definition,
    lock_core_question,
    publish_draft,
    start_draft,
    unlock_core_question,
)
from surveys.drafts.models import BankQuestion, CoreQuestion, Draft
from surveys.drafts.queries import list_draft_problems, load_draft_definition, search_bank
from surveys.measures.loading import load_measures
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion, Survey
from surveys.questionnaire.queries import load_definition
from tests.questionnaire.definitions import read_every_kind
from tests.questionnaire.waves import list_actions
from tests.responses.factories import NOW, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


@pytest.fixture
def draft(version) -> Draft:
    return start_draft(survey="proef", title="Proef", based_on=version, by=None, at=NOW)


@pytest.fixture
def core(version) -> CoreQuestion:
    return lock_core_question(version.survey, question="fte", reason="Lange reeks.", by=None, at=NOW)


def add_help(definition: Definition, *, code: str = "fte", text: str = "Tel iedereen.") -> Definition:
    return replace_question(definition, code, replace(definition.questions[code], help=text))


def edit(draft: Draft, change=add_help, *, revision: int | None = None, by=None) -> Draft:
    seen = draft.revision if revision is None else revision
    return edit_draft(draft, revision=seen, edit=change, action="drafts.change_question", by=by, at=NOW)


def read(draft: Draft) -> Definition:
    return load_draft_definition(Draft.objects.get(pk=draft.pk))


# --- Starting ------------------------------------------------------------------------------------


def test_a_draft_from_nothing_is_empty():
    draft = start_draft(survey="nieuw", title="Nieuw", by=make_person("Noor"), at=NOW)
    assert read(draft) == Definition("nieuw", "Nieuw", 1, ())
    assert (draft.revision, draft.started_at, str(draft.changed_by)) == (1, NOW, "Noor")


def test_a_draft_from_a_version_asks_the_same_and_says_nothing_of_the_version_before():
    first = publish_definition(read_every_kind())
    changed = replace(add_help(load_definition(first)), number=2)
    second = publish_definition(changed)
    assert load_definition(second).questions["fte"].change == "cosmetic"
    draft = start_draft(survey="proef", title="Derde", based_on=second, by=None)
    expected = replace(changed, number=3, title="Derde")
    assert read(draft).as_dict() == expected.as_dict()


def test_a_version_may_begin_another_survey(version):
    draft = start_draft(survey="zusje", title="Zusje", based_on=version, by=None)
    assert (read(draft).survey, read(draft).number) == ("zusje", 1)


@pytest.mark.parametrize("survey", ["", "Met Spatie", "a" * 51])
def test_a_survey_needs_a_usable_code(survey):
    with pytest.raises(EditRefused):
        start_draft(survey=survey, title="Proef", by=None)


def test_what_somebody_made_elsewhere_comes_in_as_it_is(version):
    definition = replace(add_help(read_every_kind()), number=2)
    draft = import_definition(definition, by=None, at=NOW)
    assert read(draft).checksum == definition.checksum
    assert draft.based_on == version


def test_what_could_not_be_published_does_not_come_in():
    with pytest.raises(DefinitionError, match="er is geen onderdeel"):
        import_definition(Definition("proef", "Proef", 1, ()), by=None)
    assert not Draft.objects.exists()


# --- Editing -------------------------------------------------------------------------------------


def test_an_edit_is_kept_with_who_did_it(draft):
    edit(draft, by=make_person("Noor"))
    kept = Draft.objects.get(pk=draft.pk)
    assert load_draft_definition(kept).questions["fte"].help == "Tel iedereen."
    assert (kept.revision, str(kept.changed_by), kept.changed_at) == (2, "Noor", NOW)


def test_of_two_who_saw_the_same_the_second_is_refused(draft):
    mine, theirs = Draft.objects.get(pk=draft.pk), Draft.objects.get(pk=draft.pk)
    edit(mine, by=make_person("Noor"))
    with pytest.raises(DraftChanged, match="Noor heeft dit concept intussen gewijzigd"):
        edit(theirs, partial(add_help, text="Tel niemand."), revision=1)
    assert read(draft).questions["fte"].help == "Tel iedereen."


def test_a_refused_edit_leaves_everything_as_it_was(draft):
    with pytest.raises(EditRefused):
        edit(draft, partial(remove_question, code="doet_mee"))
    assert (read(draft), Draft.objects.get().revision) == (load_draft_definition(draft), 1)
    assert "drafts.change_question" not in list_actions()


def test_what_the_database_cannot_keep_is_refused(draft):
    with pytest.raises(EditRefused, match="tekens die niet te bewaren zijn"):
        edit(draft, partial(add_help, text="nul\x00"))
    assert read(draft).questions["fte"].help == ""


def test_a_discarded_draft_cannot_be_edited(draft):
    other = Draft.objects.get(pk=draft.pk)
    discard_draft(draft, revision=1, by=None)
    assert not Draft.objects.exists()
    with pytest.raises(EditRefused, match="weggegooid"):
        edit(other)


def test_who_discards_must_have_seen_the_last_change(draft):
    edit(draft)
    with pytest.raises(DraftChanged):
        discard_draft(draft, revision=1, by=None)
    assert Draft.objects.exists()


# --- Core questions ------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [add_help, partial(remove_question, code="fte")])
def test_a_core_question_cannot_be_edited(draft, core, change):
    with pytest.raises(CoreQuestionLocked, match=r"vastgezet als kernvraag.*: 'fte'"):
        edit(draft, change)
    assert read(draft).questions["fte"].help == ""


def test_a_core_question_may_move_and_its_neighbours_may_change(draft, core):
    edit(draft, partial(move_question, code="fte", section="werk", position=2))
    edit(draft, partial(add_help, code="deel"))
    assert draft.revision == 3


def test_a_question_that_was_changed_before_it_was_locked_can_only_go_back(draft, version):
    edit(draft)
    lock_core_question(version.survey, question="fte", reason="Lange reeks.", by=None)
    with pytest.raises(CoreQuestionLocked):
        edit(draft, partial(add_help, text="Nog anders."))
    with pytest.raises(DefinitionError, match="kernvraag"):
        publish_draft(draft, revision=2, by=None)
    edit(draft, partial(add_help, text=""))
    assert list_draft_problems(draft) == []


def test_a_core_question_cannot_come_in_otherwise(core):
    with pytest.raises(CoreQuestionLocked):
        import_definition(replace(add_help(read_every_kind()), number=2), by=None)
    without = remove_question(read_every_kind(), "fte")
    with pytest.raises(CoreQuestionLocked):
        import_definition(without, by=None)
    assert not Draft.objects.exists()


def test_a_draft_from_nothing_cannot_leave_the_core_out(core):
    draft = import_definition(
        replace(remove_question(read_every_kind(), "deel"), survey="ander"), by=None, at=NOW
    )
    Draft.objects.filter(pk=draft.pk).update(survey_code="proef")
    edit(draft, partial(remove_question, code="sinds"))
    edit(draft, partial(add_help, code="kosten"))
    with pytest.raises(CoreQuestionLocked):
        edit(draft)


def test_an_unlocked_question_can_be_edited(draft, core):
    unlock_core_question(core, by=None)
    edit(draft)
    assert read(draft).questions["fte"].help == "Tel iedereen."


def test_only_a_question_of_the_latest_version_can_be_locked_and_only_once(version, core):
    with pytest.raises(EditRefused, match="staat al vast"):
        lock_core_question(version.survey, question="fte", reason="Nog eens.", by=None)
    with pytest.raises(EditRefused, match="geen vraag 'onzin'"):
        lock_core_question(version.survey, question="onzin", reason="Onzin.", by=None)
    empty = Survey.objects.create(code="leeg")
    with pytest.raises(EditRefused, match="geen vraag 'fte'"):
        lock_core_question(empty, question="fte", reason="Leeg.", by=None)


# --- Publishing ----------------------------------------------------------------------------------


def test_a_draft_becomes_the_next_version(draft, version):
    edit(draft)
    published = publish_draft(draft, revision=2, by=make_person("Noor"), at=NOW)
    assert (published.number, published.published_at) == (2, NOW)
    assert load_definition(published).questions["fte"].change == "cosmetic"
    assert Draft.objects.get().published_as == published
    with pytest.raises(EditRefused, match="is gepubliceerd"):
        edit(draft)
    with pytest.raises(EditRefused, match="is gepubliceerd"):
        discard_draft(draft, revision=3, by=None)


def test_a_new_survey_begins_at_version_one():
    draft = import_definition(replace(read_every_kind(), number=7), by=None)
    assert publish_draft(draft, revision=1, by=None).number == 1


def test_a_draft_with_problems_is_not_published(draft):
    edit(draft, partial(add_help, code="deel"))
    edit(draft, lambda it: replace_question(it, "deel", replace(it.questions["deel"], text="")))
    with pytest.raises(DefinitionError, match="ontbreekt"):
        publish_draft(draft, revision=3, by=None)
    assert QuestionnaireVersion.objects.count() == 1


def test_who_publishes_must_have_seen_the_last_change(draft):
    edit(draft)
    with pytest.raises(DraftChanged):
        publish_draft(draft, revision=1, by=None)


def test_a_measure_that_does_not_exist_is_refused(draft):
    edit(
        draft,
        lambda it: replace(it, sections=(replace(it.sections[0], measure="onzin"), *it.sections[1:])),
    )
    with pytest.raises(DefinitionError, match="de maatregel 'onzin' bestaat niet"):
        publish_draft(draft, revision=2, by=None)
    assert Draft.objects.get().published_as is None


def test_two_drafts_become_two_versions_and_the_second_hears_of_the_first(draft, version):
    other = start_draft(survey="proef", title="Ander", based_on=version, by=None)
    assert publish_draft(draft, revision=1, by=None).number == 2
    (warning,) = list_draft_problems(other)
    assert (warning.is_blocking, "versie 2 is al gepubliceerd" in warning.message) == (False, True)
    assert publish_draft(other, revision=1, by=None).number == 3


# --- The bank ------------------------------------------------------------------------------------


def test_a_question_is_banked_without_its_neighbours_and_taken_over_with_a_free_code(draft):
    banked = put_in_bank(read_every_kind().questions["fte"], note="Van 2022", by=None, at=NOW)
    code = take_from_bank(draft, banked, section="werk", revision=1, by=None)
    assert code == "fte_2"
    taken = read(draft).questions["fte_2"]
    assert (taken.text, taken.unit, taken.conditions) == ("Hoeveel fte?", "fte", ())
    assert read(draft).sections[0].questions[-1] == taken


def test_the_bank_keeps_one_question_per_code():
    put_in_bank(read_every_kind().questions["fte"], by=None)
    with pytest.raises(EditRefused, match="al een vraag met de sleutel 'fte'"):
        put_in_bank(read_every_kind().questions["fte"], by=None)
    remove_from_bank(BankQuestion.objects.get(), by=None)
    assert not BankQuestion.objects.exists()


def test_the_bank_is_searched_by_every_word():
    load_measures()
    measure = Measure.objects.get(slug="reikwijdte")
    put_in_bank(read_every_kind().questions["fte"], measure=measure, note="Van 2022", by=None)
    put_in_bank(read_every_kind().questions["kosten"], by=None)
    found = {
        words: [each.code for each in search_bank(words)] for words in ("", "hoeveel afbak", "2022 kost")
    }
    assert found == {"": ["fte", "kosten"], "hoeveel afbak": ["fte"], "2022 kost": []}


# --- The trail -----------------------------------------------------------------------------------


def test_every_verb_leaves_a_line_with_codes_and_numbers_only(draft, version):
    edit(draft)
    core = lock_core_question(version.survey, question="deel", reason="Geheim.", by=None)
    unlock_core_question(core, by=None)
    take_from_bank(
        draft, put_in_bank(read_every_kind().questions["fte"], by=None), section="werk", revision=2, by=None
    )
    remove_from_bank(BankQuestion.objects.get(), by=None)
    publish_draft(draft, revision=3, by=None)
    import_definition(replace(read_every_kind(), number=3), by=None)
    discard_draft(Draft.objects.get(published_as=None), revision=1, by=None)
    lines = ModelLogEntry.objects.order_by("pk").values_list("action", "data")
    assert list(lines) == [
        ("drafts.start", {"survey": "proef"}),
        ("drafts.change_question", {"revision": 2}),
        ("drafts.lock_core", {"survey": "proef", "question": "deel"}),
        ("drafts.unlock_core", {"survey": "proef", "question": "deel"}),
        ("drafts.bank", {"question": "fte"}),
        ("drafts.take_from_bank", {"revision": 3, "question": "fte"}),
        ("drafts.unbank", {"question": "fte"}),
        ("drafts.publish", {"survey": "proef", "number": 2}),
        ("drafts.import", {"survey": "proef"}),
        ("drafts.discard", {"survey": "proef", "revision": 1}),
    ]
