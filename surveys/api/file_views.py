"""What is a file and no list: the results as CSV, its description, and the catalogue of data sets."""

from collections.abc import Mapping
from email.utils import parseaddr
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.utils.timezone import localdate
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.answers import LICENCE
from surveys.api.catalogue import PublishedFile, PublishedWave, Publisher, build_catalogue
from surveys.api.csvw import describe_file, write_results
from surveys.api.open_data import OpenDataView
from surveys.api.openapi import PREFIX, describe
from surveys.api.parameters import NoQuery, TableQuery
from surveys.api.views import read_table
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.access import access_public_wave, list_public_waves
from surveys.results.credits import SOURCE
from surveys.results.publication import find_public_release, public_table
from surveys.tabular.csv_metadata import CONTENT_TYPE

CSV = "text/csv"
CATALOGUE = "application/ld+json"


class ResultFileView(OpenDataView):
    @describe(
        "De cijfers van een meting als één CSV-bestand.",
        name="getResultFile",
        query=TableQuery,
        answer=OpenApiTypes.STR,
        media_type=CSV,
    )
    def get(self, request: Request, code: str) -> HttpResponse:
        wave = access_public_wave(code)
        query = TableQuery.read(request.query_params, definition=load_definition(wave.version))
        table = read_table(wave, query)
        return HttpResponse(
            write_results(table),
            headers={
                "Content-Type": f"{CSV}; charset=utf-8",
                "Content-Disposition": f'attachment; filename="maatregelenmonitor_{table.release}_resultaten.csv"',
                "Link": f"<{_locate('results.csv-metadata.json', wave, query)}>; "
                f'rel="describedby"; type="{CONTENT_TYPE}"',
            },
        )


class ResultFileDescriptionView(OpenDataView):
    @describe(
        "Wat er in het CSV-bestand staat, als CSV on the Web.",
        name="getResultFileDescription",
        query=TableQuery,
        answer=OpenApiTypes.OBJECT,
        media_type=CONTENT_TYPE,
    )
    def get(self, request: Request, code: str) -> Response:
        wave = access_public_wave(code)
        query = TableQuery.read(request.query_params, definition=load_definition(wave.version))
        description = describe_file(
            read_table(wave, query), url=_locate("results.csv", wave, query), licence=LICENCE, source=SOURCE
        )
        return Response(description, content_type=CONTENT_TYPE)


class CatalogueView(OpenDataView):
    """One count per wave; whoever harvests this comes once a day."""

    schema = None

    def get(self, request: Request) -> Response:
        NoQuery.read(request.query_params)
        publisher = Publisher(
            name=settings.OPEN_DATA_PUBLISHER,
            site=settings.SITE_URL,
            email=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        )
        waves = [_describe_wave(wave) for wave in list_public_waves()]
        return Response(build_catalogue(waves, publisher=publisher), content_type=CATALOGUE)


def _locate(name: str, wave: Wave, query: Mapping[str, Any]) -> str:
    """The address of the file called `name` with this choice of figures, the same however the choice was written."""
    choice = {
        "question": ",".join(query.get("question", ())),
        "by": ",".join(query.get("by", ())),
        "unit": query["unit"],
    }
    chosen = urlencode({name: value for name, value in choice.items() if value}, safe=":,")
    return f"{settings.SITE_URL}{PREFIX}/waves/{wave.code}/{name}?{chosen}"


def _describe_wave(wave: Wave) -> PublishedWave:
    unit = find_public_release(wave).units[0]
    table = public_table(wave, unit=unit)
    content = write_results(table)
    return PublishedWave(
        code=wave.code,
        title=table.wave_title,
        description=" ".join((table.base_rule, *table.caveats)),
        first_day=wave.opens_on,
        last_day=wave.closes_on,
        issued=table.released_on or localdate(wave.results_published_at),
        release=table.release,
        unit=unit,
        file=PublishedFile(sha256=sha256(content).hexdigest(), size=len(content)),
    )
