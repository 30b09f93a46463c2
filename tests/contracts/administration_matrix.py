"""The rows of the permission matrix under /beheer/."""

from tests.contracts.permission_rows import (
    ADMIN,
    SIGN_IN,
    Row,
    administration,
    for_editors,
    for_researchers,
    for_superusers,
    posted_by_researchers,
)

RESPONSE = "beheer/respons/<slug:wave>/<slug:organisation>/"
WAVE = "beheer/meting/<slug:wave>/"
RELEASES = "beheer/publicaties/"
RELEASE = f"{RELEASES}<slug:wave>/<int:number>/"
DRAFTS = "beheer/vragenlijsten/"
DRAFT = f"{DRAFTS}<int:draft>/"
DRAFT_SECTION = f"{DRAFT}onderdeel/<slug:section>/"
DRAFT_QUESTION = f"{DRAFT}vraag/<slug:question>/"
OPEN_SECTION = "/beheer/vragenlijsten/{concept}/onderdeel/{part}/"
OPEN_QUESTION = "/beheer/vragenlijsten/{concept}/vraag/{question}/"
OUTREACH = "beheer/uitnodigen/<slug:wave>/"
MAILING = f"{OUTREACH}verzending/<int:mailing>/"
MAIL = f"{OUTREACH}mail/<int:message>/"
REMINDERS = f"{OUTREACH}herinneren/"
REMINDER = f"{REMINDERS}<int:step>/"
CODED = "beheer/coderen/meting/<slug:wave>/<slug:question>/"
CODED_PATH = "/beheer/coderen/meting/2022/afronding_opmerkingen/"
CODEBOOK = "beheer/coderen/codeboek/<slug:survey>/<slug:question>/<int:number>/"
CODEBOOK_PATH = "/beheer/coderen/codeboek/{survey}/afronding_opmerkingen/1/"
THEME = f"{CODEBOOK}thema/<slug:theme>/"
THEME_PATH = f"{CODEBOOK_PATH}thema/geld/"
ROUND = "beheer/coderen/ronde/<int:round>/"
ROUND_PATH = "/beheer/coderen/ronde/{round}/"

ADMINISTRATION = (
    # The administration: one door
    Row("beheer/login/", "/beheer/login/", SIGN_IN, 403, 403, 403, ADMIN, ADMIN),
    Row("_util/login/", "/_util/login/", SIGN_IN, 403, 403, 403, ADMIN, ADMIN),
    administration("beheer/", "/beheer/", researcher=200, editor=200),
    # The administration: response and waves
    for_researchers("beheer/respons/", "/beheer/respons/"),
    for_researchers("beheer/respons/<slug:wave>/", "/beheer/respons/2026/"),
    for_researchers(
        "beheer/respons/<slug:wave>/tabel/<slug:table>.<slug:file_format>",
        "/beheer/respons/2026/tabel/reacties.csv",
    ),
    for_researchers("beheer/respons/<slug:wave>/nieuwere-versie/", "/beheer/respons/2026/nieuwere-versie/"),
    for_researchers("beheer/respons/<slug:wave>/betwist/", "/beheer/respons/2026/betwist/"),
    for_researchers(
        "beheer/respons/<slug:wave>/gemeente/<slug:municipality>/", "/beheer/respons/2026/gemeente/{draft}/"
    ),
    for_researchers("beheer/respons/<slug:wave>/te-doen/", "/beheer/respons/2026/te-doen/"),
    for_researchers("beheer/respons/<slug:wave>/beoordeling/", "/beheer/respons/2026/beoordeling/"),
    for_researchers("beheer/respons/<slug:wave>/correcties/", "/beheer/respons/2026/correcties/"),
    for_researchers(RESPONSE, "/beheer/respons/2026/{draft}/"),
    for_researchers(f"{RESPONSE}accepteren/", "/beheer/respons/2026/{submitted}/accepteren/"),
    for_researchers(f"{RESPONSE}terugsturen/", "/beheer/respons/2026/{submitted}/terugsturen/"),
    for_researchers(f"{RESPONSE}vergelijken/", "/beheer/respons/2026/{submitted}/vergelijken/"),
    administration(
        f"{RESPONSE}signaal-gezien/",
        "/beheer/respons/2026/{submitted}/signaal-gezien/",
        researcher=405,
        editor=ADMIN,
    ),
    for_researchers(
        f"{RESPONSE}corrigeren/<slug:question>/", "/beheer/respons/2026/{submitted}/corrigeren/{question}/"
    ),
    administration(
        f"{RESPONSE}corrigeren/<slug:question>/<slug:municipality>/",
        "/beheer/respons/2026/{submitted}/corrigeren/{question}/GM0000/",
        researcher=404,
        editor=ADMIN,
    ),
    for_researchers(f"{RESPONSE}bijlage/<int:number>/", "/beheer/respons/2026/{draft}/bijlage/{evidence}/"),
    for_researchers(f"{RESPONSE}heropenen/", "/beheer/respons/2026/{submitted}/heropenen/"),
    for_researchers(f"{RESPONSE}buiten-beschouwing/", "/beheer/respons/2026/{draft}/buiten-beschouwing/"),
    for_researchers(f"{RESPONSE}verzoek/", "/beheer/respons/2026/{submitted}/verzoek/"),
    for_researchers(
        f"{RESPONSE}vraag-terug/<slug:question>/", "/beheer/respons/2026/{submitted}/vraag-terug/{question}/"
    ),
    administration(
        f"{RESPONSE}vraag-afsluiten/<int:clarification>/",
        "/beheer/respons/2026/{submitted}/vraag-afsluiten/1/",
        researcher=405,
        editor=ADMIN,
    ),
    for_researchers("beheer/metingen/", "/beheer/metingen/"),
    for_researchers("beheer/metingen/plannen/", "/beheer/metingen/plannen/"),
    for_researchers(WAVE, "/beheer/meting/2026/"),
    for_researchers(f"{WAVE}openen/", "/beheer/meting/2026/openen/"),
    for_researchers(f"{WAVE}sluiten/", "/beheer/meting/2026/sluiten/"),
    for_researchers(f"{WAVE}laatste-dag/", "/beheer/meting/2026/laatste-dag/"),
    # The administration: releases, of which the demo has one
    for_researchers(RELEASES, "/beheer/publicaties/"),
    for_researchers(f"{RELEASES}<slug:wave>/klaarzetten/", "/beheer/publicaties/2022/klaarzetten/"),
    for_researchers(RELEASE, "/beheer/publicaties/2022/1/"),
    for_researchers(f"{RELEASE}stand/", "/beheer/publicaties/2022/1/stand/"),
    for_researchers(f"{RELEASE}wijzigen/", "/beheer/publicaties/2022/1/wijzigen/"),
    for_researchers(f"{RELEASE}voorbeeld/", "/beheer/publicaties/2022/1/voorbeeld/"),
    for_researchers(f"{RELEASE}inplannen/", "/beheer/publicaties/2022/1/inplannen/"),
    for_researchers(f"{RELEASE}openbaar-maken/", "/beheer/publicaties/2022/1/openbaar-maken/"),
    for_researchers(
        "beheer/vragenlijst/<slug:survey>/<int:number>/", "/beheer/vragenlijst/{survey}/{number}/"
    ),
    # The administration: questionnaires in the making
    for_researchers(DRAFTS, "/beheer/vragenlijsten/"),
    for_researchers(f"{DRAFTS}nieuw/", "/beheer/vragenlijsten/nieuw/"),
    for_researchers(f"{DRAFTS}vragenbank/", "/beheer/vragenlijsten/vragenbank/"),
    for_researchers(
        f"{DRAFTS}vragenbank/<int:banked>/weghalen/", "/beheer/vragenlijsten/vragenbank/{banked}/weghalen/"
    ),
    for_researchers(f"{DRAFTS}kernvragen/", "/beheer/vragenlijsten/kernvragen/"),
    for_researchers(f"{DRAFTS}kernvragen/vastzetten/", "/beheer/vragenlijsten/kernvragen/vastzetten/"),
    for_researchers(
        f"{DRAFTS}kernvragen/<int:core>/losmaken/", "/beheer/vragenlijsten/kernvragen/{core}/losmaken/"
    ),
    for_researchers(DRAFT, "/beheer/vragenlijsten/{concept}/"),
    for_researchers(f"{DRAFT}titel/", "/beheer/vragenlijsten/{concept}/titel/"),
    administration(
        f"{DRAFT}volgorde/", "/beheer/vragenlijsten/{concept}/volgorde/", researcher=405, editor=ADMIN
    ),
    for_researchers(f"{DRAFT}weggooien/", "/beheer/vragenlijsten/{concept}/weggooien/"),
    for_researchers(f"{DRAFTS}inlezen/", "/beheer/vragenlijsten/inlezen/"),
    posted_by_researchers(f"{DRAFTS}inlezen/bevestigen/", "/beheer/vragenlijsten/inlezen/bevestigen/"),
    for_researchers(
        f"{DRAFTS}versie/<slug:survey>/<int:number>/bestand/<slug:file_format>/",
        "/beheer/vragenlijsten/versie/{survey}/{number}/bestand/xlsform/",
    ),
    for_researchers(
        f"{DRAFT}bestand/<slug:file_format>/", "/beheer/vragenlijsten/{concept}/bestand/xlsform/"
    ),
    for_researchers(f"{DRAFT}publiceren/", "/beheer/vragenlijsten/{concept}/publiceren/"),
    for_researchers(f"{DRAFT}voorbeeld/<slug:section>/", "/beheer/vragenlijsten/{concept}/voorbeeld/{part}/"),
    for_researchers(f"{DRAFT}onderdeel-toevoegen/", "/beheer/vragenlijsten/{concept}/onderdeel-toevoegen/"),
    for_researchers(DRAFT_SECTION, OPEN_SECTION),
    for_researchers(f"{DRAFT_SECTION}weghalen/", f"{OPEN_SECTION}weghalen/"),
    for_researchers(f"{DRAFT_SECTION}soort-vraag/", f"{OPEN_SECTION}soort-vraag/"),
    for_researchers(f"{DRAFT_SECTION}vraag-toevoegen/", f"{OPEN_SECTION}vraag-toevoegen/?kind=text"),
    for_researchers(f"{DRAFT_SECTION}uit-bank/", f"{OPEN_SECTION}uit-bank/"),
    for_researchers(DRAFT_QUESTION, OPEN_QUESTION),
    for_researchers(f"{DRAFT_QUESTION}weghalen/", f"{OPEN_QUESTION}weghalen/"),
    for_researchers(f"{DRAFT_QUESTION}naar-bank/", f"{OPEN_QUESTION}naar-bank/"),
    # The administration: inviting
    administration(
        "beheer/uitnodigen/", "/beheer/uitnodigen/", researcher="/beheer/uitnodigen/2026/", editor=ADMIN
    ),
    for_researchers(OUTREACH, "/beheer/uitnodigen/2026/"),
    posted_by_researchers(f"{OUTREACH}klaarzetten/", "/beheer/uitnodigen/2026/klaarzetten/"),
    for_researchers(f"{OUTREACH}overnemen/", "/beheer/uitnodigen/2026/overnemen/"),
    for_researchers(f"{OUTREACH}lijst/", "/beheer/uitnodigen/2026/lijst/"),
    posted_by_researchers(f"{OUTREACH}lijst/inlezen/", "/beheer/uitnodigen/2026/lijst/inlezen/"),
    for_researchers(f"{OUTREACH}contact/<slug:organisation>/", "/beheer/uitnodigen/2026/contact/{draft}/"),
    for_researchers(f"{OUTREACH}tekst/<slug:purpose>/", "/beheer/uitnodigen/2026/tekst/invitation/"),
    posted_by_researchers(
        f"{OUTREACH}tekst/<slug:purpose>/proef/", "/beheer/uitnodigen/2026/tekst/invitation/proef/"
    ),
    for_researchers(f"{OUTREACH}teruggekomen/", "/beheer/uitnodigen/2026/teruggekomen/"),
    for_researchers(f"{OUTREACH}verzendingen/", "/beheer/uitnodigen/2026/verzendingen/"),
    for_researchers(MAILING, "/beheer/uitnodigen/2026/verzending/{mailing}/"),
    for_researchers(f"{OUTREACH}verzendlijst.<slug:file_format>", "/beheer/uitnodigen/2026/verzendlijst.csv"),
    for_researchers(
        f"{MAILING}verzendlijst.<slug:file_format>",
        "/beheer/uitnodigen/2026/verzending/{mailing}/verzendlijst.csv",
    ),
    for_researchers(f"{MAILING}stand/", "/beheer/uitnodigen/2026/verzending/{mailing}/stand/"),
    posted_by_researchers(f"{MAILING}starten/", "/beheer/uitnodigen/2026/verzending/{mailing}/starten/"),
    posted_by_researchers(f"{MAILING}stoppen/", "/beheer/uitnodigen/2026/verzending/{mailing}/stoppen/"),
    posted_by_researchers(f"{MAILING}hervatten/", "/beheer/uitnodigen/2026/verzending/{mailing}/hervatten/"),
    posted_by_researchers(f"{MAILING}weggooien/", "/beheer/uitnodigen/2026/verzending/{mailing}/weggooien/"),
    for_researchers(MAIL, "/beheer/uitnodigen/2026/mail/{message}/"),
    for_researchers(f"{MAIL}teruggekomen/", "/beheer/uitnodigen/2026/mail/{message}/teruggekomen/"),
    for_researchers(f"{MAIL}reactie/", "/beheer/uitnodigen/2026/mail/{message}/reactie/"),
    posted_by_researchers(f"{MAIL}aangekomen/", "/beheer/uitnodigen/2026/mail/{message}/aangekomen/"),
    posted_by_researchers(f"{MAIL}opnieuw/", "/beheer/uitnodigen/2026/mail/{message}/opnieuw/"),
    for_researchers(REMINDERS, "/beheer/uitnodigen/2026/herinneren/"),
    posted_by_researchers(f"{REMINDERS}standaard/", "/beheer/uitnodigen/2026/herinneren/standaard/"),
    for_researchers(f"{REMINDERS}toevoegen/", "/beheer/uitnodigen/2026/herinneren/toevoegen/"),
    for_researchers(f"{REMINDERS}vooruitblik/", "/beheer/uitnodigen/2026/herinneren/vooruitblik/"),
    for_researchers(REMINDER, "/beheer/uitnodigen/2026/herinneren/{step}/"),
    for_researchers(f"{REMINDER}weghalen/", "/beheer/uitnodigen/2026/herinneren/{step}/weghalen/"),
    for_researchers(f"{REMINDER}versturen/", "/beheer/uitnodigen/2026/herinneren/{step}/versturen/"),
    for_researchers(
        f"{REMINDER}voorbeeld/<slug:organisation>/",
        "/beheer/uitnodigen/2026/herinneren/{step}/voorbeeld/{draft}/",
    ),
    for_researchers(
        f"{REMINDERS}overslaan/<slug:organisation>/",
        "/beheer/uitnodigen/2026/herinneren/overslaan/{draft}/",
    ),
    posted_by_researchers(
        f"{REMINDERS}meenemen/<slug:organisation>/",
        "/beheer/uitnodigen/2026/herinneren/meenemen/{draft}/",
    ),
    # The administration: coding, in a round of the researcher in which everything was coded
    for_researchers("beheer/coderen/", "/beheer/coderen/"),
    for_researchers("beheer/coderen/meting/<slug:wave>/", "/beheer/coderen/meting/2022/"),
    for_researchers(CODED, CODED_PATH),
    for_researchers(f"{CODED}codeboek/", f"{CODED_PATH}codeboek/"),
    for_researchers(f"{CODED}ronde/", f"{CODED_PATH}ronde/"),
    for_researchers(f"{CODED}citaten/", f"{CODED_PATH}citaten/"),
    for_researchers(f"{CODED}citaten/<int:text>/", f"{CODED_PATH}citaten/{{text}}/"),
    for_researchers(CODEBOOK, CODEBOOK_PATH),
    for_researchers(f"{CODEBOOK}nieuwe-versie/", f"{CODEBOOK_PATH}nieuwe-versie/"),
    for_researchers(f"{CODEBOOK}vaststellen/", f"{CODEBOOK_PATH}vaststellen/"),
    for_researchers(f"{CODEBOOK}weggooien/", f"{CODEBOOK_PATH}weggooien/"),
    for_researchers(f"{CODEBOOK}toevoegen/", f"{CODEBOOK_PATH}toevoegen/"),
    for_researchers(f"{CODEBOOK}samenvoegen/", f"{CODEBOOK_PATH}samenvoegen/"),
    for_researchers(THEME, THEME_PATH),
    for_researchers(f"{THEME}splitsen/", f"{THEME_PATH}splitsen/"),
    for_researchers(f"{THEME}verwijderen/", f"{THEME_PATH}verwijderen/"),
    posted_by_researchers(f"{THEME}verplaatsen/", f"{THEME_PATH}verplaatsen/"),
    for_researchers(f"{ROUND}codeurs/", f"{ROUND_PATH}codeurs/"),
    for_researchers(
        f"{ROUND}codeurs/<int:assignment>/stoppen/", f"{ROUND_PATH}codeurs/{{assignment}}/stoppen/"
    ),
    for_researchers(f"{ROUND}vergelijken/", f"{ROUND_PATH}vergelijken/"),
    for_researchers(f"{ROUND}overeenstemming/", f"{ROUND_PATH}overeenstemming/"),
    for_researchers(f"{ROUND}tellingen/", f"{ROUND_PATH}tellingen/"),
    for_researchers(f"{ROUND}meetellen/", f"{ROUND_PATH}meetellen/"),
    for_researchers(f"{ROUND}niet-meetellen/", f"{ROUND_PATH}niet-meetellen/"),
    administration(f"{ROUND}coderen/", f"{ROUND_PATH}coderen/", researcher=CODED_PATH, editor=ADMIN),
    for_researchers(f"{ROUND}coderen/<int:text>/", f"{ROUND_PATH}coderen/{{text}}/"),
    for_researchers(f"{ROUND}beslechten/", f"{ROUND_PATH}beslechten/"),
    for_researchers(f"{ROUND}beslechten/<int:text>/", f"{ROUND_PATH}beslechten/{{text}}/"),
    # The administration: downloads, of which the researcher asked for this one
    for_researchers("beheer/downloads/", "/beheer/downloads/"),
    for_researchers("beheer/downloads/<int:job_id>/", "/beheer/downloads/{job}/"),
    for_researchers("beheer/downloads/<int:job_id>/stand/", "/beheer/downloads/{job}/stand/"),
    for_researchers("beheer/downloads/<int:job_id>/bestand/", "/beheer/downloads/{job}/bestand/"),
    for_researchers("beheer/downloads/<int:job_id>/toelichting/", "/beheer/downloads/{job}/toelichting/"),
    # The administration: people and organisations
    for_researchers("beheer/organisations/", "/beheer/organisations/"),
    for_researchers("beheer/organisations/results/", "/beheer/organisations/results/"),
    for_researchers("beheer/memberships/", "/beheer/memberships/"),
    for_researchers("beheer/memberships/results/", "/beheer/memberships/results/"),
    for_researchers("beheer/users/new/", "/beheer/users/new/"),
    for_researchers("beheer/users/edit/<int:pk>/", "/beheer/users/edit/{person}/"),
    for_researchers("beheer/users/", "/beheer/users/"),
    for_researchers("beheer/users/results/", "/beheer/users/results/"),
    for_superusers("beheer/groups/", "/beheer/groups/"),
    # The administration: pages
    for_editors("beheer/pages/", "/beheer/pages/"),
    for_editors("beheer/images/", "/beheer/images/"),
    for_editors("beheer/begrippen/", "/beheer/begrippen/"),
    for_editors("beheer/zoekwoorden/", "/beheer/zoekwoorden/"),
    for_editors("beheer/bijhouden/links/", "/beheer/bijhouden/links/"),
    for_editors("beheer/bijhouden/verouderd/", "/beheer/bijhouden/verouderd/"),
    for_editors(
        "beheer/bijhouden/verouderd/<int:case>/nagekeken/", "/beheer/bijhouden/verouderd/{case}/nagekeken/"
    ),
    for_editors("beheer/themas/", "/beheer/themas/"),
    for_editors("beheer/themas/new/", "/beheer/themas/new/"),
    for_editors("beheer/themas/edit/<str:pk>/", "/beheer/themas/edit/crisis/"),
    for_editors("beheer/themas/delete/<str:pk>/", "/beheer/themas/delete/{theme}/"),
    for_editors("beheer/doelgroepen/", "/beheer/doelgroepen/"),
    for_editors("beheer/doelgroepen/new/", "/beheer/doelgroepen/new/"),
    for_editors("beheer/doelgroepen/delete/<str:pk>/", "/beheer/doelgroepen/delete/{audience}/"),
    for_editors("beheer/reacties/", "/beheer/reacties/"),
    for_editors("beheer/reacties/<int:reaction>/", "/beheer/reacties/{reaction}/"),
    for_editors("beheer/documents/", "/beheer/documents/"),
    for_editors("beheer/redirects/", "/beheer/redirects/"),
    for_editors("beheer/redirects/add/", "/beheer/redirects/add/"),
    for_superusers("beheer/sites/", "/beheer/sites/"),
)
