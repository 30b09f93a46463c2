"""A contributed case on its way: from the pen to the editors, the places and the public, and back."""

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import WorkflowState

from practices.contributing.lifecycle.consenting import give_consent, withhold_consent
from practices.contributing.lifecycle.refusals import (
    ContributionRefused,
    NotDue,
    NotReady,
    NotWaiting,
    NotYours,
    PenAway,
)
from practices.contributing.lifecycle.submitting import begin_change, submit_contribution
from practices.contributing.lifecycle.writing import save_words
from practices.contributing.stages import Stage
from practices.models import PlaceConsent, PracticePage
from practices.terms import Status
from surveys.accounts.models import Organisation
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    HILLEGOM,
    LEIDEN,
    READER,
    REGION,
    ZAANSTAD,
    begin,
    find_stage,
    list_mails,
    make_editor,
    make_library,
    make_person,
    write_words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    make_library()


@pytest.fixture
def rita():
    return make_editor()


@pytest.fixture
def cor():
    """Writes for Zaanstad and coordinates nothing."""
    return make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)


@pytest.fixture
def gerda():
    return make_person("Gerda", organisation=ZAANSTAD)


def act(contribution, editor, action, **data):
    """As the page editor of the administration does."""
    page = PracticePage.objects.get(contribution=contribution)
    step = page.current_workflow_task_state
    step.task.specific.on_action(step, editor, action, **data)
    contribution.refresh_from_db()


def place(code):
    return Organisation.objects.get(pk=code)


def read_public(contribution):
    return PracticePage.objects.live().filter(contribution=contribution).first()


def test_from_a_draft_to_the_public_with_a_mail_at_each_step(rita, cor, gerda):
    contribution = begin(cor)
    assert (find_stage(contribution), list_mails()) == (Stage.DRAFT, [])

    submit_contribution(contribution, by=cor)
    assert find_stage(contribution) == Stage.SUBMITTED
    assert list_mails() == [("rita", "Ingezonden: Jeugdhulp in de school")]

    act(contribution, rita, "take")
    assert find_stage(contribution) == Stage.WITH_EDITOR
    assert list_mails() == [("cor", "De redactie kijkt naar uw voorbeeld: Jeugdhulp in de school")]

    act(contribution, rita, "approve")
    assert find_stage(contribution) == Stage.AT_PLACE
    assert list_mails() == [
        ("cor", "Uw voorbeeld is goedgekeurd door de redactie: Jeugdhulp in de school"),
        ("gerda", "Mag dit openbaar? Jeugdhulp in de school"),
    ]
    assert read_public(contribution) is None

    give_consent(contribution, place=place(ZAANSTAD), by=gerda)
    assert find_stage(contribution) == Stage.PUBLISHED
    assert list_mails() == [("cor", "Uw voorbeeld is openbaar: Jeugdhulp in de school")]
    page = read_public(contribution)
    assert page.url == "/praktijkvoorbeelden/jeugdhulp-in-de-school-zaanstad/"
    assert (page.place_label, page.year, [theme.pk for theme in page.themes.all()]) == (
        "Zaanstad",
        2025,
        ["onderwijs-zorg"],
    )
    assert [str(source) for source in page.sources.all()] == ["Ingezonden door Gemeente Zaanstad"]


def test_two_cases_with_one_title_have_an_address_each(rita, gerda):
    for _ in range(2):
        contribution = begin(gerda)
        submit_contribution(contribution, by=gerda)
        act(contribution, rita, "approve")
    slugs = PracticePage.objects.live().values_list("slug", flat=True)
    assert sorted(slugs) == ["jeugdhulp-in-de-school-zaanstad", "jeugdhulp-in-de-school-zaanstad-1"]


def test_a_coordinator_who_wrote_it_has_agreed_by_writing(rita, gerda):
    contribution = begin(gerda)
    submit_contribution(contribution, by=gerda)
    list_mails()
    act(contribution, rita, "approve")
    assert find_stage(contribution) == Stage.PUBLISHED
    assert list_mails() == [("gerda", "Uw voorbeeld is openbaar: Jeugdhulp in de school")]
    consent = PlaceConsent.objects.get()
    assert (consent.organisation_id, consent.given_by) == (ZAANSTAD, gerda)


def test_questions_open_the_form_again_and_the_answer_resumes_where_it_was(rita, cor):
    contribution = begin(cor)
    submit_contribution(contribution, by=cor)
    list_mails()
    act(contribution, rita, "reject", comment="Om hoeveel scholen gaat het?")
    assert find_stage(contribution) == Stage.BACK
    assert list_mails() == [("cor", "Vragen over uw voorbeeld: Jeugdhulp in de school")]
    write_words(contribution, by=cor, outline="Op vier scholen\nDrie dagen per week")
    submit_contribution(contribution, by=cor)
    assert find_stage(contribution) == Stage.SUBMITTED
    assert list_mails() == [("rita", "Opnieuw ingezonden: Jeugdhulp in de school")]
    assert WorkflowState.objects.count() == 1
    page = PracticePage.objects.get(contribution=contribution).get_latest_revision_as_object()
    assert [item.value for item in page.outline] == ["Op vier scholen", "Drie dagen per week"]


def test_what_an_editor_wrote_comes_back_with_the_pen_and_stays(rita, cor):
    contribution = begin(cor, figures="ruim 30 %: minder verwijzingen in 2025")
    submit_contribution(contribution, by=cor)
    page = PracticePage.objects.get(contribution=contribution).get_latest_revision_as_object()
    page.summary = "Een duidelijker zin."
    page.lessons = [("item", "Begin klein\nen dan groter")]
    fact = page.facts.get()
    fact.wording, fact.low, fact.qualifier, fact.unit = "", 30, "over", "%"
    page.facts.set([fact])
    page.save_revision(user=rita)
    act(contribution, rita, "reject", comment="Welk jaar?")
    assert (contribution.summary, contribution.lessons) == (
        "Een duidelijker zin.",
        "Begin klein en dan groter",
    )
    write_words(contribution, by=cor, year="2024")
    submit_contribution(contribution, by=cor)
    page = PracticePage.objects.get(contribution=contribution).get_latest_revision_as_object()
    assert (page.year, page.summary) == (2024, "Een duidelijker zin.")
    assert [item.value for item in page.lessons] == ["Begin klein\nen dan groter"]
    assert (page.facts.get().low, page.facts.get().qualifier) == (30, "over")


def test_a_place_sends_it_back_and_the_editors_look_again(rita, cor, gerda):
    contribution = begin(cor)
    submit_contribution(contribution, by=cor)
    act(contribution, rita, "approve")
    list_mails()
    withhold_consent(contribution, by=gerda, comment="Het zijn er vijf.")
    assert find_stage(contribution) == Stage.BACK
    assert list_mails() == [("cor", "Vragen over uw voorbeeld: Jeugdhulp in de school")]
    contribution.refresh_from_db()
    submit_contribution(contribution, by=cor)
    assert find_stage(contribution) == Stage.SUBMITTED


def test_every_municipality_it_names_must_agree_in_the_same_round(rita, gerda):
    lotte, hil = make_person("Lotte", organisation=LEIDEN), make_person("Hil", organisation=HILLEGOM)
    rens = make_person("Rens", organisation=REGION)
    contribution = begin(rens, REGION, municipalities=(LEIDEN, HILLEGOM))
    submit_contribution(contribution, by=rens)
    act(contribution, rita, "approve")
    assert {to for to, subject in list_mails() if subject.startswith("Mag dit")} == {"lotte", "hil"}
    give_consent(contribution, place=place(LEIDEN), by=lotte)
    assert find_stage(contribution) == Stage.AT_PLACE
    withhold_consent(contribution, by=hil, comment="Niet zo.")
    contribution.refresh_from_db()
    submit_contribution(contribution, by=rens)
    act(contribution, rita, "approve")
    give_consent(contribution, place=place(HILLEGOM), by=hil)
    assert find_stage(contribution) == Stage.AT_PLACE, "Leiden agreed with an earlier text"
    give_consent(contribution, place=place(LEIDEN), by=lotte)
    assert read_public(contribution).place_label == "Hillegom, Leiden"


def test_a_region_without_municipalities_is_its_own_place(rita):
    rens = make_person("Rens", organisation=REGION)
    contribution = begin(rens, REGION)
    submit_contribution(contribution, by=rens)
    act(contribution, rita, "approve")
    page = read_public(contribution)
    assert (page.place_kind, page.place_label) == ("region", "Jeugdregio Holland Rijnland")
    assert [region.pk for region in page.youth_regions.all()] == [REGION]


def test_an_editor_notes_the_consent_of_a_place_without_a_coordinator_with_a_reason(rita, cor):
    contribution = begin(cor)
    submit_contribution(contribution, by=cor)
    list_mails()
    act(contribution, rita, "approve")
    assert ("rita", "Geen coördinator voor toestemming: Jeugdhulp in de school") in list_mails()
    with pytest.raises(ContributionRefused, match="Schrijf op wie"):
        give_consent(contribution, place=place(ZAANSTAD), by=rita, reason="  ")
    give_consent(contribution, place=place(ZAANSTAD), by=rita, reason="Wethouder mailde 1 november.")
    assert find_stage(contribution) == Stage.PUBLISHED


def test_nobody_else_agrees_for_a_place(rita, cor, gerda):
    contribution = begin(cor)
    with pytest.raises(NotWaiting):
        give_consent(contribution, place=place(ZAANSTAD), by=gerda)
    submit_contribution(contribution, by=cor)
    act(contribution, rita, "approve")
    lotte = make_person("Lotte", organisation=LEIDEN)
    reader = make_person("Lea", organisation=ZAANSTAD, role=READER)
    for person in (cor, lotte, reader, rita):
        with pytest.raises(ContributionRefused):
            give_consent(contribution, place=place(ZAANSTAD), by=person, reason="Mag")
    with pytest.raises(NotWaiting):
        give_consent(contribution, place=place(LEIDEN), by=lotte)
    for person in (cor, lotte, reader):
        with pytest.raises(ContributionRefused):
            withhold_consent(contribution, by=person, comment="Nee")
    with pytest.raises(ContributionRefused):
        withhold_consent(contribution, by=gerda, comment=" ")
    assert find_stage(contribution) == Stage.AT_PLACE


def test_what_is_sent_in_cannot_be_written_in_or_sent_in_again(rita, cor):
    contribution = begin(cor)
    submit_contribution(contribution, by=cor)
    with pytest.raises(PenAway):
        save_words(contribution, typed={"title": "Anders"}, begun={}, by=cor)
    with pytest.raises(PenAway):
        submit_contribution(contribution, by=cor)
    with pytest.raises(NotDue):
        begin_change(contribution, by=cor)


@pytest.mark.parametrize("role", [None, READER])
def test_only_who_writes_for_the_organisation_may(role, cor):
    contribution = begin(cor)
    other = make_person("Lea", organisation=ZAANSTAD if role else LEIDEN, role=role or CONTRIBUTOR)
    for verb in (
        lambda: save_words(contribution, typed={"title": "Anders"}, begun={}, by=other),
        lambda: submit_contribution(contribution, by=other),
        lambda: begin_change(contribution, by=other),
    ):
        with pytest.raises(NotYours):
            verb()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": ""}, "Geef uw voorbeeld een titel."),
        ({"themes": ()}, "Kies ten minste één maatregel of een ander thema."),
        ({"municipalities": ()}, "Kies over welke gemeente het gaat."),
        ({"contact": ""}, "Noem een bron, of een team waar een collega terecht kan."),
        ({"figures": "heel veel minder"}, "Bij ‘Feiten en cijfers’"),
        ({"figures": f"{'9' * 61}: te lang"}, "Bij ‘Feiten en cijfers’"),
        (
            {"contact": "", "source": "Plan", "contact_email": "jeugd@zaanstad.example"},
            "Vul ook in bij welk team",
        ),
    ],
)
def test_what_misses_something_is_not_sent_in(change, problem, cor):
    contribution = begin(cor, **change)
    with pytest.raises(NotReady) as refusal:
        submit_contribution(contribution, by=cor)
    assert len(refusal.value.problems) == 1
    assert refusal.value.problems[0].startswith(problem)
    assert not PracticePage.objects.exists()


def test_an_address_that_is_no_web_page_never_reaches_a_page(cor):
    contribution = begin(cor)
    type(contribution).objects.update(link_url="javascript:alert(1)")
    contribution.refresh_from_db()
    with pytest.raises(NotReady, match="nog niet klaar"):
        submit_contribution(contribution, by=cor)


def test_a_change_goes_the_same_way_and_the_public_page_stays_until_then(rita, gerda):
    contribution = begin(gerda)
    submit_contribution(contribution, by=gerda)
    act(contribution, rita, "approve")
    begin_change(contribution, by=gerda, has_stopped=True)
    assert find_stage(contribution) == Stage.CHANGING
    contribution.refresh_from_db()
    write_words(contribution, by=gerda, title="Gestopt met jeugdhulp in de school")
    submit_contribution(contribution, by=gerda)
    assert find_stage(contribution) == Stage.SUBMITTED
    page = read_public(contribution)
    assert (page.title, page.status) == ("Jeugdhulp in de school", Status.UNKNOWN)
    contribution.refresh_from_db()
    act(contribution, rita, "approve")
    page = read_public(contribution)
    assert (page.title, page.status) == ("Gestopt met jeugdhulp in de school", Status.STOPPED)
    assert find_stage(contribution) == Stage.PUBLISHED


def test_an_editor_publishes_by_the_workflow_and_not_beside_it(rita, gerda):
    contribution = begin(gerda)
    page = submit_contribution(contribution, by=gerda)
    assert not page.permissions_for_user(rita).can_publish()
    act(contribution, rita, "reject", comment="Vraag")
    assert not page.permissions_for_user(rita).can_publish()
    submit_contribution(contribution, by=gerda)
    list_mails()
    page.current_workflow_state.cancel(user=rita)
    assert list_mails() == [
        ("gerda", "De redactie behandelt uw voorbeeld niet verder: Jeugdhulp in de school")
    ]
    assert page.permissions_for_user(rita).can_publish()
    assert find_stage(contribution) == Stage.ENDED
    contribution.refresh_from_db()
    submit_contribution(contribution, by=gerda)
    assert find_stage(contribution) == Stage.SUBMITTED


def test_only_editors_act_and_the_second_of_two_is_refused(rita, gerda):
    contribution = begin(gerda)
    page = submit_contribution(contribution, by=gerda)
    step = page.current_workflow_task_state
    task = step.task.specific
    assert task.get_actions(page, gerda) == []
    assert not task.get_task_states_user_can_moderate(gerda).exists()
    assert [name for name, *_ in task.get_actions(page, rita)] == ["take", "reject", "approve"]
    assert [state.pk for state in task.get_task_states_user_can_moderate(rita)] == [step.pk]
    task.on_action(step, rita, "approve")
    stale = type(step).objects.get(pk=step.pk)
    stale.status = "in_progress"
    with pytest.raises(PermissionDenied):
        task.on_action(stale, rita, "approve")
    assert find_stage(contribution) == Stage.PUBLISHED
