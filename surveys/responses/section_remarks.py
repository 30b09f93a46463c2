"""Gathers what the questions of a section show besides their fields, in a fixed number of queries."""

from collections.abc import Mapping

from django.urls import reverse

from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.queries import load_codes
from surveys.questionnaire.rules import Finding, check_rules
from surveys.responses.access import SurveyAccess
from surveys.responses.carrying_over import PreviousAnswer, list_previous_values, offer_previous_answers
from surveys.responses.follow_up import list_clarifications
from surveys.responses.models import Response
from surveys.responses.pages import SurveyPage
from surveys.responses.queries import StoredAnswer, list_covered, load_deviations, load_histories
from surveys.responses.remarks import (
    DeviationRemark,
    FindingRemark,
    NotesRemark,
    QuestionRemarks,
    describe_conflicts,
    describe_findings,
    describe_offer,
)
from surveys.responses.wording import describe_answer
from surveys.teamwork.queries import count_notes


def load_remarks(page: SurveyPage, *, section: SectionDefinition) -> dict[str, QuestionRemarks]:
    """By question code, for somebody who may save."""
    access = page.access
    offers = load_offers(access, answers=page.answers)
    findings = judge_answers(access, answers=page.answers)
    notes = count_notes(access.wave, organisation=access.organisation)
    deviations = load_deviation_lines(page)
    clarifications = load_open_clarifications(access, section=section)
    remarks = {}
    for question in section.questions:
        code = question.code
        stored, offer = page.answers.get(code), offers.get(code)
        remarks[code] = QuestionRemarks(
            conflicts=describe_conflicts(question, conflicts=page.conflicts),
            findings=describe_findings(question, findings=findings, stored=stored) if stored else [],
            offer=describe_offer(question, offer=offer, seen_revision=stored.revision if stored else 0)
            if offer
            else None,
            deviations=DeviationRemark(page.link("deviations", question=code), deviations.get(code, []))
            if access.is_region
            else None,
            notes=NotesRemark(link_notes(access, question=code), notes.get(code, 0)),
            clarifications=clarifications.get(code, []),
            clarifications_url=page.link("clarifications"),
            corrections=page.correction_lines.get(code, []),
        )
    return remarks


def load_offers(access: SurveyAccess, *, answers: Mapping[str, StoredAnswer]) -> dict[str, PreviousAnswer]:
    """What was answered before, to the questions that have no answer yet."""
    return offer_previous_answers(
        access.wave,
        organisation=access.organisation,
        version=access.version,
        response=access.response,
        answered={code for code, each in answers.items() if each.value.state is not AnswerState.BLANK},
    )


def judge_answers(access: SurveyAccess, *, answers: Mapping[str, StoredAnswer]) -> list[Finding]:
    """What the rules say of the answers that are asked."""
    values = {code: each.value for code, each in answers.items() if each.is_routed}
    return check_rules(access.definition, values=values, previous=load_comparable_values(access))


def load_findings(
    access: SurveyAccess, response: Response, *, question: QuestionDefinition
) -> list[FindingRemark]:
    """What the rules say of one answer; of the others it loads only those that the rules refer to."""
    if not (question.is_number or question.kind == "matrix" or question.rules):
        return []
    ids = load_codes(response.version).questions
    codes = {question.code, *(rule.other for rule in question.rules if rule.other)}
    held = load_histories(response, questions={ids[code]: code for code in codes}, revisions=(), keys=())
    answers = {code: each.current for (code, municipality), each in held.items() if not municipality}
    if question.code not in answers:
        return []
    findings = judge_answers(access, answers=answers)
    return describe_findings(question, findings=findings, stored=answers[question.code])


def load_comparable_values(access: SurveyAccess) -> dict[str, AnswerValue]:
    return list_previous_values(access.wave, organisation=access.organisation, version=access.version)


def load_deviation_lines(page: SurveyPage) -> dict[str, list[str]]:
    """Per question what a region said of single municipalities: "Leiden: Nee", or that there are two answers."""
    response = page.access.response
    if response is None or not page.access.is_region:
        return {}
    names = {each.municipality_id: each.name for each in list_covered(response)}
    contested = {(conflict.question, conflict.municipality) for conflict in page.conflicts}
    lines: dict[str, list[str]] = {}
    for (code, municipality), stored in load_deviations(response).items():
        if municipality in names and code in page.definition.questions:
            is_contested = (code, municipality) in contested
            answer = (
                "kies uit twee antwoorden"
                if is_contested
                else describe_answer(page.definition.questions[code], stored.value)
            )
            lines.setdefault(code, []).append(f"{names[municipality]}: {answer}")
    return lines


def load_open_clarifications(access: SurveyAccess, *, section: SectionDefinition) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if access.response:
        for each in list_clarifications(access.response, sections=[section.code]):
            if each.is_open:
                found.setdefault(each.question.code, []).append(each.text)
    return found


def link_notes(access: SurveyAccess, *, question: str) -> str:
    return reverse("teamwork:notes", args=[access.wave.code, access.organisation.code, question])
