"""The last step: what is left to do, what changes, and making it a version."""

from typing import Any

from django.forms import Form
from django.urls import reverse

from surveys.drafts.lifecycle import publish_draft
from surveys.drafts.pages import DraftStepView
from surveys.drafts.queries import find_next_number, list_draft_problems, load_former
from surveys.questionnaire.question_differences import ChangeKind
from surveys.questionnaire.version_changes import compare_versions


class PublishView(DraftStepView):
    template_name = "drafts/publish.html"
    page_title = "Publiceren"
    consequence = "Een gepubliceerde versie verandert niet meer."
    done_message = "De vragenlijst is gepubliceerd. U kunt er nu een meting mee plannen."

    def take_step(self, form: Form) -> str:
        version = publish_draft(self.draft, revision=self.revision, by=self.person)
        return reverse("questionnaire:version", args=[version.survey_id, version.number])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        problems = [] if self.draft.published_as else list_draft_problems(self.draft)
        former = load_former(self.draft.survey_code)
        changes = compare_versions(former, self.definition) if former else []
        return super().get_context_data(**kwargs) | {
            "problems": problems,
            "is_blocked": any(problem.is_blocking for problem in problems),
            "number": find_next_number(self.draft.survey_code),
            "former": former,
            "changes": [change for change in changes if change.kind is not ChangeKind.UNCHANGED],
        }
