"""The survey sheet from top to bottom: groups become sections, rows become questions. Pure."""

from dataclasses import dataclass, field, replace

from surveys.drafts.xlsform.cells import read_text, refuse_other_cells
from surveys.drafts.xlsform.choices import ChoiceLists
from surveys.drafts.xlsform.conditions import read_conditions
from surveys.drafts.xlsform.question_reading import read_question
from surveys.drafts.xlsform.sheets import FormRow, Report
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition

# What a device notes by itself; here a response knows who answered and when.
DEVICE_TYPES = (
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit", "simserial", "subscriberid",
    "imei", "start-geopoint", "background-audio",
)  # fmt: skip
GROUP_CELLS = ("type", "name", "label", "relevant", "mm_code", "mm_measure", "mm_more")
NOTE_CELLS = ("type", "name", "label", "hint", "guidance_hint")
ONE_PAGE = "field-list"
LOOSE_SECTION, LOOSE_TITLE = "vragen", "Vragen"


@dataclass
class SectionRows:
    """A group while it is read; `row` is where it begins, or its first question when there is no group."""

    row: FormRow
    code: str
    title: str
    intro: list[str] = field(default_factory=list)
    questions: list[tuple[FormRow, QuestionDefinition]] = field(default_factory=list)
    is_group: bool = True


class SurveyReader:
    """Takes the rows of the survey sheet one by one, and knows where every code stands."""

    def __init__(self, *, lists: ChoiceLists, report: Report) -> None:
        self.lists = lists
        self.report = report
        self.sections: list[SectionRows] = []
        self.open_groups: list[FormRow] = []
        self.rows_of_questions: dict[str, FormRow] = {}
        self.rows_of_sections: dict[str, FormRow] = {}
        self.refused_codes = set[str]()
        self.sections_with_refusals = set[str]()

    def read_row(self, row: FormRow) -> None:
        row_type = "_".join(row.read("type").split())
        if not row_type:
            self._read_row_without_type(row)
        elif row_type in ("begin_group", "begin_repeat"):
            self._begin_group(row, row_type=row_type)
        elif row_type in ("end_group", "end_repeat"):
            self._end_group(row, row_type=row_type)
        elif row_type == "note":
            self._read_note(row)
        elif row_type in DEVICE_TYPES:
            self.refused_codes.add(row.read("name"))
            self.report.leave_out(row, f"'{row.read('type')}': een apparaat vult dit zelf in.")
        else:
            self._read_question(row)

    def finish(self) -> tuple[SectionDefinition, ...]:
        for row in self.open_groups:
            self.report.refuse(row, "Deze groep wordt nergens afgesloten met 'end_group'.")
        questions = {question.code: question for each in self.sections for _, question in each.questions}
        return tuple(
            SectionDefinition(
                code=section.code,
                title=section.title,
                measure=section.row.read("mm_measure") if section.is_group else "",
                intro="\n\n".join(section.intro),
                more=read_text(section.row, "mm_more", report=self.report) if section.is_group else "",
                questions=tuple(
                    replace(
                        question,
                        conditions=read_conditions(
                            [section.row, row] if section.is_group else [row],
                            questions=questions,
                            refused=self.refused_codes,
                            report=self.report,
                        ),
                    )
                    for row, question in section.questions
                ),
            )
            for section in self.sections
        )

    def _read_row_without_type(self, row: FormRow) -> None:
        if row.read("name") or row.read("label"):
            self.report.refuse(row, "'type' ontbreekt.")
        else:
            self.report.leave_out(row, "Deze regel heeft geen 'type', 'name' en 'label'.")

    def _begin_group(self, row: FormRow, *, row_type: str) -> None:
        self.open_groups.append(row)
        if row_type == "begin_repeat":
            self.report.refuse(row, "Een blok dat zich herhaalt, kennen wij niet.")
            return
        if len(self.open_groups) > 1:
            self.report.refuse(row, "Een groep in een groep kennen wij niet. Maak er één onderdeel van.")
            return
        silent = ("appearance",) if row.read("appearance") == ONE_PAGE else ()
        refuse_other_cells(row, known=(*GROUP_CELLS, *silent), report=self.report)
        code = row.read("mm_code") or row.read("name")
        if not code:
            self.report.refuse(row, "'name' ontbreekt.")
        elif code in self.rows_of_sections:
            first = self.rows_of_sections[code].number
            self.report.refuse(row, f"De naam '{code}' heeft de groep in rij {first} al.")
        self.rows_of_sections.setdefault(code, row)
        title = read_text(row, "label", report=self.report) or code
        self.sections.append(SectionRows(row, code, title))

    def _end_group(self, row: FormRow, *, row_type: str) -> None:
        begun = self.open_groups.pop() if self.open_groups else None
        if begun is None or "_".join(begun.read("type").split()) != row_type.replace("end", "begin"):
            self.report.refuse(row, f"'{row.read('type')}' sluit niets af wat hier open staat.")

    def _read_note(self, row: FormRow) -> None:
        """A text at the beginning of a group is the introduction of the section; elsewhere it has no place."""
        section = self.sections[-1] if self.open_groups and self.sections else None
        if section is None or section.questions:
            self.report.refuse(
                row,
                "Een tekst (note) kan bij ons alleen aan het begin van een groep staan, als inleiding. "
                "Zet de tekst daar of in 'hint' bij een vraag.",
            )
            return
        refuse_other_cells(row, known=NOTE_CELLS, report=self.report)
        texts = (read_text(row, column, report=self.report) for column in ("label", "hint", "guidance_hint"))
        section.intro += filter(None, texts)

    def _read_question(self, row: FormRow) -> None:
        code = row.read("name")
        first = self.rows_of_questions.setdefault(code, row)
        question = read_question(row, lists=self.lists, report=self.report)
        section = self._choose_section(row)
        if question is None:
            self.refused_codes.add(code)
            self.sections_with_refusals.add(section.code)
            return
        if not code:
            self.report.refuse(row, "'name' ontbreekt.")
        elif first is not row:
            self.report.refuse(row, f"De naam '{code}' heeft de vraag in rij {first.number} al.")
        section.questions.append((row, question))

    def _choose_section(self, row: FormRow) -> SectionRows:
        """The group that is open; questions outside every group get a section together."""
        current = self.sections[-1] if self.sections else None
        if current is not None and (current.is_group == bool(self.open_groups)):
            return current
        number = sum(not section.is_group for section in self.sections) + 1
        suffix = f"-{number}" if number > 1 else ""
        title = f"{LOOSE_TITLE} {number}" if number > 1 else LOOSE_TITLE
        section = SectionRows(row, f"{LOOSE_SECTION}{suffix}", title, is_group=False)
        self.rows_of_sections.setdefault(section.code, row)
        self.sections.append(section)
        return section
