"""Where a contribution stands; Wagtail's workflow is the one truth, this puts it into the words of a contributor."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from practices.models import Contribution


class Stage(TextChoices):
    DRAFT = "draft", "Concept"
    SUBMITTED = "submitted", "Ingezonden, wacht op de redactie"
    WITH_EDITOR = "with_editor", "Een redacteur kijkt ernaar"
    BACK = "back", "Terug met vragen"
    AT_PLACE = "at_place", "Wacht op toestemming van de plaats"
    APPROVED = "approved", "Goedgekeurd, wordt later openbaar"
    PUBLISHED = "published", "Openbaar"
    CHANGING = "changing", "Openbaar, u werkt aan een wijziging"
    ENDED = "ended", "Niet in behandeling"


WITH_THE_PEN = (Stage.DRAFT, Stage.BACK, Stage.CHANGING, Stage.ENDED)
# As in components/status_tag.html.
KINDS = {
    Stage.DRAFT: "busy",
    Stage.SUBMITTED: "waiting",
    Stage.WITH_EDITOR: "waiting",
    Stage.BACK: "query",
    Stage.AT_PLACE: "waiting",
    Stage.APPROVED: "done",
    Stage.PUBLISHED: "done",
    Stage.CHANGING: "busy",
    Stage.ENDED: "closed",
}


@dataclass(frozen=True)
class Standing:
    """`task_state` is the step of the workflow it waits at or came back from, None outside of the workflow."""

    stage: Stage
    task_state: TaskState | None = None

    @property
    def has_pen(self) -> bool:
        """Whether the organisation that wrote it may change it now."""
        return self.stage in WITH_THE_PEN

    @property
    def questions(self) -> str:
        """What the editor, or the place, asks about a text that came back."""
        if self.stage != Stage.BACK or self.task_state is None:
            return ""
        return str(self.task_state.comment)

    @property
    def kind(self) -> str:
        return KINDS[self.stage]


def find_standing(contribution: Contribution) -> Standing:
    return load_standings([contribution])[contribution.pk]


def load_standings(contributions: Iterable[Contribution]) -> dict[int, Standing]:
    """By key of the contribution, in two queries however many there are; their pages must be joined."""
    contributions = list(contributions)
    pages = [str(each.page_id) for each in contributions if each.page_id]
    latest: dict[str, WorkflowState] = {}
    if pages:
        states = WorkflowState.objects.filter(base_content_type__model="page", object_id__in=pages)
        for state in states.select_related(
            "current_task_state__task__placeapproval", "current_task_state__editorsreviewstate"
        ).order_by("created_at", "pk"):
            latest[state.object_id] = state
    return {each.pk: _judge(each, latest.get(str(each.page_id))) for each in contributions}


def _judge(contribution: Contribution, state: WorkflowState | None) -> Standing:
    page = contribution.page
    if page is None:
        return Standing(Stage.DRAFT)
    if state is not None and state.is_active:
        return _judge_step(state)
    if page.live:
        return Standing(Stage.CHANGING if contribution.changing_since else Stage.PUBLISHED)
    if page.go_live_at is not None and page.go_live_at > timezone.now():
        return Standing(Stage.APPROVED)
    return Standing(Stage.ENDED)


def _judge_step(state: WorkflowState) -> Standing:
    step = state.current_task_state
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Standing(Stage.BACK, step)
    if hasattr(step.task, "placeapproval"):
        return Standing(Stage.AT_PLACE, step)
    is_taken = hasattr(step, "editorsreviewstate") and step.editorsreviewstate.taken_at is not None
    return Standing(Stage.WITH_EDITOR if is_taken else Stage.SUBMITTED, step)
