"""Two versions of one response side by side. Whoever reads them leaves a line in the audit log."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import TemplateView

from surveys.fieldwork.access import access_submission
from surveys.fieldwork.comparison import Version, compare_responses
from surveys.fieldwork.views import ResponseView
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition
from surveys.responses.follow_up import list_submissions
from surveys.responses.lifecycle.submission import take_snapshot
from surveys.responses.models import Response, Submission
from surveys.responses.snapshots import read_snapshot
from surveys.trail.recording import record

NOW = "nu"


class CompareView(ResponseView, TemplateView):
    """`?eerst=` and `?dan=` are the numbers of submissions, or "nu" for the answers as they are now."""

    template_name = "fieldwork/compare.html"
    page_title = "Versies vergelijken"
    header_icon = "resubmit"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        response = self.response
        submissions = list_submissions(response)
        if not submissions:
            raise Http404("Nothing was submitted yet.")
        first = self.request.GET.get("eerst", str(submissions[-1].number))
        then = self.request.GET.get("dan", NOW)
        sections = compare_responses(load_version(response, first), load_version(response, then))
        record(response, "fieldwork.read", by=self.person)
        choices = {NOW: "De antwoorden van nu"} | {
            str(each.number): name_submission(each) for each in submissions
        }
        return super().get_context_data(**kwargs) | {
            "choices": choices,
            "first": first,
            "then": then,
            "headings": (choices[first], choices[then]),
            "sections": sections,
            "differences": sum(len(section.differing) for section in sections),
        }


def load_version(response: Response, choice: str) -> Version:
    """Raises Http404 for what is neither "nu" nor the number of a submission."""
    if choice == NOW:
        snapshot = take_snapshot(response, number=0, at=timezone.now())
        return Version(load_definition(response.version), snapshot)
    if not (choice.isascii() and choice.isdigit() and len(choice) < 6):
        raise Http404("There is no such submission.")
    snapshot = read_snapshot(access_submission(response, number=int(choice)).content)
    version = QuestionnaireVersion.objects.get(survey=snapshot.survey, number=snapshot.version)
    return Version(load_definition(version), snapshot)


def name_submission(submission: Submission) -> str:
    day = date_format(timezone.localtime(submission.submitted_at), "j F Y")
    return f"Inzending {submission.number}, {day}"
