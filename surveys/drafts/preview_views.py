"""The preview, in the respondent's own look."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from surveys.drafts.pages import DraftView, find_section_or_404
from surveys.drafts.preview import list_carried, make_preview_fields, read_tried_answers
from surveys.questionnaire.definition import SectionDefinition
from surveys.responses.views.section import find_neighbours


class PreviewView(DraftView, TemplateView):
    """A GET begins anew; a POST, to this section or another, takes along what was tried out."""

    template_name = "drafts/preview.html"
    page_title = "Voorbeeld"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition, section = self.definition, find_section_or_404(self)
        data = self.request.POST
        fields = make_preview_fields(
            section, definition=definition, tried=read_tried_answers(definition, data), at=timezone.now()
        )
        previous, following = find_neighbours(definition, section)
        return super().get_context_data(**kwargs) | {
            "section": section,
            "position": definition.sections.index(section) + 1,
            "total": len(definition.sections),
            "fields": fields,
            "has_files": any(field.kind == "file" for field in fields),
            "carried": list_carried(data, definition=definition, section=section),
            "previous": previous and self.link_to(previous),
            "next": following and self.link_to(following),
        }

    def link_to(self, section: SectionDefinition) -> dict[str, str]:
        url = reverse("drafts:preview_section", args=[self.draft.pk, section.code])
        return {"title": section.title, "url": url}
