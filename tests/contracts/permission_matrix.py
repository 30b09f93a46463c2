"""Who gets what: rows of address and outcome per role. `test_permissions.py` holds the site to it.

A new address needs a row here. `route` is what Django's resolver calls it, `path` an example of it in the world of that
test. Wagtail's own addresses under /beheer/ are represented by a few; every other address of the site is here.

A cell is the status of a GET, or where the visitor is sent. 404 means: as if it does not exist.
"""

from tests.contracts.administration_matrix import ADMINISTRATION
from tests.contracts.permission_rows import (
    HOME,
    SIGN_IN,
    SIGN_IN_WITH_CODE,
    Row,
    confirmed,
    everybody,
    own_coordinator,
    own_organisation,
    own_things,
    signed_in,
    while_signing_in,
)

WAGTAIL_PAGE = r"^((?:[\w\-]+/)*)$"
RESULT_IMAGE = "resultaten/<slug:wave>/grafiek.<str:file_format>"
RESULT_TABLE = "resultaten/<slug:wave>/cijfers.<str:file_format>"
ONE_QUESTION = "?vraag=administratieve_lasten"
API_WAVE = "waves/(?P<code>[-a-zA-Z0-9_]+)"
SURVEY = "invullen/<slug:wave>/<slug:organisation>/"
TEAM = f"{SURVEY}samenwerken/"
MEMBER = f"{TEAM}collega/<int:membership>/"
NOTES = f"{SURVEY}notities/<slug:question>/"
SHORTLIST = "praktijkvoorbeelden/mijn-lijst/"
SHARING = "praktijkvoorbeelden/delen/"
CONTRIBUTION = f"{SHARING}<int:contribution>/"
COMPARISON = "resultaten/<slug:wave>/vergelijken/"
CASE = "praktijkvoorbeelden/<page_slug:slug>/"
REACT = f"{CASE}reageren/"

MATRIX = (
    # For machines
    everybody("gezondheid/live", "/gezondheid/live"),
    everybody("gezondheid/ready", "/gezondheid/ready"),
    everybody(".well-known/security.txt", "/.well-known/security.txt"),
    everybody("robots.txt", "/robots.txt"),
    everybody("sitemap.xml", "/sitemap.xml"),
    everybody("media/<path:path>", "/media/bestaat-niet.png", 404),
    # For everybody
    everybody(WAGTAIL_PAGE, "/"),
    everybody(WAGTAIL_PAGE, "/maatregelen/"),
    everybody(WAGTAIL_PAGE, "/maatregelen/reikwijdte/"),
    everybody(WAGTAIL_PAGE, "/praktijkvoorbeelden/"),
    everybody(WAGTAIL_PAGE, "/praktijkvoorbeelden/{practice}/"),
    everybody("praktijkvoorbeelden/atom.xml", "/praktijkvoorbeelden/atom.xml"),
    everybody("praktijkvoorbeelden/atom.xml", "/praktijkvoorbeelden/atom.xml?maatregel=onbekend", 404),
    everybody("praktijkvoorbeelden/voorbeelden.<str:file_format>", "/praktijkvoorbeelden/voorbeelden.csv"),
    everybody(
        "praktijkvoorbeelden/voorbeelden.<str:file_format>", "/praktijkvoorbeelden/voorbeelden.exe", 404
    ),
    everybody("praktijkvoorbeelden/feiten.<str:file_format>", "/praktijkvoorbeelden/feiten.csv"),
    everybody("praktijkvoorbeelden/feiten.<str:file_format>", "/praktijkvoorbeelden/feiten.exe", 404),
    everybody("praktijkvoorbeelden/gemeenten-zoals-de-uwe/", "/praktijkvoorbeelden/gemeenten-zoals-de-uwe/"),
    everybody(WAGTAIL_PAGE, "/begrippen/"),
    everybody("praktijkvoorbeelden/vergelijken/", "/praktijkvoorbeelden/vergelijken/?voorbeeld={practice}"),
    # A list is of who asks for it; tests/practices/shortlist tries the rows of somebody else.
    signed_in(SHORTLIST, "/praktijkvoorbeelden/mijn-lijst/"),
    signed_in(f"{SHORTLIST}lijst.<str:file_format>", "/praktijkvoorbeelden/mijn-lijst/lijst.odt"),
    everybody(f"{SHORTLIST}bewaren/", "/praktijkvoorbeelden/mijn-lijst/bewaren/", 405),
    everybody(f"{SHORTLIST}<int:saved>/weghalen/", "/praktijkvoorbeelden/mijn-lijst/1/weghalen/", 405),
    everybody(f"{SHORTLIST}<int:saved>/terugzetten/", "/praktijkvoorbeelden/mijn-lijst/1/terugzetten/", 405),
    everybody(f"{SHORTLIST}<int:saved>/verplaatsen/", "/praktijkvoorbeelden/mijn-lijst/1/verplaatsen/", 405),
    everybody(f"{SHORTLIST}<int:saved>/notitie/", "/praktijkvoorbeelden/mijn-lijst/1/notitie/", 405),
    everybody(f"{CASE}reacties/", "/praktijkvoorbeelden/{practice}/reacties/"),
    everybody(f"{CASE}reacties/", "/praktijkvoorbeelden/bestaat-niet/reacties/", 404),
    signed_in(REACT, "/praktijkvoorbeelden/{practice}/reageren/"),
    own_coordinator(f"{REACT}<slug:organisation>/", "/praktijkvoorbeelden/{practice}/reageren/{draft}/"),
    own_coordinator(
        f"{REACT}<slug:organisation>/intrekken/",
        "/praktijkvoorbeelden/{practice}/reageren/{draft}/intrekken/",
    ),
    own_things(
        f"{REACT}reactie/<int:comment>/intrekken/",
        "/praktijkvoorbeelden/{practice}/reageren/reactie/{comment}/intrekken/",
    ),
    everybody(WAGTAIL_PAGE, "/verantwoording/"),
    everybody(WAGTAIL_PAGE, "/privacy/"),
    everybody(WAGTAIL_PAGE, "/bestaat-niet/", 404),
    everybody("resultaten/", "/resultaten/"),
    everybody("resultaten/<slug:wave>/", "/resultaten/2022/"),
    everybody("resultaten/<slug:wave>/", "/resultaten/2026/", 404),
    everybody("resultaten/<slug:wave>/uitgaven/", "/resultaten/2022/uitgaven/"),
    everybody("resultaten/<slug:wave>/uitgaven/", "/resultaten/2026/uitgaven/", 404),
    everybody(COMPARISON, "/resultaten/2022/vergelijken/"),
    signed_in(f"{COMPARISON}groepen/nieuw/", "/resultaten/2022/vergelijken/groepen/nieuw/"),
    own_things(f"{COMPARISON}groepen/<int:group>/", "/resultaten/2022/vergelijken/groepen/{group}/"),
    own_things(
        f"{COMPARISON}groepen/<int:group>/verwijderen/",
        "/resultaten/2022/vergelijken/groepen/{group}/verwijderen/",
    ),
    everybody(RESULT_IMAGE, f"/resultaten/2022/grafiek.svg{ONE_QUESTION}"),
    everybody(RESULT_IMAGE, f"/resultaten/2026/grafiek.svg{ONE_QUESTION}", 404),
    everybody(RESULT_TABLE, f"/resultaten/2022/cijfers.csv{ONE_QUESTION}"),
    everybody(RESULT_TABLE, f"/resultaten/2026/cijfers.csv{ONE_QUESTION}", 404),
    everybody("resultaten/<slug:wave>/codeboek/", "/resultaten/2022/codeboek/"),
    everybody("resultaten/<slug:wave>/codeboek/", "/resultaten/2026/codeboek/", 404),
    everybody("resultaten/<slug:wave>/codeboek.<str:file_format>", "/resultaten/2022/codeboek.xml"),
    everybody("resultaten/<slug:wave>/codeboek.<str:file_format>", "/resultaten/2026/codeboek.xml", 404),
    # A worker is still making it there.
    everybody("resultaten/<slug:wave>/rapport.pdf", "/resultaten/2022/rapport.pdf", 202),
    everybody("resultaten/<slug:wave>/rapport.pdf", "/resultaten/2026/rapport.pdf", 404),
    everybody("resultaten/<slug:wave>/insluiten/", f"/resultaten/2022/insluiten/{ONE_QUESTION}"),
    everybody("resultaten/<slug:wave>/insluiten/", f"/resultaten/2026/insluiten/{ONE_QUESTION}", 404),
    # Open data
    everybody("api/v1/^waves/?$", "/api/v1/waves/"),
    everybody(f"api/v1/^{API_WAVE}/?$", "/api/v1/waves/2022/"),
    everybody(f"api/v1/^{API_WAVE}/?$", "/api/v1/waves/2026/", 404),
    everybody(f"api/v1/^{API_WAVE}/questions/?$", "/api/v1/waves/2022/questions/"),
    everybody(f"api/v1/^{API_WAVE}/questions/?$", "/api/v1/waves/2026/questions/", 404),
    everybody(f"api/v1/^{API_WAVE}/results/?$", "/api/v1/waves/2022/results"),
    everybody(f"api/v1/^{API_WAVE}/results/?$", "/api/v1/waves/2026/results", 404),
    everybody(f"api/v1/^{API_WAVE}/response/?$", "/api/v1/waves/2022/response/"),
    everybody(f"api/v1/^{API_WAVE}/response/?$", "/api/v1/waves/2026/response/", 404),
    everybody(rf"api/v1/^{API_WAVE}/results\.csv/?$", "/api/v1/waves/2022/results.csv"),
    everybody(rf"api/v1/^{API_WAVE}/results\.csv/?$", "/api/v1/waves/2026/results.csv", 404),
    everybody(
        rf"api/v1/^{API_WAVE}/results\.csv-metadata\.json/?$", "/api/v1/waves/2022/results.csv-metadata.json"
    ),
    everybody(
        rf"api/v1/^{API_WAVE}/results\.csv-metadata\.json/?$",
        "/api/v1/waves/2026/results.csv-metadata.json",
        404,
    ),
    everybody("api/v1/^measures/?$", "/api/v1/measures/"),
    everybody("^api/v1/practices/?$", "/api/v1/practices/"),
    everybody("api/v1/^territory/municipalities/?$", "/api/v1/territory/municipalities"),
    everybody(r"api/v1/^catalog\.jsonld$", "/api/v1/catalog.jsonld"),
    everybody(r"api/v1/^openapi\.json$", "/api/v1/openapi.json"),
    everybody("api/v1/", "/api/v1/bestaat-niet/", 404),
    everybody(r"documenten/^(\d+)/(.*)$", "/documenten/1/geheim.pdf", 404),
    everybody(
        "documenten/authenticate_with_password/<int:restriction_id>/",
        "/documenten/authenticate_with_password/1/",
        404,
    ),
    everybody(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        "/_util/authenticate_with_password/1/1/",
        404,
    ),
    # The account
    signed_in("account/", "/account/"),
    while_signing_in("account/login/", "/account/login/", 200),
    while_signing_in("account/login/code/", "/account/login/code/", 200),
    while_signing_in("account/login/code/invullen/", "/account/login/code/invullen/", SIGN_IN_WITH_CODE),
    while_signing_in("account/login/tweede-stap/", "/account/login/tweede-stap/", SIGN_IN),
    everybody("account/login/via/<slug:provider_id>/", "/account/login/via/onbekend/", 404),
    everybody("account/login/via/<slug:provider_id>/terug/", "/account/login/via/onbekend/terug/", 404),
    everybody("account/login/afgebroken/", "/account/login/afgebroken/"),
    everybody("account/login/mislukt/", "/account/login/mislukt/", 401),
    everybody("account/geen-account/", "/account/geen-account/"),
    everybody("account/demo/<slug:role>/", "/account/demo/gemeente/", 405),
    Row("account/logout/", "/account/logout/", HOME, 200, 200, 200, 200, 200),
    everybody("account/inactief/", "/account/inactief/"),
    signed_in("account/wachtwoord/", "/account/wachtwoord/"),
    confirmed("account/wachtwoord/kiezen/", "/account/wachtwoord/kiezen/"),
    everybody("account/wachtwoord/vergeten/", "/account/wachtwoord/vergeten/"),
    everybody("account/wachtwoord/vergeten/verstuurd/", "/account/wachtwoord/vergeten/verstuurd/"),
    everybody(
        "account/^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/account/wachtwoord/nieuw/1-onzin/",
    ),
    signed_in("account/bevestigen/", "/account/bevestigen/"),
    confirmed("account/bevestigen/code/", "/account/bevestigen/code/"),
    confirmed("account/bevestigen/tweede-stap/", "/account/bevestigen/tweede-stap/"),
    confirmed("account/bevestigen/passkey/", "/account/bevestigen/passkey/"),
    signed_in("account/tweede-stap/", "/account/tweede-stap/"),
    confirmed("account/tweede-stap/app/", "/account/tweede-stap/app/"),
    Row("account/tweede-stap/app/verwijderen/", "/account/tweede-stap/app/verwijderen/", SIGN_IN, *[404] * 5),
    Row("account/tweede-stap/herstelcodes/", "/account/tweede-stap/herstelcodes/", SIGN_IN, *[404] * 5),
    confirmed("account/tweede-stap/herstelcodes/nieuw/", "/account/tweede-stap/herstelcodes/nieuw/"),
    confirmed("account/tweede-stap/passkey/", "/account/tweede-stap/passkey/"),
    confirmed("account/tweede-stap/passkey/<int:pk>/", "/account/tweede-stap/passkey/1/"),
    confirmed(
        "account/tweede-stap/passkey/<int:pk>/verwijderen/", "/account/tweede-stap/passkey/1/verwijderen/"
    ),
    # Contributing a case
    everybody(SHARING, "/praktijkvoorbeelden/delen/"),
    signed_in(f"{SHARING}nieuw/", "/praktijkvoorbeelden/delen/nieuw/"),
    Row(
        f"{SHARING}uit-antwoord/<slug:wave>/<slug:organisation>/<slug:question>/",
        "/praktijkvoorbeelden/delen/uit-antwoord/2026/{draft}/{practice_question}/",
        *(SIGN_IN, 200, 404, 403, 404, 404),
    ),
    own_organisation(CONTRIBUTION, "/praktijkvoorbeelden/delen/{contribution}/"),
    Row(
        f"{CONTRIBUTION}schrijven/",
        "/praktijkvoorbeelden/delen/{contribution}/schrijven/",
        *(SIGN_IN, 200, 404, "/praktijkvoorbeelden/delen/{contribution}/", 404, 404),
    ),
    # For the script of that page.
    Row(
        f"{CONTRIBUTION}bewaren/",
        "/praktijkvoorbeelden/delen/{contribution}/bewaren/",
        *(401, 200, 404, 403, 404, 404),
    ),
    everybody(f"{CONTRIBUTION}inzenden/", "/praktijkvoorbeelden/delen/{contribution}/inzenden/", 405),
    everybody(f"{CONTRIBUTION}wijzigen/", "/praktijkvoorbeelden/delen/{contribution}/wijzigen/", 405),
    Row(
        f"{CONTRIBUTION}weggooien/",
        "/praktijkvoorbeelden/delen/{contribution}/weggooien/",
        *(SIGN_IN, 200, 404, "/praktijkvoorbeelden/delen/{contribution}/", 404, 404),
    ),
    # Of the place it is about; editors note it for a place without anybody.
    Row(
        f"{CONTRIBUTION}toestemming/",
        "/praktijkvoorbeelden/delen/{asked}/toestemming/",
        *(SIGN_IN, 200, 404, 404, 404, 200),
    ),
    own_organisation(f"{CONTRIBUTION}nakijken/", "/praktijkvoorbeelden/delen/{contribution}/nakijken/"),
    # Filling in
    signed_in("invullen/", "/invullen/"),
    own_organisation(SURVEY, "/invullen/2026/{draft}/"),
    own_organisation(f"{SURVEY}gemeenten/", "/invullen/2026/{region}/gemeenten/"),
    own_organisation(f"{SURVEY}<slug:section>/", "/invullen/2026/{draft}/reikwijdte/"),
    # For the script of that page: an answer it can read, also for who is signed out or may only read.
    Row(
        f"{SURVEY}<slug:section>/bewaren/",
        "/invullen/2026/{draft}/reikwijdte/bewaren/",
        *(401, 200, 404, 403, 404, 404),
    ),
    own_organisation(f"{SURVEY}bijlage/<int:number>/", "/invullen/2026/{draft}/bijlage/{evidence}/"),
    own_organisation(f"{SURVEY}namens/", "/invullen/2026/{draft}/namens/"),
    own_organisation(
        f"{SURVEY}afwijkingen/<slug:question>/", "/invullen/2026/{region}/afwijkingen/{question}/"
    ),
    own_organisation(f"{SURVEY}nieuwe-versie/", "/invullen/2026/{draft}/nieuwe-versie/"),
    own_organisation(f"{SURVEY}controleren/", "/invullen/2026/{draft}/controleren/"),
    own_organisation(f"{SURVEY}ontvangst/", "/invullen/2026/{submitted}/ontvangst/"),
    own_organisation(
        f"{SURVEY}ontvangst/<slug:code>.pdf", "/invullen/2026/{submitted}/ontvangst/{receipt}.pdf"
    ),
    own_organisation(f"{SURVEY}openbaarheid/", "/invullen/2026/{submitted}/openbaarheid/"),
    Row(f"{SURVEY}heropenen/", "/invullen/2026/{submitted}/heropenen/", SIGN_IN, 200, 404, 403, 404, 404),
    Row(f"{SURVEY}intrekken/", "/invullen/2026/{submitted}/intrekken/", SIGN_IN, 200, 404, 403, 404, 404),
    own_organisation(f"{SURVEY}vragen-terug/", "/invullen/2026/{submitted}/vragen-terug/"),
    own_organisation(f"{SURVEY}pdf/", "/invullen/2026/{draft}/pdf/"),
    own_organisation(f"{SURVEY}werkmap/", "/invullen/2026/{draft}/werkmap/"),
    own_organisation(f"{SURVEY}uploaden/", "/invullen/2026/{draft}/uploaden/"),
    # Filling in: the team
    own_organisation(TEAM, "/invullen/2026/{draft}/samenwerken/"),
    own_coordinator(f"{TEAM}uitnodigen/", "/invullen/2026/{draft}/samenwerken/uitnodigen/"),
    own_coordinator(f"{TEAM}overdragen/", "/invullen/2026/{draft}/samenwerken/overdragen/"),
    everybody(f"{TEAM}teruggeven/", "/invullen/2026/{draft}/samenwerken/teruggeven/", 405),
    own_coordinator(MEMBER, "/invullen/2026/{draft}/samenwerken/collega/{member}/"),
    everybody(f"{MEMBER}onderdelen/", "/invullen/2026/{draft}/samenwerken/collega/{member}/onderdelen/", 405),
    everybody(f"{MEMBER}rol/", "/invullen/2026/{draft}/samenwerken/collega/{member}/rol/", 405),
    own_coordinator(
        f"{MEMBER}verwijderen/", "/invullen/2026/{draft}/samenwerken/collega/{member}/verwijderen/"
    ),
    everybody(
        f"{TEAM}uitnodiging/<int:invitation>/intrekken/",
        "/invullen/2026/{draft}/samenwerken/uitnodiging/{invitation}/intrekken/",
        405,
    ),
    Row(
        "invullen/uitnodiging/<slug:token>/",
        "/invullen/uitnodiging/{token}/",
        *[200, 403, 403, 403, 403, 403],
    ),
    # The link in a mail of the researchers; this one came from a colleague.
    everybody(
        "invullen/uitnodiging/<slug:token>/niet-voor-mij/",
        "/invullen/uitnodiging/{token}/niet-voor-mij/",
        404,
    ),
    own_organisation(NOTES, "/invullen/2026/{draft}/notities/{question}/"),
    everybody(f"{NOTES}<int:note>/weghalen/", "/invullen/2026/{draft}/notities/{question}/1/weghalen/", 405),
    *ADMINISTRATION,
)
