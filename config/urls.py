from django.conf import settings
from django.urls import include, path
from django.views.static import serve as serve_file
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from config.health import live, ready, security_txt
from config.robots import robots_txt
from practices.api import PracticeListView
from practices.comparing.views import compare_cases
from practices.feed import CaseFeed
from practices.neighbours.views import show_neighbours
from practices.report.views import send_report
from practices.tables import send_cases, send_facts
from surveys.accounts.views import enter_administration
from surveys.api.urls import serve
from surveys.demo.views import sign_in_as
from surveys.downloads.codebook_views import send_codebook, show_codebook
from surveys.downloads.figure_tables import send_figure_table

urlpatterns = [
    path("gezondheid/live", live, name="health_live"),
    path("gezondheid/ready", ready, name="health_ready"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("robots.txt", robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    # In the place of Wagtail's own sign-in pages, which do not limit the number of attempts.
    path("beheer/login/", enter_administration),
    path("_util/login/", enter_administration),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/demo/<slug:role>/", sign_in_as, name="demo_sign_in"),
    path("account/", include("surveys.accounts.urls")),
    path("praktijkvoorbeelden/delen/", include("practices.contributing.urls")),
    path("invullen/", include("surveys.outreach.urls")),
    path("invullen/", include("surveys.teamwork.urls")),
    path("invullen/", include("surveys.offline.urls")),
    path("invullen/", include("surveys.responses.urls")),
    path("resultaten/<slug:wave>/cijfers.<str:file_format>", send_figure_table, name="figure_table"),
    path("resultaten/<slug:wave>/codeboek/", show_codebook, name="codebook"),
    path("resultaten/<slug:wave>/codeboek.<str:file_format>", send_codebook, name="codebook_file"),
    path("resultaten/<slug:wave>/rapport.pdf", send_report, name="wave_report"),
    path("resultaten/", include("surveys.results.urls")),
    path("praktijkvoorbeelden/atom.xml", CaseFeed(), name="case_feed"),
    path("praktijkvoorbeelden/voorbeelden.<str:file_format>", send_cases, name="case_table"),
    path("praktijkvoorbeelden/feiten.<str:file_format>", send_facts, name="fact_table"),
    path("praktijkvoorbeelden/gemeenten-zoals-de-uwe/", show_neighbours, name="neighbours"),
    path("praktijkvoorbeelden/vergelijken/", compare_cases, name="compare_cases"),
    path("praktijkvoorbeelden/mijn-lijst/", include("practices.shortlist.urls")),
    # The practices stand before the rest, which answers for every other address under it.
    serve("api/v1/practices", PracticeListView, name="api_practices"),
    path("api/v1/", include("surveys.api.urls")),
    path("praktijkvoorbeelden/", include("practices.reactions.urls")),
    path("", include(wagtail_urls)),
]

if settings.DEMO:
    # On a server the proxy hands out the images of pages (docs/deployment.md).
    media = {"document_root": settings.MEDIA_ROOT}
    urlpatterns.insert(0, path("media/<path:path>", serve_file, media, name="media"))
