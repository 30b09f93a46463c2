from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.generic import TemplateView

from surveys.fieldwork.access import access_watched_wave
from surveys.fieldwork.drawings import draw_growth, draw_municipality_map, draw_region_map
from surveys.fieldwork.queries import find_default_wave
from surveys.fieldwork.tables import TABLES, build_watch_workbook
from surveys.fieldwork.timeline import keep_changes
from surveys.fieldwork.views import TITLE, WatchView
from surveys.fieldwork.watch import Watch, narrow_lists
from surveys.fieldwork.watch_queries import watch_response
from surveys.questionnaire.caveats import collect_caveats
from surveys.questionnaire.models import Wave
from surveys.responses.follow_up import list_open_requests
from surveys.tabular.sending import TABLE_FORMATS, send_workbook
from surveys.territory.tile_positions import read_youth_region_tiles
from surveys.trail.recording import record


class ResponseOverviewView(WatchView, TemplateView):
    """`/beheer/respons/` and, for one wave, `/beheer/respons/<wave>/`."""

    template_name = "fieldwork/overview.html"
    page_title = TITLE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "wave" not in kwargs and "meting" in request.GET:
            return redirect("fieldwork:overview", access_watched_wave(request.GET["meting"]).code)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wave = access_watched_wave(kwargs["wave"]) if "wave" in kwargs else find_default_wave()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {"wave": wave, "waves": Wave.objects.all()}
        if wave is None:
            return context
        watch = watch_response(wave, today=timezone.localdate())
        lists = narrow_lists(watch, organisation=self.sought)
        return context | {
            "watch": watch,
            "overview": watch.overview,
            "reopen_requests": list_open_requests(wave),
            "sought": self.sought,
            "responses": self.find_page(lists.responses, key="reacties"),
            "overlaps": self.find_page(lists.overlaps, key="dubbel"),
            "silent": self.find_page(lists.silent, key="nog-niet-begonnen"),
            **describe_drawings(watch, wave=wave),
        }


class TableView(WatchView):
    """One list or table of the screen as a file. Whoever takes it leaves a line in the audit log."""

    def get(self, request: HttpRequest, wave: str, table: str, file_format: str) -> HttpResponse:
        watched = access_watched_wave(wave)
        if table not in TABLES or file_format not in TABLE_FORMATS:
            raise Http404("There is no such file.")
        sheet = TABLES[table](watch_response(watched, today=timezone.localdate()))
        facts = [
            ("Meting", f"{watched.title} ({watched.code})"),
            ("Tabel", sheet.name),
            ("Peildatum", date_format(watched.reference_date, "j F Y")),
            *(("Let op", caveat) for caveat in collect_caveats(watched)),
            ("Gemaakt op", date_format(timezone.localtime(), "j F Y, H:i")),
        ]
        record(watched, "fieldwork.download", by=self.person, table=table, format=file_format)
        return send_workbook(
            build_watch_workbook(sheet, facts=facts),
            name=f"maatregelenmonitor_{watched.code}_respons_{table}",
            file_format=file_format,
        )


def describe_drawings(watch: Watch, *, wave: Wave) -> dict[str, Any]:
    """The two maps, and the line with its table; no line before the first day."""
    begun = [row.organisation_code for row in watch.overview.responses if row.is_region]
    context: dict[str, Any] = {
        "municipality_map": draw_municipality_map(
            watch.frame,
            standings=watch.standings,
            positions=watch.positions,
            locate=lambda code: reverse("fieldwork:municipality", args=[wave.code, code]),
        ),
        "region_map": draw_region_map(
            watch.overview.youth_regions,
            positions=read_youth_region_tiles(),
            urls={code: reverse("fieldwork:response", args=[wave.code, code]) for code in begun},
        ),
    }
    if watch.days:
        moments = [date_format(each.day, "j F Y") for each in watch.days]
        context["growth"] = draw_growth(watch.days, moments=moments)
        context["growth_days"] = keep_changes(watch.days)
    return context
