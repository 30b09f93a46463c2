"""The two tasks of Wagtail's workflow that a contributed case goes through, and what they keep.

What happens on a step (taking over what the editor wrote, mailing) is in `contributing.lifecycle.steps`.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, WorkflowState

from practices.contributing.lifecycle import steps
from surveys.accounts.models import Organisation, Person

if TYPE_CHECKING:
    from practices.models.contributions import Contribution

REVIEW = "practices.review_contribution"
APPROVE, SEND_BACK, TAKE = "approve", "reject", "take"


class QuestionsForm(forms.Form):
    """What an editor asks the contributor; it is mailed and stands on their page."""

    comment = forms.CharField(
        label="Uw vragen aan de inzender",
        help_text="De inzender leest dit in een mail en op de pagina van het voorbeeld.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class EditorsReviewState(TaskState):
    """Who of the editors looks at it, so that two of them do not do the same."""

    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="opgepakt door"
    )
    taken_at = models.DateTimeField("opgepakt op", null=True)

    @transaction.atomic
    def cancel(self, user: Person | None = None, resume: bool = False, comment: str = "") -> TaskState:
        """An editor ends the workflow: the pen goes back, with what editors made of it."""
        cancelled = super().cancel(user=user, resume=resume, comment=comment)
        contribution = None if resume else find_contribution(self.workflow_state)
        if contribution is not None:
            steps.take_over_page(contribution)
            steps.note_ended(contribution, by=user)
        return cancelled


class EditorsReview(Task):
    """An editor reads it, improves it in the page editor, asks, or approves."""

    task_state_class = EditorsReviewState

    class Meta:
        verbose_name, verbose_name_plural = "beoordeling door de redactie", "beoordelingen door de redactie"

    def user_can_access_editor(self, obj: Any, user: Person) -> bool:
        return user.has_perm(REVIEW)

    def get_actions(self, obj: Any, user: Person) -> list[tuple[str, str, bool]]:
        if not user.has_perm(REVIEW):
            return []
        return [
            (TAKE, "In behandeling nemen", False),
            (SEND_BACK, "Terugsturen met vragen", True),
            (APPROVE, "Goedkeuren", False),
        ]

    def get_form_for_action(self, action: str) -> type[forms.Form] | None:
        return QuestionsForm if action == SEND_BACK else None

    def get_task_states_user_can_moderate(self, user: Person, **kwargs: Any) -> models.QuerySet[TaskState]:
        waiting: models.QuerySet[TaskState] = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting if user.has_perm(REVIEW) else waiting.none()

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Person, action_name: str, **kwargs: Any) -> None:
        contribution = find_contribution(task_state.workflow_state)
        if contribution is None:
            super().on_action(task_state, user, action_name, **kwargs)
            return
        # Another editor may have been first, while this one looked.
        task_state.refresh_from_db()
        if action_name == TAKE:
            EditorsReviewState.objects.filter(pk=task_state.pk).update(taken_by=user, taken_at=timezone.now())
            steps.note_taken(contribution, by=user)
            return
        steps.take_over_page(contribution)
        super().on_action(task_state, user, action_name, **kwargs)
        if action_name == SEND_BACK:
            steps.note_sent_back(contribution, comment=kwargs.get("comment", ""), by=user)
        elif action_name == APPROVE:
            steps.note_approved(contribution, workflow_state=task_state.workflow_state, by=user)


class PlaceLock(WorkflowLock):
    """What a place is asked about stays as it is until the place has answered."""

    def get_message(self, user: Person) -> str:
        url = reverse("contributing:consent", args=[self.object.contribution.pk])
        return format_html(
            'Dit voorbeeld wacht op toestemming van de plaats waar het over gaat. <a href="{}">Bekijk de stand</a>.',
            url,
        )


class PlaceApproval(Task):
    """The municipalities or region it is about agree, on a page of the site outside the administration."""

    lock_class = PlaceLock

    class Meta:
        verbose_name = "toestemming van de plaats"
        verbose_name_plural = "toestemmingen van de plaats"

    def locked_for_user(self, obj: Any, user: Person) -> bool:
        return True

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: Person | None = None) -> TaskState:
        """Approved at once when there is nobody left to ask."""
        task_state = super().start(workflow_state, user=user)
        contribution = find_contribution(workflow_state)
        if contribution is None or steps.ask_places(contribution, task_state=task_state):
            task_state.approve(user=None, update=False)
        return task_state


class PlaceConsent(models.Model):
    """One place agrees with the text of one round; `reason` says why an editor noted it for a place."""

    wagtail_reference_index_ignore = True

    task_state = models.ForeignKey(TaskState, models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="plaats")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gegeven door"
    )
    given_at = models.DateTimeField("gegeven op")
    reason = models.CharField("toelichting", max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "toestemming", "toestemmingen"
        constraints = [
            models.UniqueConstraint(
                fields=["task_state", "organisation"], name="practices_one_consent_per_place"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation_id)


def find_contribution(workflow_state: WorkflowState) -> "Contribution | None":
    """Locked until the transaction ends. None when somebody uses these tasks for a page that nobody sent in."""
    page = workflow_state.content_object.specific
    contribution: Contribution | None = getattr(page, "contribution", None)
    return contribution and type(contribution).objects.select_for_update().get(pk=contribution.pk)
