"""The screens of one section."""

from functools import partial
from typing import Any

from django.forms import Form

from surveys.drafts.editing import add_section, remove_section, replace_section
from surveys.drafts.pages import DraftStepView, find_section_or_404
from surveys.drafts.section_forms import SectionForm
from surveys.questionnaire.definition import SectionDefinition


class SectionFormView(DraftStepView):
    form_class: type[Form] = SectionForm
    done_message = "Bewaard."

    def link_to(self, code: str) -> str:
        return f"{self.draft_url}#onderdeel-{code}"


class AddSectionView(SectionFormView):
    page_title = "Onderdeel toevoegen"
    button = "Toevoegen"
    done_message = "Het onderdeel staat erbij. Voeg er vragen aan toe."

    def take_step(self, form: Form) -> str:
        section = form.section  # type: ignore[attr-defined]
        self.edit(partial(add_section, section=section), action="drafts.add_section", section=section.code)
        return self.link_to(section.code)


class ExistingSectionView(SectionFormView):
    """About a section that was there when the page was opened; somebody may have removed it since."""

    @property
    def section(self) -> SectionDefinition:
        return find_section_or_404(self)


class ChangeSectionView(ExistingSectionView):
    page_title = "Onderdeel"

    def get_initial(self) -> dict[str, Any]:
        if self.request.method == "POST":
            return {}
        section = self.section
        return {
            "title": section.title,
            "code": section.code,
            "measure": section.measure,
            "intro": section.intro,
            "more": section.more,
        }

    def take_step(self, form: Form) -> str:
        code = self.kwargs["section"]
        section = form.section  # type: ignore[attr-defined]
        edit = partial(replace_section, code=code, section=section)
        self.edit(edit, action="drafts.change_section", section=section.code)
        return self.link_to(section.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "refusal" in context:
            sections = {each.code: each for each in self.definition.sections}
            context["current_section"] = sections.get(self.kwargs["section"])
        return context


class RemoveSectionView(ExistingSectionView):
    form_class = Form
    page_title = "Onderdeel weghalen"
    button = "Weghalen"
    button_class = "no"
    done_message = "Het onderdeel is weg."

    def get_consequence(self) -> str:
        section = self.section
        count = len(section.questions)
        what = {0: "Er staan geen vragen in.", 1: "De vraag die erin staat, gaat mee weg."}
        gone = what.get(count, f"De {count} vragen die erin staan, gaan mee weg.")
        return f"“{section.title}” gaat weg. {gone}"

    def take_step(self, form: Form) -> str:
        code = self.kwargs["section"]
        self.edit(partial(remove_section, code=code), action="drafts.remove_section", section=code)
        return self.draft_url
