"""Taking the workbook along from the site and sending it in again."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.responses.models import Response
from surveys.responses.queries import load_answers
from tests.responses.factories import MEMBER


def locate(name, organisation=MEMBER):
    return reverse(f"offline:{name}", kwargs={"wave": "proef", "organisation": organisation})


def download(client, organisation=MEMBER):
    return client.get(locate("workbook", organisation)).content


def upload(client, content, organisation=MEMBER):
    file = SimpleUploadedFile("werkmap.xlsx", content)
    return client.post(locate("upload", organisation), {"workbook": file})


def read_report(response):
    """Per outcome the rows of its table, and the summary."""
    tables = response.context["tables"]
    return {table.title: [[str(cell) for cell in row] for row in table.rows] for table in tables}


def load(organisation=MEMBER):
    return load_answers(Response.objects.get(organisation=organisation))
