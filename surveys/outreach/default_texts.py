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
}
