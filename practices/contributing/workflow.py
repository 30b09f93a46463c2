"""The workflow that contributed cases go through; made when it is not there."""

from wagtail.models import Workflow, WorkflowTask

from practices.models import EditorsReview, PlaceApproval

NAME = "Ingezonden praktijkvoorbeeld"


def ensure_workflow() -> Workflow:
    """Found by its tasks, so that it may get another name. It is started for contributions and assigned to no page."""
    review = EditorsReview.objects.first() or EditorsReview.objects.create(name="Redactie")
    approval = PlaceApproval.objects.first() or PlaceApproval.objects.create(name="Plaats")
    workflow = Workflow.objects.filter(workflow_tasks__task=review, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
        for position, task in enumerate((review, approval)):
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=position)
    return workflow
