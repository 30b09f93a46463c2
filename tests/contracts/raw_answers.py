"""Which addresses of the administration leave a line in the trail when somebody reads them, and why the others do not.

A new address needs a place in one of the two. `test_raw_answers.py` opens all of them as a researcher.
"""

from tests.contracts.administration_matrix import (
    CODEBOOK,
    CODED,
    DRAFTS,
    MAILING,
    OUTREACH,
    RELEASE,
    RELEASES,
    RESPONSE,
    ROUND,
    THEME,
    WAVE,
)

WATCHED = "beheer/respons/<slug:wave>/"
JOB = "beheer/downloads/<int:job_id>/"

# The action in the trail, by address: it shows answers of organisations, or hands out a file.
RECORDED = {
    f"{WATCHED}gemeente/<slug:municipality>/": "fieldwork.read",
    f"{WATCHED}betwist/": "fieldwork.read",
    f"{WATCHED}correcties/": "fieldwork.read",
    f"{WATCHED}tabel/<slug:table>.<slug:file_format>": "fieldwork.download",
    RESPONSE: "fieldwork.read",
    f"{RESPONSE}vergelijken/": "fieldwork.read",
    f"{RESPONSE}bijlage/<int:number>/": "fieldwork.read",
    f"{RESPONSE}corrigeren/<slug:question>/": "fieldwork.read",
    f"{RESPONSE}corrigeren/<slug:question>/<slug:municipality>/": "fieldwork.read",
    f"{CODED}citaten/": "coding.read",
    f"{CODED}citaten/<int:text>/": "coding.read",
    f"{ROUND}coderen/<int:text>/": "coding.read",
    f"{ROUND}beslechten/": "coding.read",
    f"{ROUND}beslechten/<int:text>/": "coding.read",
    f"{OUTREACH}verzendlijst.<slug:file_format>": "outreach.download",
    f"{MAILING}verzendlijst.<slug:file_format>": "outreach.download",
    f"{JOB}bestand/": "downloads.fetch",
}

# Where the example of the matrix refers to nothing, one that does.
OTHER_EXAMPLES = {
    f"{RESPONSE}corrigeren/<slug:question>/<slug:municipality>/": (
        "/beheer/respons/2026/JZ18/corrigeren/reikwijdte_beperken/GM0534/"
    ),
}

# The addresses in a part of the administration that shows no answers at all, by the reason.
PARTS_WITHOUT_ANSWERS = {
    DRAFTS: "Questions without answers; what is tried out in the preview is kept nowhere.",
    "beheer/vragenlijst/": "Questions without answers.",
    "beheer/metingen/": "A wave: its dates and whom it asks.",
    WAVE: "A wave: its dates and whom it asks.",
    "beheer/organisations/": "Who is a customer, not what they answer.",
    "beheer/memberships/": "Who works where, not what they answer.",
    "beheer/users/": "Accounts.",
    "beheer/groups/": "Rights.",
    "beheer/begrippen/": "Words that pages explain.",
    "beheer/zoekwoorden/": "Words to search the library with.",
    "beheer/bijhouden/": "Addresses of pages, and cases that everybody may read.",
    "beheer/themas/": "Words to sort the library by.",
    "beheer/doelgroepen/": "Words to sort the library by.",
    "beheer/reacties/": "What somebody wrote to be placed on a public page, no answer.",
    "beheer/pages/": "Pages that everybody may read.",
    "beheer/images/": "Images of pages.",
    "beheer/documents/": "Files of pages.",
    "beheer/redirects/": "Addresses of pages.",
    "beheer/sites/": "Addresses of pages.",
}

COUNTS = "Counts and stages: who is how far, without an answer."
POSTED = "Only a form goes there; what it does leaves its own line."
STEP = "A form to confirm: it names the organisation or the question, no answer."
CODES = "Themes and how often they hold; what researchers wrote, not organisations."
WRITTEN = "Whom we wrote to and what became of it, on the screen; it does not leave the site."

NOT_RECORDED = {
    "beheer/": "The home page.",
    "beheer/login/": "The way to the sign-in page.",
    "beheer/respons/": COUNTS,
    WATCHED: COUNTS,
    f"{WATCHED}nieuwere-versie/": STEP,
    f"{WATCHED}te-doen/": "Says which question a flag is about, and not the answer.",
    f"{WATCHED}beoordeling/": COUNTS,
    f"{RESPONSE}accepteren/": STEP,
    f"{RESPONSE}terugsturen/": STEP,
    f"{RESPONSE}signaal-gezien/": POSTED,
    f"{RESPONSE}heropenen/": STEP,
    f"{RESPONSE}buiten-beschouwing/": STEP,
    f"{RESPONSE}verzoek/": STEP,
    f"{RESPONSE}vraag-terug/<slug:question>/": STEP,
    f"{RESPONSE}vraag-afsluiten/<int:clarification>/": POSTED,
    "beheer/uitnodigen/": WRITTEN,
    OUTREACH: WRITTEN,
    f"{OUTREACH}klaarzetten/": POSTED,
    f"{OUTREACH}overnemen/": WRITTEN,
    f"{OUTREACH}lijst/": WRITTEN,
    f"{OUTREACH}lijst/inlezen/": POSTED,
    f"{OUTREACH}contact/<slug:organisation>/": WRITTEN,
    f"{OUTREACH}tekst/<slug:purpose>/": WRITTEN,
    f"{OUTREACH}tekst/<slug:purpose>/proef/": POSTED,
    f"{OUTREACH}teruggekomen/": WRITTEN,
    f"{OUTREACH}verzendingen/": WRITTEN,
    f"{OUTREACH}mail/<int:message>/": WRITTEN,
    f"{OUTREACH}mail/<int:message>/teruggekomen/": WRITTEN,
    f"{OUTREACH}mail/<int:message>/reactie/": WRITTEN,
    f"{OUTREACH}mail/<int:message>/aangekomen/": POSTED,
    f"{OUTREACH}mail/<int:message>/opnieuw/": POSTED,
    MAILING: WRITTEN,
    f"{MAILING}stand/": COUNTS,
    f"{MAILING}starten/": POSTED,
    f"{MAILING}stoppen/": POSTED,
    f"{MAILING}hervatten/": POSTED,
    f"{MAILING}weggooien/": POSTED,
    f"{OUTREACH}herinneren/": WRITTEN,
    f"{OUTREACH}herinneren/standaard/": POSTED,
    f"{OUTREACH}herinneren/toevoegen/": WRITTEN,
    f"{OUTREACH}herinneren/vooruitblik/": COUNTS,
    f"{OUTREACH}herinneren/<int:step>/": WRITTEN,
    f"{OUTREACH}herinneren/<int:step>/weghalen/": WRITTEN,
    f"{OUTREACH}herinneren/<int:step>/versturen/": COUNTS,
    f"{OUTREACH}herinneren/<int:step>/voorbeeld/<slug:organisation>/": "Names what is open, so not answered.",
    f"{OUTREACH}herinneren/overslaan/<slug:organisation>/": STEP,
    f"{OUTREACH}herinneren/meenemen/<slug:organisation>/": POSTED,
    "beheer/coderen/": COUNTS,
    "beheer/coderen/meting/<slug:wave>/": COUNTS,
    CODED: COUNTS,
    f"{CODED}codeboek/": STEP,
    f"{CODED}ronde/": STEP,
    CODEBOOK: CODES,
    f"{CODEBOOK}nieuwe-versie/": STEP,
    f"{CODEBOOK}vaststellen/": STEP,
    f"{CODEBOOK}weggooien/": STEP,
    f"{CODEBOOK}toevoegen/": CODES,
    f"{CODEBOOK}samenvoegen/": CODES,
    THEME: CODES,
    f"{THEME}splitsen/": CODES,
    f"{THEME}verwijderen/": CODES,
    f"{THEME}verplaatsen/": POSTED,
    f"{ROUND}codeurs/": STEP,
    f"{ROUND}codeurs/<int:assignment>/stoppen/": STEP,
    f"{ROUND}vergelijken/": STEP,
    f"{ROUND}overeenstemming/": CODES,
    f"{ROUND}tellingen/": CODES,
    f"{ROUND}meetellen/": STEP,
    f"{ROUND}niet-meetellen/": STEP,
    f"{ROUND}coderen/": "Only leads to the next text, which leaves its own line.",
    "beheer/downloads/": "The files that somebody asked for, without what is in them.",
    JOB: COUNTS,
    f"{JOB}toelichting/": "What the columns of a file are, without what is in them.",
    RELEASES: COUNTS,
    f"{RELEASES}<slug:wave>/klaarzetten/": STEP,
    RELEASE: COUNTS,
    f"{RELEASE}stand/": COUNTS,
    f"{RELEASE}wijzigen/": STEP,
    f"{RELEASE}voorbeeld/": "The protected figures, as everybody will see them.",
    f"{RELEASE}inplannen/": STEP,
    f"{RELEASE}openbaar-maken/": STEP,
    f"{JOB}stand/": COUNTS,
}
