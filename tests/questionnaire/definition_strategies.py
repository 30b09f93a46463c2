"""Hypothesis strategies for definitions that hold: every kind of question, conditions, rules and limits."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from surveys.questionnaire.definition import (
    CHOICE_KINDS,
    COLUMN_KINDS,
    FILE_EXTENSIONS,
    KINDS,
    MISSING_STATES,
    REQUIREMENTS,
    SEVERITIES,
    ColumnDefinition,
    ConditionDefinition,
    Definition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30
).map(lambda text: text.strip() or "Tekst")
maybe_texts = st.just("") | texts


def codes(prefix: str, *, minimum: int = 2, maximum: int = 4) -> st.SearchStrategy[list[str]]:
    """The prefix with different numbers behind it, in any order."""
    numbers = st.lists(st.integers(1, 9), min_size=minimum, max_size=maximum, unique=True)
    return numbers.map(lambda found: [f"{prefix}{number}" for number in found])


@st.composite
def options(draw: st.DrawFn, *, may_ask: bool = False) -> tuple[OptionDefinition, ...]:
    return tuple(
        OptionDefinition(code, draw(texts), asks_text=may_ask and draw(st.booleans()))
        for code in draw(codes("antwoord_"))
    )


@st.composite
def columns(draw: st.DrawFn, code: str) -> ColumnDefinition:
    kind = draw(st.sampled_from(COLUMN_KINDS))
    return ColumnDefinition(
        code,
        draw(texts),
        kind,
        unit=draw(maybe_texts) if kind == "number" else "",
        maximum=None if kind == "single" else draw(st.none() | st.just(Decimal(90))),
        decimals=0 if kind == "single" else draw(st.integers(0, 3)),
        options=draw(options()) if kind == "single" else (),
    )


@st.composite
def parts(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """What belongs to one kind of question."""
    match kind:
        case "single" | "multiple":
            return {"options": draw(options(may_ask=True))}
        case "ranking":
            found = draw(options())
            return {"options": found, "maximum_ranked": draw(st.integers(0, len(found)))}
        case "number" | "euro":
            limits = {
                "minimum": draw(st.none() | st.just(Decimal("0.5"))),
                "decimals": draw(st.integers(1, 3)),
            }
            return limits | {"unit": draw(maybe_texts) if kind == "number" else ""}
        case "percentage":
            return {"maximum": draw(st.none() | st.integers(1, 100).map(Decimal))}
        case "year":
            return {"minimum": draw(st.none() | st.integers(1000, 2000).map(Decimal))}
        case "date":
            return {"earliest": draw(st.none() | st.dates(date(1900, 1, 1), date(2020, 1, 1)))}
        case "matrix":
            return {
                "rows": tuple(LineDefinition(code, draw(texts)) for code in draw(codes("rij_", minimum=1))),
                "columns": tuple(draw(columns(code)) for code in draw(codes("kolom_", minimum=1))),
            }
        case "typology":
            return {
                "dimensions": tuple(
                    DimensionDefinition(code, draw(texts), draw(options())) for code in draw(codes("kant_"))
                )
            }
        case "file":
            accepts = st.lists(st.sampled_from(FILE_EXTENSIONS), min_size=1, max_size=3, unique=True)
            return {"accepts": tuple(draw(accepts)), "maximum_megabytes": draw(st.integers(1, 25))}
    return {}


@st.composite
def rules(draw: st.DrawFn, kind: str, earlier: list[QuestionDefinition]) -> tuple[RuleDefinition, ...]:
    severity = st.sampled_from(SEVERITIES)
    found = []
    if kind in ("number", "euro", "percentage") and draw(st.booleans()):
        found.append(
            RuleDefinition("range", draw(severity), message=draw(maybe_texts), maximum=Decimal("12.5"))
        )
        found.append(RuleDefinition("change", draw(severity), percent=Decimal(10)))
    numbers = [question.code for question in earlier if question.is_number]
    if kind in ("number", "euro") and numbers and draw(st.booleans()):
        other = draw(st.sampled_from(numbers))
        found.append(RuleDefinition("compare", draw(severity), other=other, comparison="at_most"))
    return tuple(found)


@st.composite
def questions(
    draw: st.DrawFn, code: str, earlier: list[QuestionDefinition], *, kinds: tuple[str, ...] = KINDS
) -> QuestionDefinition:
    """A question that may depend on `earlier` ones."""
    kind = draw(st.sampled_from(kinds))
    choices = [question for question in earlier if question.kind in CHOICE_KINDS]
    sources = (
        draw(st.lists(st.sampled_from(choices), max_size=2, unique_by=lambda each: each.code))
        if choices
        else []
    )
    return QuestionDefinition(
        code=code,
        kind=kind,
        text=draw(texts),
        requirement=draw(st.sampled_from(REQUIREMENTS)),
        help=draw(maybe_texts),
        definition=draw(maybe_texts),
        conditions=tuple(
            ConditionDefinition(
                source.code,
                tuple(draw(st.sets(st.sampled_from([each.code for each in source.options]), min_size=1))),
            )
            for source in sources
        ),
        missing=tuple(draw(st.sets(st.sampled_from(MISSING_STATES)))),
        rules=draw(rules(kind, earlier)),
        **draw(parts(kind)),
    )


@st.composite
def definitions(draw: st.DrawFn, *, kinds: tuple[str, ...] = KINDS, most_questions: int = 4) -> Definition:
    """One to three sections; conditions point back, so that the definition can be published."""
    earlier: list[QuestionDefinition] = []
    sections = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        asked = []
        for place in range(1, draw(st.integers(1, most_questions)) + 1):
            asked.append(draw(questions(f"vraag_{number}_{place}", [*earlier, *asked], kinds=kinds)))
        earlier += asked
        sections.append(
            SectionDefinition(
                f"deel_{number}",
                draw(texts),
                tuple(asked),
                intro=draw(maybe_texts),
                more=draw(maybe_texts),
            )
        )
    return Definition("proef", draw(texts), draw(st.integers(1, 9)), tuple(sections), draw(maybe_texts))
