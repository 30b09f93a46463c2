"""The codebook as DDI-Codebook 2.5, the XML that data archives and catalogues read. Pure.

Order and names of the elements are those of the schema codebook.xsd (DDI Alliance, 2014); docs/downloads.md says how
to hold a file against it. The variables are those of the files that know variables.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from surveys.downloads.wide_columns import list_variables
from surveys.questionnaire.definition import (
    Definition,
    NumberLimits,
    QuestionDefinition,
    SectionDefinition,
    write_bound,
)
from surveys.questionnaire.routing import describe_conditions
from surveys.tabular.workbook import Column, clean_text

NAMESPACE = "ddi:codebook:2_5"
SCHEMA = "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"


def write_ddi(
    definition: Definition,
    *,
    title: str,
    identifier: str,
    release: str,
    released_on: date,
    units: str,
    base_rules: Iterable[str],
    reference_date: date,
    caveats: Iterable[str],
    source: str,
    licence: str,
) -> str:
    """The whole document; `identifier` is that of the wave, `title` its name, `units` what its figures count."""
    titles = make("titlStmt", make("titl", write(f"{title}: codeboek")), make("IDNo", write(identifier)))
    study = make("titlStmt", make("titl", write(title)), make("IDNo", write(identifier)))
    summary = make(
        "sumDscr",
        make("collDate", write(reference_date.isoformat()), date=reference_date.isoformat(), event="single"),
        make("nation", "Nederland", abbr="NL"),
        make("anlyUnit", write(units)),
        make("universe", "Alle gemeenten van Nederland op de peildatum"),
    )
    content = (
        make("docDscr", make("citation", titles)),
        make(
            "stdyDscr",
            make(
                "citation",
                study,
                make("prodStmt", make("producer", write(source))),
                make("verStmt", make("version", write(f"Vragenlijst versie {definition.number}"))),
                make("verStmt", make("version", write(f"Uitgave {release}"), date=released_on.isoformat())),
            ),
            make("stdyInfo", summary),
            make("dataAccs", make("useStmt", make("conditions", write(licence)))),
            *(make("notes", write(rule), subject="Basis") for rule in base_rules),
            *(make("notes", write(caveat), subject="Let op") for caveat in caveats),
        ),
        make("dataDscr", *_list_groups(definition), *_list_variables(definition)),
    )
    root = make(
        "codeBook",
        *content,
        **{
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "version": "2.5",
            "xml:lang": "nl",
        },
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def make(tag: str, *content: str, **attributes: str) -> str:
    """An element around content that is XML already; an attribute without a value is left out."""
    written = "".join(
        f" {name}={quoteattr(clean_text(value))}" for name, value in attributes.items() if value
    )
    return f"<{tag}{written}>{''.join(content)}</{tag}>"


def write(text: str) -> str:
    return escape(clean_text(text))


def _list_groups(definition: Definition) -> list[str]:
    """A group per part of the questionnaire, with its variables."""
    groups = []
    numbers = _number_variables(definition)
    for number, section in enumerate(definition.sections, start=1):
        variables = [name for question in section.questions for name in numbers[question.code]]
        groups.append(
            make(
                "varGrp",
                make("labl", write(section.title)),
                ID=f"G{number}",
                type="section",
                var=" ".join(variables),
            )
        )
    return groups


def _number_variables(definition: Definition) -> dict[str, list[str]]:
    """The identifiers of the variables of every question: V1, V2 and so on."""
    numbers: dict[str, list[str]] = {}
    count = 0
    for code, question in definition.questions.items():
        columns = list_variables(question)
        numbers[code] = [f"V{count + place}" for place in range(1, len(columns) + 1)]
        count += len(columns)
    return numbers


def _list_variables(definition: Definition) -> list[str]:
    numbers = _number_variables(definition)
    return [
        _describe_variable(column, number=number, question=question, section=section, definition=definition)
        for section in definition.sections
        for question in section.questions
        for number, column in zip(numbers[question.code], list_variables(question), strict=True)
    ]


def _describe_variable(
    column: Column,
    *,
    number: str,
    question: QuestionDefinition,
    section: SectionDefinition,
    definition: Definition,
) -> str:
    is_amount = column.is_number and not column.meaning.values
    limits = _find_limits(question, name=column.name)
    conditions = " ".join(describe_conditions(definition, code=question.code))
    return make(
        "var",
        make("labl", write(column.meaning.label)),
        make(
            "qstn",
            make("qstnLit", write(question.text)),
            *([make("ivuInstr", write(question.help))] if question.help else []),
        ),
        *([make("valrng", _describe_range(limits.bounds))] if limits.is_number else []),
        *([make("universe", write(conditions))] if conditions else []),
        *([make("txt", write(question.definition))] if question.definition else []),
        *(_describe_category(str(code), text) for code, text in column.meaning.values.items()),
        *(_describe_category(code, text, missing="Y") for code, text in column.meaning.missing.items()),
        *([make("concept", write(section.measure))] if section.measure else []),
        make("varFormat", type="numeric" if column.is_number else "character"),
        ID=number,
        name=column.name,
        intrvl="contin" if is_amount else "discrete",
        dcml=str(column.meaning.decimals) if is_amount else "",
    )


def _find_limits(question: QuestionDefinition, *, name: str) -> NumberLimits:
    """Of a cell of a table those of its column, whose code the name ends in."""
    by_code: dict[str, NumberLimits] = {column.code: column for column in question.columns}
    return by_code.get(name.rpartition(".")[2], question)


def _describe_range(bounds: tuple[Decimal, Decimal]) -> str:
    lowest, highest = (write_bound(bound) or "" for bound in bounds)
    return make("range", min=lowest, max=highest)


def _describe_category(code: str, text: str, **attributes: str) -> str:
    return make("catgry", make("catValu", write(code)), make("labl", write(text)), **attributes)
