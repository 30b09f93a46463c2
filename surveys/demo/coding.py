"""Lets the demo's two researchers code open answers, through the same functions that the site uses."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from surveys.accounts.models import Person
from surveys.coding.comparing import select_to_settle
from surveys.coding.lifecycle.carrying_over import create_with_themes
from surveys.coding.lifecycle.codebooks import ThemeText, add_theme, publish_codebook, start_codebook
from surveys.coding.lifecycle.redacting import decide_quote
from surveys.coding.lifecycle.releasing import release_counts
from surveys.coding.lifecycle.rounds import assign_coder, begin_settling, start_round
from surveys.coding.lifecycle.settling import settle_text
from surveys.coding.models import Assignment, CodebookVersion, Coding, CodingRound
from surveys.coding.texts import select_round_texts, select_texts
from surveys.demo.codebooks import DemoCodebook, read_codebooks
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer
from surveys.trail.recording import record

CODERS = ("onderzoeker@demo.example", "onderzoeker2@demo.example")
# One in so many texts, the first among them, the second coder sees otherwise.
DIFFERS = 6
# Of the wave that is open, one question is half coded.
HALF_CODED = "poh_knelpunten"


def code_finished_wave(
    wave: Wave, *, texts: Mapping[str, Sequence[str]], seed: int, at: datetime
) -> dict[str, CodebookVersion]:
    """Make the codebooks, code every text twice, settle what differs and let the themes count.

    `texts` are the invented answers by question, `at` when the codebooks are made; the rest takes a month. Returns
    the codebooks by question.
    """
    versions = {}
    for codebook in read_codebooks(texts):
        team = _Team(wave, codebook, seed=seed, at=at)
        version = team.make_codebook()
        coding_round = team.start(version)
        team.code(coding_round, list(select_round_texts(coding_round)))
        coding_round = begin_settling(coding_round, by=team.leader, at=at + timedelta(days=14))
        for text in list(select_to_settle(coding_round)):
            settle_text(
                coding_round,
                answer_id=text.pk,
                revision=text.revision,
                seen=None,
                themes=codebook.coded[text.text],
                note="Samen bekeken.",
                by=team.leader,
                at=at + timedelta(days=20),
            )
        team.decide_quotes()
        release_counts(coding_round, by=team.leader, at=at + timedelta(days=30))
        versions[codebook.question] = version
    return versions


def begin_coding(
    wave: Wave,
    *,
    texts: Mapping[str, Sequence[str]],
    versions: Mapping[str, CodebookVersion],
    seed: int,
    at: datetime,
) -> None:
    """Half of the texts of one question, with differences that wait for somebody to settle them."""
    [codebook] = [each for each in read_codebooks(texts) if each.question == HALF_CODED]
    team = _Team(wave, codebook, seed=seed, at=at)
    coding_round = team.start(versions[HALF_CODED])
    found = list(select_round_texts(coding_round))
    team.code(coding_round, found[: (len(found) + 1) // 2])
    begin_settling(coding_round, by=team.leader, at=at + timedelta(hours=7))


class _Team:
    """Two researchers who code one question of one wave; the first leads."""

    def __init__(self, wave: Wave, codebook: DemoCodebook, *, seed: int, at: datetime) -> None:
        self.wave, self.codebook, self.at = wave, codebook, at
        # Not the random of the answers: how texts are coded changes nothing in what is answered.
        self.random = Random(f"{seed} {wave.code} {codebook.question}")  # noqa: S311 - to be repeatable
        people = Person.objects.in_bulk(CODERS, field_name="email")
        self.coders = [people[email] for email in CODERS]

    @property
    def leader(self) -> Person:
        return self.coders[0]

    def make_codebook(self) -> CodebookVersion:
        version = start_codebook(
            survey=self.wave.version.survey, question=self.codebook.question, by=self.leader, at=self.at
        )
        for theme in self.codebook.themes:
            text = ThemeText(theme.code, theme.name, theme.definition, theme.example)
            add_theme(version, text, by=self.leader, at=self.at)
        return publish_codebook(version, by=self.leader, at=self.at)

    def start(self, version: CodebookVersion) -> CodingRound:
        return start_round(self.wave, version=version, by=self.leader, at=self.at)

    def code(self, coding_round: CodingRound, texts: Sequence[Answer]) -> None:
        """The rows and lines that `code_text` makes one by one, written together: there are many."""
        keys = {theme.code: theme.pk for theme in coding_round.version.themes.all()}
        for coder, choices in zip(self.coders, self._choose(texts), strict=True):
            assignment = assign_coder(coding_round, coder=coder, by=self.leader, at=self.at)
            codings = [
                (self._build_coding(assignment, text, place=place), [keys[code] for code in sorted(codes)])
                for place, (text, codes) in enumerate(zip(texts, choices, strict=True))
            ]
            create_with_themes(Coding, codings)
            for coding, _ in codings:
                record(
                    coding_round,
                    "coding.code",
                    by=coder,
                    at=coding.saved_at,
                    text=coding.answer_id,
                    revision=coding.revision,
                )

    def _build_coding(self, assignment: Assignment, text: Answer, *, place: int) -> Coding:
        return Coding(
            assignment=assignment,
            answer=text,
            revision=text.revision,
            saved_at=self.at + timedelta(minutes=10 + place),
        )

    def _choose(self, texts: Sequence[Answer]) -> Iterator[list[frozenset[str]]]:
        """What each coder makes of the texts: the first what they are about, the second not always."""
        right = [self.codebook.coded[text.text] for text in texts]
        yield right
        codes = {theme.code for theme in self.codebook.themes}
        yield [
            themes if place % DIFFERS else themes | {self.random.choice(sorted(codes - themes))}
            for place, themes in enumerate(right)
        ]

    def decide_quotes(self) -> None:
        """Once per wording: one quote of a kind is enough."""
        found = {
            text.text: text for text in select_texts(self.wave, questions=[self.codebook.question]).reverse()
        }
        for wording in sorted(self.codebook.quoted & found.keys()):
            decide_quote(
                self.wave,
                question=self.codebook.question,
                answer_id=found[wording].pk,
                revision=found[wording].revision,
                may_be_quoted=True,
                by=self.leader,
                at=self.at + timedelta(days=25),
            )
