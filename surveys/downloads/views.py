from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from surveys.administration.pages import AdministrationView, Trail
from surveys.downloads.access import access_export
from surveys.downloads.exports import name_download
from surveys.downloads.forms import ExportForm
from surveys.downloads.lifecycle import record_fetch, request_export
from surveys.downloads.models import ExportJob
from surveys.downloads.queries import list_own_exports
from surveys.downloads.storage import KEEP_FOR, locate_file
from surveys.tabular.csv_metadata import CONTENT_TYPE
from surveys.tabular.writers import FORMATS

TITLE = "Resultaten downloaden"
ICON = "download"
DOWNLOAD = "downloads.download_results"


class DownloadView(AdministrationView):
    header_icon = ICON
    permissions = (DOWNLOAD,)


class RequestView(DownloadView, FormView):  # type: ignore[type-arg]
    """Ask for a file, and the files asked for before."""

    template_name = "downloads/request.html"
    form_class = ExportForm
    page_title = TITLE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"jobs": list_own_exports(self.person), "days_kept": KEEP_FOR.days}

    def form_valid(self, form: ExportForm) -> HttpResponse:
        job = request_export(by=self.person, **form.cleaned_data)
        return redirect("downloads:job", job.pk)


class JobView(DownloadView, TemplateView):
    """How far the file is. Follows by itself: with JavaScript through `StatusView`, without by reloading."""

    template_name = "downloads/job.html"
    page_title = "Bestand"

    def list_trail(self) -> Trail:
        return [{"url": reverse("downloads:request"), "label": TITLE}, *super().list_trail()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = access_export(self.person, kwargs["job_id"])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"job": job, "state": describe_state(job), "days_kept": KEEP_FOR.days}


class StatusView(DownloadView):
    """For static/js/progress.js."""

    def get(self, request: HttpRequest, job_id: int) -> JsonResponse:
        return JsonResponse(describe_state(access_export(self.person, job_id)))


class DescriptionView(DownloadView):
    """What stands in the file, beside a file that has no room for it."""

    def get(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = access_export(self.person, job_id)
        if not job.description:
            raise Http404("This file says by itself what is in it.")
        name = _name_file(job)
        response = JsonResponse(job.description | {"url": name}, content_type=CONTENT_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}-metadata.json"'
        response["Cache-Control"] = "private, no-store"
        return response


class FileView(DownloadView):
    """The file itself, for its owner only."""

    def get(self, request: HttpRequest, job_id: int) -> FileResponse:
        job = access_export(self.person, job_id)
        if job.status != ExportJob.Status.DONE:
            raise Http404("This export has no file yet.")
        try:
            file = locate_file(job).open("rb")
        except FileNotFoundError as error:
            raise Http404("The file of this export was cleaned up.") from error
        record_fetch(job, by=self.person)
        response = FileResponse(
            file,
            as_attachment=True,
            filename=_name_file(job),
            content_type=FORMATS[job.format].content_type,
        )
        response["Cache-Control"] = "private, no-store"
        return response


def _name_file(job: ExportJob) -> str:
    return name_download(
        job.wave,
        content=job.content,
        breakdowns=job.breakdowns,
        unit=job.unit,
        is_weighted=job.is_weighted,
        file_format=job.format,
    )


def describe_state(job: ExportJob) -> dict[str, Any]:
    """How far the job is, with a sentence for its owner and, when it is done, the address of the file."""
    messages = {
        ExportJob.Status.QUEUED: "Uw bestand staat in de wachtrij.",
        ExportJob.Status.RUNNING: f"Uw bestand wordt gemaakt: {job.progress} % is klaar.",
        ExportJob.Status.DONE: "Uw bestand is klaar.",
        ExportJob.Status.FAILED: job.message,
    }
    is_done = job.status == ExportJob.Status.DONE
    return {
        "status": job.status,
        "progress": job.progress,
        "message": messages[ExportJob.Status(job.status)],
        "file_url": reverse("downloads:file", args=[job.pk]) if is_done else None,
    }
