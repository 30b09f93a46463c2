"""What is left to do before a draft can be published, each problem at its place. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from surveys.drafts.core_questions import find_changed_core
from surveys.drafts.editing import as_sentence
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_checks import locate_problems
from surveys.questionnaire.version_changes import compare_versions
from surveys.questionnaire.word_lists import join_words

# The keys of the definition file, as the screens call them.
FIELD_NAMES = {
    "accepts": "Soorten bestanden",
    "any_of": "Antwoorden",
    "ask_if": "Voorwaarde",
    "change": "Verschil met de vorige versie",
    "code": "Sleutel",
    "columns": "Kolommen",
    "comparison": "Vergelijking",
    "decimals": "Cijfers achter de komma",
    "definition": "Definitie",
    "dimensions": "Dimensies",
    "earliest": "Eerste dag",
    "help": "Hulptekst",
    "kind": "Soort",
    "latest": "Laatste dag",
    "maximum": "Hoogste getal",
    "maximum_megabytes": "Grootte",
    "maximum_ranked": "Aantal plaatsen",
    "message": "Melding",
    "minimum": "Laagste getal",
    "missing": "Geen antwoord",
    "options": "Antwoorden",
    "other": "Andere vraag",
    "percent": "Percentage",
    "requirement": "Verplicht of gewenst",
    "rows": "Rijen",
    "rules": "Controles",
    "severity": "Wat er gebeurt",
    "source": "Bron",
    "text": "Tekst",
    "title": "Titel",
    "tolerance": "Marge",
    "tolerance_percent": "Marge in procenten",
    "total_column": "Kolom met het totaal",
    "total_row": "Rij met het totaal",
    "unit": "Eenheid",
    "cosmetic": "alleen de vorm",
    "clarifying": "verduidelijkt",
    "meaning": "andere betekenis",
    "new": "nieuw",
}
QUOTED_KEY = re.compile(r"'([a-z_]+)'")


@dataclass(frozen=True)
class Problem:
    """A Dutch sentence and where it holds; a blocking one keeps the draft from being published.

    `section` and `question` are codes; None: it is about the whole section or the whole questionnaire.
    """

    message: str
    section: str | None = None
    question: str | None = None
    is_blocking: bool = True


def list_problems(
    definition: Definition, *, former: Definition | None, core: Collection[str]
) -> list[Problem]:
    """In the order of the questionnaire, blocking ones first.

    `former` is the version that this one will follow, `core` the codes of the questions that must stay as in `former`.
    """
    homes = {question.code: section.code for section in definition.sections for question in section.questions}
    found = [
        Problem(say_in_words(each.message), each.section, each.question)
        for each in locate_problems(definition)
    ]
    by_question = [
        *find_circles(definition),
        *find_unreachable(definition),
        *find_claims(definition, former=former),
        *describe_changed_core(definition, former=former, core=core),
    ]
    found += [Problem(message, homes.get(code), code) for code, message in by_question]
    found += [
        Problem(message, homes[code], code, is_blocking=False)
        for code, message in find_same_texts(definition)
    ]
    places = {code: number for number, code in enumerate(homes)}
    found.sort(key=lambda each: (not each.is_blocking, places.get(each.question or "", -1)))
    return list(dict.fromkeys(found))


def find_circles(definition: Definition) -> Iterator[tuple[str, str]]:
    """Questions that wait for each other, of which nobody would ever be asked one; by one code of the circle."""
    sources = {
        code: {condition.question for condition in question.conditions} & definition.questions.keys()
        for code, question in definition.questions.items()
    }
    try:
        TopologicalSorter(sources).prepare()
    except CycleError as error:
        circle = sorted(set(error.args[1]), key=list(definition.questions).index)
        names = join_words([f"'{code}'" for code in circle])
        yield circle[0], f"De vragen {names} wachten op elkaar. Niemand krijgt ze ooit te zien."


def find_unreachable(definition: Definition) -> Iterator[tuple[str, str]]:
    """Questions whose conditions, together with those of what they depend on, can never all hold."""
    for code in definition.questions:
        for source, answers in gather_needs(definition, code).items():
            if not answers:
                yield (
                    code,
                    f"Niemand krijgt deze vraag: de voorwaarden vragen om verschillende antwoorden op '{source}'.",
                )
                break


def gather_needs(definition: Definition, code: str) -> dict[str, set[str]]:
    """Per single choice that leads to the question: the answers that satisfy every condition on the way."""
    needed: dict[str, set[str]] = {}
    waiting, seen = [code], set[str]()
    while waiting:
        here = waiting.pop()
        if here in seen or here not in definition.questions:
            continue
        seen.add(here)
        for condition in definition.questions[here].conditions:
            source = definition.questions.get(condition.question)
            if source is not None and source.kind == "single":
                needed[source.code] = needed.get(source.code, set(condition.any_of)) & set(condition.any_of)
            waiting.append(condition.question)
    return needed


def find_claims(definition: Definition, *, former: Definition | None) -> Iterator[tuple[str, str]]:
    """What the author says of the difference with the former version, where the rules find otherwise."""
    if former is None:
        for code, question in definition.questions.items():
            if question.change:
                yield (
                    code,
                    "Haal weg wat u zegt van het verschil met de vorige versie: er is geen eerdere versie.",
                )
        return
    for change in compare_versions(former, definition):
        if change.problem:
            yield change.code, say_in_words(change.problem)


def describe_changed_core(
    definition: Definition, *, former: Definition | None, core: Collection[str]
) -> Iterator[tuple[str, str]]:
    if former is None:
        return
    for code in find_changed_core(former, definition, core=core):
        if code in definition.questions:
            yield code, "Dit is een kernvraag. Die moet gelijk zijn aan de vorige versie."
        else:
            yield code, f"De kernvraag '{code}' ontbreekt. Die moet in elke versie staan."
    comparable = {change.code: change for change in compare_versions(former, definition)}
    for code in core:
        is_same = code in definition.questions and code not in find_changed_core(
            former, definition, core=[code]
        )
        if is_same and code in comparable and not comparable[code].is_comparable:
            reasons = " ".join(comparable[code].reasons)
            yield code, f"Dit is een kernvraag, maar de antwoorden zijn niet meer te vergelijken. {reasons}"


def find_same_texts(definition: Definition) -> Iterator[tuple[str, str]]:
    """Within a section: in another one the same words may be about something else."""
    for section in definition.sections:
        first: dict[str, str] = {}
        for question in section.questions:
            same = first.setdefault(question.text.casefold(), question.code)
            if same != question.code:
                yield question.code, f"Deze vraag heeft dezelfde tekst als '{same}'."


def say_in_words(message: str, *, names: Mapping[str, str] = FIELD_NAMES) -> str:
    """The same message with the names of fields in the place of keys of the definition file."""
    return as_sentence(
        QUOTED_KEY.sub(
            lambda found: f"“{names[found[1]]}”" if found[1] in names else found[0],
            message,
        )
    )
