"""What organisations may let know of a case, what is refused, and what becomes of it when they change their mind."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from practices.models import Reaction
from practices.reactions.lifecycle import MOST_WAITING, ReactionRefused, withdraw
from practices.reactions.moderation import hide, publish, refuse
from surveys.accounts.models import Membership, Organisation, Person
from tests.accounts.people import make_member
from tests.practices.reactions.factories import (
    LEIDEN,
    REGION,
    UTRECHT,
    WORDS,
    ZAANSTAD,
    let_know,
    make_case,
    make_editor,
    make_gerda,
    move_case,
    place,
    write_comment,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]

Role, Kind, Status = Membership.Role, Reaction.Kind, Reaction.Status


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def gerda():
    return make_gerda()


def list_lines() -> list[tuple[str, object]]:
    lines = ModelLogEntry.objects.filter(action__startswith="reaction.").order_by("pk")
    return [(line.action, line.user_id) for line in lines]


# --- Wij doen dit ook ---


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CONTRIBUTOR])
def test_who_fills_in_for_an_organisation_lets_know_that_it_does_this_too(role, case):
    gerda = make_gerda(role)
    said = let_know(case, by=gerda)
    stored = Reaction.objects.get()
    assert stored == said
    assert (stored.status, stored.kind, stored.since, stored.text) == ("waiting", "does", 2024, WORDS)
    assert (stored.organisation_id, stored.organisation_name) == (ZAANSTAD, "Gemeente Zaanstad")
    assert (stored.written_by, stored.revision) == (gerda, 1)
    assert list_lines() == [("reaction.adopt", gerda.pk)]
    line = ModelLogEntry.objects.get(action="reaction.adopt")
    assert line.data == {"page": case.pk, "organisation": ZAANSTAD, "kind": "does", "is_new": True}
    assert WORDS not in f"{line.label} {line.data}"


def test_a_youth_region_may_do_it_too_and_is_not_one_of_its_municipalities(case):
    rens = make_member("rens@rijnland.example", organisation=REGION)
    move_case(case, municipalities=[LEIDEN], youth_regions=[])
    assert let_know(case, by=rens, organisation=REGION).organisation_name == "Jeugdregio Holland Rijnland"


@pytest.mark.parametrize("organisation", [UTRECHT, REGION])
def test_who_the_case_is_about_cannot(organisation, case):
    move_case(case, municipalities=[UTRECHT], youth_regions=[REGION])
    person = make_member(organisation=organisation)
    with pytest.raises(ReactionRefused, match="over uw eigen organisatie"):
        let_know(case, by=person, organisation=organisation)
    assert not Reaction.objects.exists()


def test_a_reader_and_a_stranger_cannot(case):
    for person in (make_gerda(Role.READER), make_member("lotte@leiden.example", organisation=LEIDEN)):
        for write in (let_know, write_comment):
            with pytest.raises(ReactionRefused, match=r"niet \(meer\) laten weten namens"):
                write(case, by=person)
    assert not Reaction.objects.exists()
    assert list_lines() == []


def test_who_left_meanwhile_cannot(case, gerda):
    gerda.memberships.all().delete()
    with pytest.raises(ReactionRefused):
        write_comment(case, by=gerda)


def test_saying_the_same_again_changes_nothing(case, gerda):
    place(let_know(case, by=gerda))
    again = let_know(case, by=gerda)
    assert (again.status, again.revision) == (Status.PUBLISHED, 1)
    assert Reaction.objects.count() == 1
    assert len(list_lines()) == 2


def test_a_colleague_changes_it_and_it_waits_again(case, gerda):
    place(let_know(case, by=gerda))
    Organisation.objects.filter(pk=ZAANSTAD).update(name="Zaanstreek")
    cor = make_member("cor@zaanstad.example")
    changed = let_know(case, by=cor, kind=Kind.STOPPED, since=2025, text="")
    stored = Reaction.objects.get()
    assert stored == changed
    assert (stored.kind, stored.since, stored.text) == ("stopped", 2025, "")
    assert (stored.status, stored.revision, stored.written_by) == (Status.WAITING, 2, cor)
    assert stored.organisation_name == "Gemeente Zaanstreek"
    assert ModelLogEntry.objects.filter(action="reaction.adopt").latest("pk").data["is_new"] is False


def test_what_was_refused_waits_again_once_it_is_changed(case, gerda):
    refuse(let_know(case, by=gerda), revision=1, reason="Te vaag", by=None)
    changed = let_know(case, by=gerda, text="Met drie scholen.")
    assert (changed.status, changed.reason) == (Status.WAITING, "")


def test_an_organisation_keeps_the_name_it_had(case, gerda):
    let_know(case, by=gerda)
    Organisation.objects.filter(pk=ZAANSTAD).update(name="Zaanstreek")
    assert Reaction.objects.get().signature == "Gemeente Zaanstad"


def test_the_database_keeps_one_adoption_per_organisation_and_case(case, gerda):
    let_know(case, by=gerda)
    row = Reaction.objects.values().get()
    row.pop("id")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(**row)
    Reaction.objects.create(**row | {"kind": Kind.COMMENT, "since": None})
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(**row | {"kind": Kind.COMMENT, "since": None, "text": ""})
    other = make_case("elders")
    assert let_know(other, by=gerda).page_id == other.pk


# --- Comments ---


def test_a_comment_is_stored_once_and_waits(case, gerda):
    written = write_comment(case, by=gerda, function="beleidsadviseur", shows_name=True)
    assert write_comment(case, by=gerda) == written
    stored = Reaction.objects.get()
    assert (stored.status, stored.kind, stored.since) == (Status.WAITING, Kind.COMMENT, None)
    assert stored.signature == "Gerda Smit, beleidsadviseur, Gemeente Zaanstad"
    assert list_lines() == [("reaction.comment", gerda.pk)]


def test_the_place_that_the_case_is_about_may_comment(case):
    uma = make_member("uma@utrecht.example", organisation=UTRECHT)
    assert write_comment(case, by=uma, organisation=UTRECHT).organisation_name == "Gemeente Utrecht"


def test_nobody_has_more_than_a_few_that_wait(case, gerda):
    for number in range(MOST_WAITING):
        write_comment(case, by=gerda, text=f"Vraag {number}")
    with pytest.raises(ReactionRefused, match="Er wachten al 5 reacties van u op de redactie"):
        write_comment(case, by=gerda, text="Nog een vraag")
    # Whoever waits already is answered, colleagues are not kept waiting, and an adoption is no comment.
    assert write_comment(case, by=gerda, text="Vraag 0").text == "Vraag 0"
    write_comment(case, by=make_member("cor@zaanstad.example"), text="Nog een vraag")
    let_know(case, by=gerda)
    place(Reaction.objects.filter(text="Vraag 0").get())
    write_comment(case, by=gerda, text="Nog een vraag")
    assert Reaction.objects.count() == MOST_WAITING + 3


@pytest.mark.parametrize(
    ("shows_name", "function", "signature"),
    [
        (False, "", "Gemeente Zaanstad"),
        (False, "adviseur", "adviseur, Gemeente Zaanstad"),
        (True, "", "Gerda Smit, Gemeente Zaanstad"),
    ],
)
def test_a_person_is_named_only_when_they_want(shows_name, function, signature, case, gerda):
    written = write_comment(case, by=gerda, shows_name=shows_name, function=function)
    assert written.signature == signature


def test_when_an_account_is_deleted_the_organisation_alone_remains(case, gerda):
    written = place(write_comment(case, by=gerda, shows_name=True, function="adviseur"))
    gerda.delete()
    written = Reaction.objects.get(pk=written.pk)
    assert (written.status, written.signature) == (Status.PUBLISHED, "Gemeente Zaanstad")
    mail.outbox.clear()
    hide(written, revision=1, reason="Verouderd", by=None)
    assert mail.outbox == []


# --- Taking it back ---


@pytest.mark.parametrize("placed", [False, True])
def test_the_author_takes_a_comment_back_also_after_leaving(placed, case, gerda):
    written = write_comment(case, by=gerda)
    if placed:
        place(written)
    gerda.memberships.all().delete()
    withdraw(written, by=gerda)
    withdraw(written, by=gerda)
    assert not Reaction.objects.exists()
    assert [action for action, _ in list_lines()].count("reaction.withdraw") == 1


def test_nobody_else_takes_a_comment_back(case, gerda):
    written = write_comment(case, by=gerda)
    with pytest.raises(ReactionRefused, match="alleen uw eigen reacties"):
        withdraw(written, by=make_member("cor@zaanstad.example"))
    assert Reaction.objects.exists()


def test_any_coordinator_takes_an_adoption_back_and_nobody_else(case, gerda):
    said = let_know(case, by=gerda)
    for other in (gerda, make_member("lotte@leiden.example", organisation=LEIDEN)):
        with pytest.raises(ReactionRefused, match="Alleen een coördinator van de organisatie"):
            withdraw(said, by=other)
    cor = make_member("cor@zaanstad.example")
    withdraw(said, by=cor)
    assert not Reaction.objects.exists()
    assert list_lines()[-1] == ("reaction.withdraw", cor.pk)
    assert let_know(case, by=gerda).revision == 1


# --- Deciding ---


def test_an_editor_places_it_and_the_author_gets_a_mail(case, gerda, django_capture_on_commit_callbacks):
    rita = make_editor()
    written = let_know(case, by=gerda)
    at = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        placed = publish(written, revision=1, by=rita, at=at)
    assert (placed.status, placed.decided_by, placed.decided_at) == (Status.PUBLISHED, rita, at)
    assert list_lines()[-1] == ("reaction.publish", rita.pk)
    (message,) = mail.outbox
    assert message.to == [gerda.email]
    assert message.subject == "Uw reactie staat op de site"
    assert "namens Gemeente Zaanstad liet weten bij het voorbeeld ‘Samen in Utrecht’" in message.body
    assert "http://localhost:8000/praktijkvoorbeelden/utrecht/reageren/" in message.body
    assert message.body.rstrip().count("http://localhost:8000/praktijkvoorbeelden/utrecht/\n") == 1


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (refuse, ("Uw reactie staat niet op de site", "De redactie plaatst niet wat u namens")),
        (hide, ("Uw reactie staat niet meer op de site", "De redactie heeft van de site gehaald wat u")),
    ],
)
def test_who_wrote_it_reads_why_it_is_not_there(
    decide, said, case, gerda, django_capture_on_commit_callbacks
):
    reason = "Er staat een <b>naam</b> in & dat kan niet."
    written = write_comment(case, by=gerda)
    if decide is hide:
        place(written)
    with django_capture_on_commit_callbacks(execute=True):
        decided = decide(written, revision=1, reason=reason, by=make_editor())
    assert (decided.reason, decided.status) == (reason, Status.HIDDEN if decide is hide else Status.REFUSED)
    message = mail.outbox[-1]
    subject, words = said
    assert (message.to, message.subject) == ([gerda.email], subject)
    assert words in message.body
    assert f"De reden: {reason}" in message.body
    assert "&lt;b&gt;naam&lt;/b&gt; in &amp; dat" in message.alternatives[0].content
    line = ModelLogEntry.objects.filter(action=f"reaction.{decide.__name__}").get()
    assert line.data["reason"] == reason


@pytest.mark.parametrize("before", [refuse, hide])
def test_an_editor_can_come_back_to_it(before, case, gerda):
    written = write_comment(case, by=gerda)
    if before is hide:
        place(written)
    before(written, revision=1, reason="Vergissing", by=None)
    placed = place(written)
    assert (placed.status, placed.reason) == (Status.PUBLISHED, "")


@pytest.mark.parametrize(
    ("already", "decide"),
    [
        (("publish",), "publish"),
        (("publish",), "refuse"),
        (("refuse",), "refuse"),
        (("refuse",), "hide"),
        ((), "hide"),
        (("publish", "hide"), "hide"),
    ],
)
def test_what_was_decided_already_is_not_decided_again(already, decide, case, gerda):
    verbs = {"publish": publish, "refuse": refuse, "hide": hide}

    def take(name):
        rest = {} if name == "publish" else {"reason": "Daarom"}
        return verbs[name](written, revision=1, by=None, **rest)

    written = write_comment(case, by=gerda)
    for name in already:
        take(name)
    before = Reaction.objects.values().get()
    mail.outbox.clear()
    with pytest.raises(ReactionRefused, match="Een collega was u voor"):
        take(decide)
    assert Reaction.objects.values().get() == before
    assert mail.outbox == []


def test_a_decision_is_on_what_was_read(case, gerda):
    said = let_know(case, by=gerda)
    let_know(case, by=gerda, text="Heel iets anders.")
    for decide, rest in ((publish, {}), (refuse, {"reason": "Nee"})):
        with pytest.raises(ReactionRefused, match="intussen veranderd"):
            decide(said, revision=1, by=None, **rest)
    assert Reaction.objects.get().status == Status.WAITING


def test_what_was_withdrawn_is_not_decided_on(case, gerda):
    written = write_comment(case, by=gerda)
    withdraw(Reaction.objects.get(), by=gerda)
    with pytest.raises(ReactionRefused, match="intussen ingetrokken"):
        publish(written, revision=1, by=None)


def test_an_editor_sees_the_lines_in_the_history_and_a_researcher_does_not(case, gerda):
    place(let_know(case, by=gerda))
    rita = make_editor()
    seen = ModelLogEntry.objects.viewable_by_user(rita)
    assert set(seen.values_list("action", flat=True)) >= {"reaction.adopt", "reaction.publish"}
    assert not ModelLogEntry.objects.viewable_by_user(make_member("otto@x.example")).exists()


def test_deleting_a_case_takes_its_reactions_along_and_an_organisation_stays(case, gerda):
    let_know(case, by=gerda)
    case.delete()
    assert not Reaction.objects.exists()
    assert Permission.objects.filter(codename="moderate_reaction").exists()
    assert Person.objects.filter(pk=gerda.pk).exists()
