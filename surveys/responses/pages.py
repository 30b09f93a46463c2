"""What the pages of the survey show, put together from what is stored: links, tasks, moments, answers to read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from surveys.accounts.access import SignedInRequest
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.access import SurveyAccess, access_survey
from surveys.responses.corrections import list_corrections, map_correction_lines
from surveys.responses.follow_up import count_open_clarifications
from surveys.responses.forms import name_field
from surveys.responses.models import Response
from surveys.responses.progress import (
    Gap,
    GapKind,
    Status,
    list_routed_questions,
    measure_progress,
)
from surveys.responses.queries import (
    Assignment,
    OpenConflict,
    StoredAnswer,
    list_open_conflicts,
    load_answers,
)
from surveys.responses.region_queries import Delegation, find_delegation
from surveys.responses.wording import (
    describe_answer,
    describe_deadline,
    describe_gap,
    describe_progress,
)

HOME = {"title": "Home", "url": "/"}
MUNICIPALITIES_FIELD = "gemeente"
WAITING = "waiting"  # the status of a section that somebody else is busy with


@dataclass(frozen=True)
class SurveyPage:
    """One page of one organisation's survey, with the answers as they were when the page was asked for."""

    access: SurveyAccess
    definition: Definition
    answers: Mapping[str, StoredAnswer]

    @cached_property
    def values(self) -> dict[str, AnswerValue]:
        return {code: answer.value for code, answer in self.answers.items()}

    @cached_property
    def conflicts(self) -> list[OpenConflict]:
        """The answers that wait for somebody to choose, those of all sections."""
        return list_open_conflicts(self.access.response) if self.access.response else []

    @cached_property
    def delegation(self) -> Delegation | None:
        """What the region answers for the organisation, None when it answers everything itself."""
        return find_delegation(self.access.wave, organisation_code=self.access.organisation.code)

    @property
    def delegated_standing(self) -> tuple[str, str]:
        """How far the region is with a section that is left to it, as in components/status_tag.html."""
        if self.delegation is not None and self.delegation.is_submitted:
            return Status.DONE, "Uw jeugdregio heeft dit ingediend"
        if self.access.is_open:
            return WAITING, "Uw jeugdregio is hiermee bezig"
        return "closed", "Uw jeugdregio heeft dit niet ingediend"

    @cached_property
    def correction_lines(self) -> dict[str, list[str]]:
        """What researchers changed, as sentences by question code."""
        return map_correction_lines(list_corrections(self.access.response))

    @property
    def visible_answers(self) -> dict[str, StoredAnswer]:
        visible = self.access.visible_definition.questions
        return {code: answer for code, answer in self.answers.items() if code in visible}

    @property
    def start_url(self) -> str:
        return self.link("start")

    @property
    def check_url(self) -> str:
        return self.link("check")

    @property
    def receipt_url(self) -> str:
        return self.link("receipt")

    def link(self, name: str, **parts: str) -> str:
        return link_survey(self.access.wave.code, self.access.organisation.code, name, **parts)

    def render(
        self,
        request: SignedInRequest,
        template: str,
        *,
        title: str = "",
        status: int = 200,
        folder: str = "responses",
        **context: Any,
    ) -> HttpResponse:
        """`title` is the page's own name in the breadcrumbs; the start page has none."""
        survey_title = f"{self.access.wave.title} – {self.access.organisation}"
        breadcrumbs = [HOME, {"title": "Vragenlijst invullen", "url": reverse("responses:overview")}]
        if title:
            breadcrumbs.append({"title": survey_title, "url": self.link("start")})
        breadcrumbs.append({"title": title or survey_title})
        return render(
            request,
            f"{folder}/{template}.html",
            {"page": self, "access": self.access, "breadcrumbs": breadcrumbs, **context},
            status=status,
        )

    def list_tasks(self, *, covered: int) -> list[dict[str, str]]:
        """The sections for components/task_list.html; for a region first the choice of municipalities.

        What an organisation leaves to its region is the region's task, until it fills something in itself.
        """
        tasks = []
        undecided = {conflict.question for conflict in self.conflicts}
        asked_back = count_open_clarifications(self.access.response, sections=self.access.sections)
        if self.access.is_region and self.access.sees_everything:
            tasks.append(
                {
                    "code": "",
                    "title": "Voor welke gemeenten antwoordt u?",
                    "url": self.link("municipalities"),
                    "status": Status.DONE if covered else Status.TODO,
                    "label": count_municipalities(covered) if covered else "Nog niet gekozen",
                }
            )
        for progress in measure_progress(self.definition, values=self.values):
            section = progress.section
            if not self.access.may_see(section.code):
                continue
            status, label = str(progress.status), describe_progress(progress)
            if any(question.code in undecided for question in section.questions):
                status, label = "query", "Kies uit twee antwoorden"
            elif section.code in asked_back:
                status, label = "query", "Vraag terug"
            elif (
                self.delegation is not None
                and section.code not in self.delegation.own_sections
                and progress.status is Status.TODO
            ):
                status, label = self.delegated_standing
            tasks.append(
                {
                    "code": section.code,
                    "title": section.title,
                    "url": self.link("section", section=section.code),
                    "status": status,
                    "label": label,
                    "description": describe_last_saved(self.answers, section=section),
                }
            )
        return tasks

    def list_gaps(self, gaps: Iterable[Gap]) -> list[dict[str, str]]:
        """Messages with a link that leads to the field itself, as far as this person may see the field."""
        return [
            {
                "message": describe_gap(gap),
                "url": self.link_gap(gap),
                "section": gap.section.title if gap.section else "",
            }
            for gap in gaps
            if (self.access.may_see(gap.section.code) if gap.section else self.access.sees_everything)
        ]

    def link_gap(self, gap: Gap) -> str:
        """Where it is put right: the field itself, or what the region answers for one municipality."""
        if gap.section is None or gap.question is None:
            return self.link("municipalities")
        if gap.municipality is None:
            return f"{self.link('section', section=gap.section.code)}#id_{name_field(gap.question)}"
        code = gap.municipality.code
        if gap.kind is GapKind.CONFLICT:
            return f"{self.link('deviations', question=gap.question.code)}#afwijking-{code}"
        return self.link_deviation(gap.question, municipality=code)

    def link_deviation(self, question: QuestionDefinition, *, municipality: str) -> str:
        """The form for what a region answers to the question for this one municipality."""
        page = self.link("deviations", question=question.code)
        return f"{page}?{MUNICIPALITIES_FIELD}={municipality}#nieuw"

    def list_readable_sections(self, *, only: SectionDefinition | None = None) -> list[dict[str, Any]]:
        """Per section the questions that were asked with their answers, for components/summary_list.html."""
        sections: dict[str, dict[str, Any]] = {
            section.code: {
                "title": section.title,
                "url": self.link("section", section=section.code),
                "rows": [],
            }
            for section in self.access.visible_definition.sections
            if only in (None, section)
        }
        for section, question in list_routed_questions(self.definition, values=self.values):
            if section.code in sections:
                sections[section.code]["rows"].append(
                    {
                        "term": question.text,
                        "description": describe_answer(question, self.values.get(question.code)),
                        "remarks": self.correction_lines.get(question.code, []),
                    }
                )
        return list(sections.values())


def open_page(request: SignedInRequest, *, wave: str, organisation: str) -> SurveyPage:
    """Raises Http404, see `access_survey`."""
    access = access_survey(
        request.user, wave_code=wave, organisation_code=organisation, is_saving=request.method == "POST"
    )
    return SurveyPage(
        access=access,
        definition=access.definition,
        answers=load_answers(access.response) if access.response else {},
    )


def link_survey(wave_code: str, organisation_code: str, name: str, **parts: str) -> str:
    return reverse(
        f"responses:{name}", kwargs={"wave": wave_code, "organisation": organisation_code, **parts}
    )


def write_deadline(wave: Wave) -> str:
    return describe_deadline(
        closes_on=date_format(wave.closes_on, "j F Y"),
        preferably_before=date_format(wave.preferably_before, "j F Y") if wave.preferably_before else "",
    )


def describe_moment(moment: datetime) -> str:
    """ "om 10:42" for today, "op 21 november 2026 om 10:42" for any other day."""
    local = timezone.localtime(moment)
    clock = f"om {local:%H:%M}"
    return clock if local.date() == timezone.localdate() else f"op {date_format(local, 'j F Y')} {clock}"


def describe_last_saved(
    answers: Mapping[str, StoredAnswer], *, section: SectionDefinition | None = None
) -> str:
    """Who saved last and when, in the whole response or in one section; empty when nobody did."""
    codes = {question.code for question in section.questions} if section else answers.keys()
    saved = [answer for code, answer in answers.items() if code in codes]
    if not saved:
        return ""
    last = max(saved, key=lambda answer: answer.saved_at)
    by = f" door {last.saved_by}" if last.saved_by else ""
    return f"Opgeslagen {describe_moment(last.saved_at)}{by}"


def count_municipalities(number: int) -> str:
    return "1 gemeente" if number == 1 else f"{number} gemeenten"


def list_overview_items(
    assignments: Iterable[Assignment], *, answers: Mapping[int, Mapping[str, StoredAnswer]]
) -> list[dict[str, str]]:
    """The person's surveys for components/task_list.html; `answers` are by response id and question code."""
    return [
        {
            "title": f"{assignment.organisation} – {assignment.wave.title}",
            "url": link_survey(assignment.wave.code, assignment.organisation.code, "start"),
            **describe_assignment(
                assignment, answers=answers[assignment.response.pk] if assignment.response else {}
            ),
        }
        for assignment in assignments
    ]


def describe_assignment(assignment: Assignment, *, answers: Mapping[str, StoredAnswer]) -> dict[str, str]:
    """The status, its label and a description."""
    response = assignment.response
    if response and response.status == Response.Status.SUBMITTED:
        by = f" door {response.submitted_by}" if response.submitted_by else ""
        moment = describe_moment(response.submitted_at) if response.submitted_at else ""
        description = f"Ingediend {moment}{by}. Ontvangstnummer {response.receipt_code}."
        return {"status": "done", "label": "Ingediend", "description": description}
    if response and response.status == Response.Status.EXCLUDED:
        return {
            "status": "closed",
            "label": "Telt niet mee",
            "description": "De onderzoekers tellen deze reactie niet mee.",
        }
    if not assignment.is_open:
        return {
            "status": "closed",
            "label": "Gesloten",
            "description": "De meting is gesloten. Uw antwoorden zijn niet ingediend.",
        }
    deadline = write_deadline(assignment.wave)
    if not response:
        return {"status": "todo", "label": "Nog niet begonnen", "description": deadline}
    definition = load_definition(assignment.version)
    values = {code: answer.value for code, answer in answers.items()}
    progress = [
        each for each in measure_progress(definition, values=values) if assignment.may_see(each.section.code)
    ]
    done = sum(each.status is Status.DONE for each in progress)
    parts = [deadline, f"{done} van {len(progress)} onderdelen klaar."]
    seen = {
        question.code: answers[question.code]
        for each in progress
        for question in each.section.questions
        if question.code in answers
    }
    if saved := describe_last_saved(seen):
        parts.append(f"{saved}.")
    return {"status": "busy", "label": "Bezig", "description": " ".join(parts)}
