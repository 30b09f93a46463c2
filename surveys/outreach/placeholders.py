"""What a mail may leave open for each organisation: names between braces, such as {organisatie}. Pure."""

import re
from collections.abc import Collection, Mapping

NAME = re.compile(r"\{([^{}]*)\}")
SUBJECT_LENGTH = 150
BODY_LENGTH = 5000

DESCRIPTIONS = {
    "organisatie": "de gemeente of jeugdregio, bijvoorbeeld Gemeente Leiden",
    "meting": "de titel van de meting",
    "laatste_dag": "de laatste dag om in te vullen",
    "graag_voor": "de dag waarvoor u de antwoorden graag heeft, of anders de laatste dag",
    "link": "de link naar de vragenlijst van de organisatie; werkt alleen voor de ontvanger",
    "niet_voor_mij": "de link voor wie niet de juiste persoon is",
    "nog_open": "wat voor de ontvanger nog open staat en wie het doet, in een lijst",
}


def list_template_problems(
    *, subject: str, body: str, allowed: Collection[str], required: Collection[str] = ()
) -> list[str]:
    """Everything that keeps this text from being sent, in Dutch; empty when it can be.

    `allowed` are the names that may stand between braces, `required` those that the body cannot do without.
    """
    problems = []
    if not subject.strip():
        problems.append("Schrijf een onderwerp.")
    if not body.strip():
        problems.append("Schrijf een tekst.")
    if any(not sign.isprintable() for sign in subject):
        problems.append("Het onderwerp is één regel, zonder bijzondere tekens.")
    if len(subject) > SUBJECT_LENGTH:
        problems.append(f"Het onderwerp is te lang: hoogstens {SUBJECT_LENGTH} tekens.")
    if len(body) > BODY_LENGTH:
        problems.append(f"De tekst is te lang: hoogstens {BODY_LENGTH} tekens.")
    names = NAME.findall(subject) + NAME.findall(body)
    unknown = sorted({name for name in names if name not in allowed})
    if unknown:
        listed = ", ".join(f"{{{name}}}" for name in unknown)
        known = ", ".join(f"{{{name}}}" for name in sorted(allowed))
        problems.append(f"Deze invulplek kennen wij niet: {listed}. U kunt kiezen uit {known}.")
    if re.search(r"[{}]", NAME.sub("", subject + body)):
        problems.append("Er staat een losse accolade. Schrijf een invulplek als {organisatie}.")
    if {"link", "niet_voor_mij"} & set(NAME.findall(subject)):
        problems.append("Zet geen link in het onderwerp.")
    if "nog_open" in NAME.findall(subject):
        problems.append("Zet geen lijst in het onderwerp.")
    missing = [name for name in required if f"{{{name}}}" not in body]
    problems += [f"Zet {{{name}}} in de tekst: dat is {DESCRIPTIONS[name]}." for name in missing]
    return problems


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """The text with every known name replaced once: what looks like a name inside a value stays as it is."""
    return NAME.sub(lambda found: values.get(found[1], found[0]), text)


def put_on_one_line(text: str) -> str:
    """Without line breaks and other signs that cannot be seen, which could end a header of a mail."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
