"""The screens under /beheer/reacties/ on which editors decide what is placed with a case."""

from typing import Any

from django.db.models import Count
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component

from practices.models.reactions import Reaction
from practices.reactions.access import access_reaction
from practices.reactions.forms import DecisionForm
from practices.reactions.lifecycle import ReactionRefused
from practices.reactions.moderation import hide, publish, refuse
from practices.reactions.queries import MODERATE, count_waiting, list_for_moderation
from surveys.administration.pages import AdministrationView, StepView, Trail

# In the administration a "reactie" alone is what an organisation answers to a survey.
TITLE = "Reacties op voorbeelden"
ICON = "comment"


class ReactionListView(AdministrationView, TemplateView):
    """Everything that was written, what waits first, or all in one state (`?stand=`)."""

    permissions = (MODERATE,)
    template_name = "practices/reactions/moderation_list.html"
    page_title = TITLE
    header_icon = ICON
    rows_per_page = 25

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("stand", "")
        status = chosen if chosen in set(Reaction.Status) else ""
        rows = Reaction.objects.values_list("status").annotate(Count("pk"))
        counts = dict(rows.order_by())
        return super().get_context_data(**kwargs) | {
            "status": status,
            "total": sum(counts.values()),
            "filters": [(each, each.label, counts.get(each, 0)) for each in Reaction.Status],
            **self.show_page(list_for_moderation(status)),
        }


class DecideView(StepView):
    """What becomes of one reaction; the form carries its revision, so that the decision is on what was read."""

    permissions = (MODERATE,)
    template_name = "practices/reactions/decide.html"
    form_class = DecisionForm
    refusals = (ReactionRefused,)
    page_title = "Besluiten over een reactie"
    header_icon = ICON
    button = "Besluit opslaan"
    done_message = "Uw besluit is opgeslagen. Wie het schreef, krijgt een e-mail."

    @cached_property
    def reaction(self) -> Reaction:
        return access_reaction(self.kwargs["reaction"])

    @property
    def cancel_url(self) -> str:
        return reverse("reactions:list")

    def list_trail(self) -> Trail:
        return [{"url": self.cancel_url, "label": TITLE}, *super().list_trail()]

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"revision": self.reaction.revision}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"status": self.reaction.status}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"reaction": self.reaction}

    def take_step(self, form: DecisionForm) -> str:
        said = form.cleaned_data
        if said["decision"] == form.PUBLISH:
            publish(self.reaction, revision=said["revision"], by=self.person)
        else:
            decide = refuse if said["decision"] == form.REFUSE else hide
            decide(self.reaction, revision=said["revision"], reason=said["reason"], by=self.person)
        return self.cancel_url

    def explain_refusal(self, form: Form, refusal: Exception) -> None:
        """The page shows how it stands now; from then on the decision is about that."""
        super().explain_refusal(form, refusal)
        self.__dict__.pop("reaction")
        form.data = self.request.POST.dict() | {"revision": self.reaction.revision}


class WaitingPanel(Component):
    """On the home page of who may decide: how many reactions wait."""

    name = "waiting_reactions"
    order = 20
    template_name = "practices/reactions/waiting_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": count_waiting(), "url": reverse("reactions:list")}


def add_waiting_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm(MODERATE):
        panels.append(WaitingPanel())
