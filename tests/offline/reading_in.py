"""Running the command that takes in a wide file."""

import io

import pytest
from django.core.management import CommandError, call_command

from surveys.responses.models import Response
from surveys.responses.queries import load_answers
from tests.responses.factories import MEMBER

HEADER = "respondent;municipalities;status"


def run(path, *arguments, wave="proef"):
    output = io.StringIO()
    call_command("import_responses", str(path), "--wave", wave, *arguments, stdout=output)
    return output.getvalue()


def refuse(path, *arguments, wave="proef"):
    """The lines of what the command says on its way out."""
    with pytest.raises(CommandError) as caught:
        run(path, *arguments, wave=wave)
    assert caught.value.returncode == 1
    return str(caught.value).splitlines()


def load(organisation=MEMBER):
    return {
        code: stored.value
        for code, stored in load_answers(Response.objects.get(organisation=organisation)).items()
    }
