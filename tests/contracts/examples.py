"""What the example paths of the matrix refer to, in the demo world."""

import re

from django.core import mail
from django.utils import timezone

from practices.contributing.lifecycle.submitting import submit_contribution
from practices.models import Audience, Contribution, PracticePage, Theme
from surveys.accounts.models import Membership, Organisation, Person
from surveys.downloads.models import ExportJob
from surveys.downloads.storage import locate_file
from surveys.drafts.bank import put_in_bank
from surveys.drafts.lifecycle import lock_core_question, start_draft
from surveys.outreach.default_plan import PlannedStep
from surveys.outreach.lifecycle.contacts import ContactDetails, set_contact
from surveys.outreach.lifecycle.mailings import address_contact, draw_up_mailing
from surveys.outreach.lifecycle.reminder_plan import add_step
from surveys.outreach.models import Purpose
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.evidence import locate_evidence
from surveys.responses.lifecycle.reopening import request_reopening
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import start_response
from surveys.responses.models import EvidenceFile, Response
from surveys.results.comparison.lifecycle import make_group
from surveys.teamwork.lifecycle.invitations import invite_colleague
from tests.coding.factories import code_everything
from tests.practices.contributing.worlds import begin as begin_case
from tests.practices.reactions.factories import let_know, write_comment

PEOPLE = {
    "coordinator": "gemeente@demo.example",
    "other_coordinator": "regio@demo.example",
    "reader": "lezer@demo.example",
    "researcher": "onderzoeker@demo.example",
    "editor": "redactie@demo.example",
}


def make_examples() -> dict[str, object]:
    """One of everything that an address can be about, by its name in the paths."""
    people = {role: Person.objects.get(email=email) for role, email in PEOPLE.items()}
    wave = Wave.objects.select_related("version").get(code="2026")
    start_response(wave, organisation=Organisation.objects.get(pk="GM0479"), by=people["coordinator"])
    submitted = wave.responses.filter(status=Response.Status.SUBMITTED).first()
    region = Organisation.objects.filter(kind=Organisation.Kind.YOUTH_REGION).exclude(pk="JZ18").first()
    for role in (Membership.Role.COORDINATOR, Membership.Role.READER):
        for organisation in (submitted.organisation, region):
            Membership.objects.create(person=people[role], organisation=organisation, role=role)
    spokesman = wave.frame.get(municipality="GM0479").youth_region_id
    speaking = start_response(wave, organisation=Organisation.objects.get(pk=spokesman), by=None)
    speaking.municipalities.add("GM0479")
    request_reopening(submitted, by=None, reason="Nog een wijziging")
    job = ExportJob.objects.create(
        owner=people["researcher"],
        wave=wave,
        content=ExportJob.Content.RESULTS,
        unit="response",
        format=ExportJob.Format.CSV,
        status=ExportJob.Status.DONE,
        file_name="permissions.csv",
        description={"dc:title": "Proef"},
    )
    locate_file(job).write_text("n", encoding="utf-8")
    evidence = EvidenceFile.objects.create(
        response=Response.objects.get(wave=wave, organisation="GM0479"),
        question=wave.version.questions.first(),
        name="plan.pdf",
        content_type="application/pdf",
        size=3,
        uploaded_at=timezone.now(),
    )
    locate_evidence(evidence).write_bytes(b"pdf")
    invitation = invite_colleague(
        Organisation.objects.get(pk="GM0479"),
        wave,
        email="nieuw@demo.example",
        role=Membership.Role.READER,
        by=people["coordinator"],
    )
    contact = set_contact(wave, ContactDetails("GM0479", "jeugd@demo.example"))
    mailing = draw_up_mailing(wave, purpose=Purpose.INVITATION, recipients=[address_contact(contact)])
    step = add_step(wave, PlannedStep("hard", 90, "almost", "reminder_last"))
    coded = code_everything(
        Wave.objects.select_related("version__survey").get(code="2022"),
        question="afronding_opmerkingen",
        coder=people["researcher"],
    )
    practice_answer = answer_practice(wave, by=people["coordinator"])
    case = PracticePage.objects.live().exclude(municipalities="GM0479").first()
    definition = load_definition(wave.version)
    asked = definition.questions[next(iter(definition.questions))]
    concept = start_draft(survey=definition.survey, title="Concept", based_on=wave.version, by=None)
    core = lock_core_question(wave.version.survey, question=asked.code, reason="Reeks", by=None)
    return {
        "concept": concept.pk,
        "part": definition.sections[0].code,
        "banked": put_in_bank(asked, by=None).pk,
        "core": core.pk,
        "round": coded.round_id,
        "assignment": coded.pk,
        "text": coded.codings.first().answer_id,
        "draft": "GM0479",
        "mailing": mailing.pk,
        "message": mailing.messages.get().pk,
        "step": step.pk,
        "submitted": submitted.organisation_id,
        "receipt": submitted.receipt_code,
        "question": next(iter(load_definition(submitted.version).questions)),
        "region": region.pk,
        "group": make_group("Buren", municipalities=["GM0479", "GM0363"], by=people["coordinator"]).pk,
        "member": Membership.objects.get(person=people["reader"], organisation="GM0479").pk,
        "invitation": invitation.pk,
        "token": re.search(r"/uitnodiging/([\w-]+)/", mail.outbox[-1].body)[1],
        "job": job.pk,
        "evidence": evidence.pk,
        "survey": wave.version.survey_id,
        "number": wave.version.number,
        "person": people["coordinator"].pk,
        "practice_question": practice_answer,
        "contribution": begin_case(by=people["coordinator"]).pk,
        "asked": ask_place(editor=people["editor"]).pk,
        "audience": Audience.objects.create(code="ongebruikt", name="Ongebruikt", position=99).pk,
        "theme": Theme.objects.create(code="ongebruikt", name="Ongebruikt", position=99).pk,
        "practice": case.slug,
        "case": case.pk,
        "comment": write_comment(case, by=people["coordinator"]).pk,
        "reaction": let_know(case, by=people["coordinator"]).pk,
    }


def answer_practice(wave: Wave, *, by: Person) -> str:
    """The code of a question to which Zaanstad told a practice."""
    response = Response.objects.get(wave=wave, organisation="GM0479")
    closed = AnswerValue(AnswerState.GIVEN, (ChosenOption("ja"),))
    words = AnswerValue(AnswerState.GIVEN, text="Een jeugdhulpverlener in elke school.")
    changes = [AnswerChange("reikwijdte_beperken", closed, 0), AnswerChange("reikwijdte_praktijk", words, 0)]
    assert not save_answers(response, changes=changes, by=by).conflicts
    return "reikwijdte_praktijk"


def ask_place(*, editor: Person) -> Contribution:
    """A case of a colleague who coordinates nothing, that waits for the coordinator of Zaanstad."""
    colleague = Person.objects.get(email="collega@demo.example")
    contribution = begin_case(by=colleague)
    page = submit_contribution(contribution, by=colleague)
    step = page.current_workflow_task_state
    step.task.specific.on_action(step, editor, "approve")
    return contribution
