"""A small survey with every kind of question and routing, and what is needed to answer it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.test import Client

from surveys.accounts.models import Membership, Organisation, Person
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption
from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
)
from surveys.questionnaire.lifecycle import open_wave, plan_wave, publish_definition
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.models import Response

NOW = datetime(2026, 3, 2, 10, 42, tzinfo=ZoneInfo("Europe/Amsterdam"))
DONT_KNOW = AnswerValue(AnswerState.DONT_KNOW)

# Holland Rijnland and two of its members, a municipality of another region, on 1 January 2026.
REGION, MEMBER, OTHER_MEMBER, STRANGER = "JZ18", "GM0546", "GM0534", "GM0479"


def choose(*codes: str, **texts: str) -> AnswerValue:
    """`choose("ja")`, or `choose("anders", anders="…")` with the text behind an option."""
    return AnswerValue(AnswerState.GIVEN, tuple(ChosenOption(code, texts.get(code, "")) for code in codes))


def write(text: str) -> AnswerValue:
    return AnswerValue(AnswerState.GIVEN, text=text)


def count(number: int | str) -> AnswerValue:
    return AnswerValue(AnswerState.GIVEN, number=Decimal(number))


def make_question(
    code: str,
    kind: str = "text",
    *,
    options: Iterable[str] = (),
    required: bool = False,
    after: dict[str, tuple[str, ...]] | None = None,
    missing: tuple[str, ...] = (),
    **rest: object,
) -> QuestionDefinition:
    """An option "anders" asks for a text; `after` are the conditions, option codes by question code."""
    return QuestionDefinition(
        code=code,
        kind=kind,
        text=f"Vraag {code}?",
        requirement="required" if required else "recommended",
        options=tuple(OptionDefinition(each, each.capitalize(), each == "anders") for each in options),
        conditions=tuple(ConditionDefinition(source, codes) for source, codes in (after or {}).items()),
        missing=missing,
        **rest,
    )


def make_definition(*sections: tuple[str, tuple[QuestionDefinition, ...]]) -> Definition:
    return Definition(
        survey="proef",
        title="Proefvragenlijst",
        number=1,
        sections=tuple(
            SectionDefinition(
                code, f"Onderdeel {code}", questions, intro="Waar het over gaat.", more="En meer."
            )
            for code, questions in sections
        ),
    )


DEFINITION = make_definition(
    (
        "toegang",
        (
            make_question("beperkt", "single", options=("ja", "nee"), required=True, missing=("dont_know",)),
            make_question(
                "hoe", "multiple", options=("school", "wijk", "anders"), after={"beperkt": ("ja",)}
            ),
            make_question("uitleg", after={"hoe": ("wijk", "anders")}),
            make_question("knelpunten"),
        ),
    ),
    (
        "huisarts",
        (
            make_question("poh", "single", options=("ja", "nee", "overig"), required=True),
            make_question(
                "verzekeraar", "single", options=("ja", "nee"), required=True, after={"poh": ("ja", "overig")}
            ),
            make_question("sinds", "year", after={"poh": ("ja",)}, missing=("dont_know",)),
            make_question("fte", "number", unit="fte", decimals=1, after={"beperkt": ("ja",)}),
            make_question("kosten", "euro", decimals=2),
        ),
    ),
)
COMPLETE = {"beperkt": choose("nee"), "poh": choose("nee")}


def make_wave(
    definition: Definition = DEFINITION,
    *,
    code: str = "proef",
    reference_date: date = date(2026, 1, 1),
    opens_on: date = date(2026, 1, 1),
    closes_on: date = date(2099, 12, 31),
    previous: Wave | None = None,
) -> Wave:
    """An open wave of a definition that the territory's real municipalities are asked."""
    wave = plan_wave(
        code=code,
        title="Proefmeting",
        version=publish_definition(definition),
        reference_date=reference_date,
        opens_on=opens_on,
        closes_on=closes_on,
        previous=previous,
    )
    open_wave(wave)
    return wave


def make_person(name: str, *, organisation: str = "", role: str = Membership.Role.COORDINATOR) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@voorbeeld.example", first_name=name)
    if organisation:
        Membership.objects.create(person=person, organisation_id=organisation, role=role)
    return person


def sign_in(name: str, organisation: str = "", *, role: str = Membership.Role.COORDINATOR) -> Client:
    """The browser of a new person."""
    client = Client()
    client.force_login(make_person(name, organisation=organisation, role=role))
    return client


def make_response(
    wave: Wave,
    organisation: str,
    *,
    answers: dict[str, AnswerValue] | None = None,
    covers: Iterable[str] = (),
    by: Person | None = None,
    at: datetime = NOW,
) -> Response:
    response = start_response(wave, organisation=Organisation.objects.get(pk=organisation), by=by, at=at)
    if covers:
        save_coverage(response, municipality_codes=list(covers), by=by, at=at)
    if answers:
        answer(response, answers, by=by, at=at)
    return response


def answer(
    response: Response, values: dict[str, AnswerValue], *, by: Person | None = None, at: datetime = NOW
) -> None:
    """Save the values over whatever is there."""
    own = response.answers.filter(municipality=None)
    revisions = dict(own.values_list("question__code", "revision"))
    changes = [AnswerChange(code, value, revisions.get(code, 0)) for code, value in values.items()]
    assert not save_answers(response, changes=changes, by=by, at=at).conflicts


def read(client: Client, url: str) -> str:
    """A page as somebody reads it: what is in `main`, without tags, one space between words."""
    response = client.get(url)
    assert response.status_code == 200
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())
