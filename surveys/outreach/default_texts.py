"""What a mail says until somebody changes it for a wave: subject and text per purpose. Pure.

The greeting, the name of the site below and the lay-out are those of every mail (templates/mail/base.txt).
"""

DEFAULT_TEXTS = {
    "invitation": (
        "Vult u de vragenlijst in voor {organisatie}?",
        """\
U bent de contactpersoon van {organisatie} voor {meting}. \
Met deze vragenlijst brengen wij in beeld hoe ver de maatregelen in de jeugdhulp zijn.

Open de vragenlijst van {organisatie} met deze link:
{link}

De eerste keer vult u uw naam in. Daarna bent u coördinator: \
u verdeelt de onderdelen onder uw collega's en u dient de antwoorden in. \
U kunt tussendoor stoppen, alles blijft bewaard.

Wij ontvangen uw antwoorden graag voor {graag_voor}. Invullen kan tot en met {laatste_dag}.

Bent u niet de juiste persoon? Laat het ons weten:
{niet_voor_mij}

Stuur deze mail niet door: wie de link heeft, komt binnen.""",
    ),
    "reminder_start": (
        "Herinnering: de vragenlijst van {organisatie}",
        """\
Wij hebben u gevraagd de vragenlijst van {meting} in te vullen voor {organisatie}. \
U bent nog niet begonnen. Wij ontvangen uw antwoorden graag voor {graag_voor}.

Open de vragenlijst met deze link:
{link}

{nog_open}

U kunt tussendoor stoppen en de onderdelen verdelen onder uw collega's. Invullen kan tot en met {laatste_dag}.

Bent u niet de juiste persoon? Laat het ons weten:
{niet_voor_mij}

Stuur deze mail niet door: wie de link heeft, komt binnen.""",
    ),
    "reminder_finish": (
        "Herinnering: wat nog open staat voor {organisatie}",
        """\
U bent begonnen met de vragenlijst van {meting} voor {organisatie}. \
Wij ontvangen uw antwoorden graag voor {graag_voor}.

{nog_open}

Ga verder met deze link:
{link}

Invullen kan tot en met {laatste_dag}.""",
    ),
    "reminder_last": (
        "Laatste herinnering: invullen kan tot en met {laatste_dag}",
        """\
De vragenlijst van {meting} voor {organisatie} is nog niet ingediend. \
Dat kan tot en met {laatste_dag}. Daarna sluit de vragenlijst.

{nog_open}

Open de vragenlijst met deze link:
{link}

Bent u niet de juiste persoon? Laat het ons weten:
{niet_voor_mij}""",
    ),
}
