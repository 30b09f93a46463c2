"""The receipt: what was submitted, read back from its snapshot, for the page and for the PDF."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from surveys.accounts.models import Organisation
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition
from surveys.responses.models import Submission
from surveys.responses.progress import list_routed_questions
from surveys.responses.snapshots import Snapshot, read_snapshot
from surveys.responses.wording import describe_answer
from surveys.typesetting.pdf import typeset

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "typeset" / "receipt.typ"


@dataclass(frozen=True)
class ReceiptRow:
    """A question with its answer in words; `remarks` are the deviations of municipalities."""

    term: str
    description: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReceiptSection:
    code: str
    title: str
    rows: tuple[ReceiptRow, ...]


@dataclass(frozen=True)
class Receipt:
    submission: Submission
    facts: tuple[tuple[str, str], ...]
    sections: tuple[ReceiptSection, ...]


def read_receipt(submission: Submission, *, sections: Collection[str] | None = None) -> Receipt:
    """The receipt of a submission; `sections` (codes) narrows it to what a limited colleague may see."""
    snapshot = read_snapshot(submission.content)
    version = QuestionnaireVersion.objects.get(survey=snapshot.survey, number=snapshot.version)
    return Receipt(
        submission,
        tuple(list_facts(submission, snapshot=snapshot)),
        tuple(
            section
            for section in list_sections(load_definition(version), snapshot=snapshot)
            if sections is None or section.code in sections
        ),
    )


def typeset_receipt(submission: Submission, *, sections: Collection[str] | None = None) -> bytes:
    """The receipt as an accessible PDF."""
    receipt = read_receipt(submission, sections=sections)
    return typeset(
        TEMPLATE,
        data={
            "title": f"Ontvangstbewijs {submission.receipt_code}",
            "organisation": str(submission.response.organisation),
            "wave": submission.response.wave.title,
            "facts": [{"term": term, "description": description} for term, description in receipt.facts],
            "checksum": submission.checksum,
            "sections": [
                {
                    "title": section.title,
                    "rows": [
                        {
                            "term": row.term,
                            "lines": row.description.splitlines(),
                            "remarks": list(row.remarks),
                        }
                        for row in section.rows
                    ],
                }
                for section in receipt.sections
            ],
        },
        made_at=submission.submitted_at,
    )


def name_receipt_file(submission: Submission) -> str:
    return f"ontvangstbewijs-{submission.receipt_code}.pdf"


def list_facts(submission: Submission, *, snapshot: Snapshot) -> list[tuple[str, str]]:
    organisation = submission.response.organisation
    facts = [("Ontvangstnummer", submission.receipt_code), ("Organisatie", str(organisation))]
    names = [each.name for each in snapshot.municipalities]
    if organisation.kind == Organisation.Kind.YOUTH_REGION:
        noun = "gemeente" if len(names) == 1 else "gemeenten"
        facts.append(("Namens", f"{len(names)} {noun}: {', '.join(names)}"))
    moment = date_format(timezone.localtime(submission.submitted_at), r"j F Y \o\m H:i")
    facts.append(("Ingediend op", f"{moment} uur"))
    if submission.submitted_by is not None:
        facts.append(("Ingediend door", str(submission.submitted_by)))
    if submission.number > 1:
        facts.append(("Hoe vaak ingediend", f"Dit is de {submission.number}e keer."))
    facts.append(("Versie van de vragenlijst", str(snapshot.version)))
    named = [each.name for each in snapshot.municipalities if each.may_be_named]
    facts.append(("Mag met naam openbaar", ", ".join(named) or "Niemand: alleen zonder naam"))
    return facts


def list_sections(definition: Definition, *, snapshot: Snapshot) -> list[ReceiptSection]:
    """Per section the questions that were asked, in order; a question left open says so."""
    names = {each.code: each.name for each in snapshot.municipalities}
    routed = {question.code for _, question in list_routed_questions(definition, values=snapshot.values)}
    return [
        ReceiptSection(
            section.code,
            section.title,
            tuple(
                ReceiptRow(
                    question.text,
                    describe_answer(question, snapshot.values.get(question.code)),
                    tuple(list_remarks(question, snapshot=snapshot, names=names)),
                )
                for question in section.questions
                if question.code in routed
            ),
        )
        for section in definition.sections
    ]


def list_remarks(
    question: QuestionDefinition, *, snapshot: Snapshot, names: Mapping[str, str]
) -> Iterator[str]:
    for (code, municipality), answer in snapshot.deviations.items():
        if code == question.code and answer.is_asked and municipality in names:
            words = ", ".join(describe_answer(question, answer.value).splitlines())
            yield f"Anders voor {names[municipality]}: {words}"
