"""Terms of the field in running text: where each first stands, so that the page can explain it there. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Part of a word: POH-jeugd is no POH.
WORD = r"[\w-]"


@dataclass(frozen=True, slots=True)
class Term:
    """`code` is what an address calls it; `forms` are all ways to write it, its name among them."""

    code: str
    name: str
    forms: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `code` is that of the term it is, or ""."""

    text: str
    code: str = ""


class Explainer:
    """Marks the terms in the texts of one page, each where it stands first. Hand in the texts in reading order."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.found: list[Term] = []
        self._exact: dict[str, Term] = {}
        self._any_case: dict[str, Term] = {}
        for term in terms:
            for form in term.forms:
                if has_inner_capital(form):
                    self._exact.setdefault(form, term)
                else:
                    self._any_case.setdefault(form.casefold(), term)
        forms = sorted([*self._exact, *self._any_case], key=len, reverse=True)
        either = "|".join(map(re.escape, forms))
        self._pattern = re.compile(f"(?<!{WORD})(?:{either})(?!{WORD})", re.IGNORECASE) if forms else None

    def mark(self, text: str) -> list[Piece]:
        """The text in pieces, which together are the text again."""
        pieces, end = [], 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            term = self._exact.get(match[0]) or self._any_case.get(match[0].casefold())
            if term is None or term in self.found:
                continue
            self.found.append(term)
            pieces += [Piece(text[end : match.start()]), Piece(match[0], term.code)]
            end = match.end()
        return [piece for piece in (*pieces, Piece(text[end:])) if piece.text]

    def mark_paragraphs(self, text: str) -> list[list[Piece]]:
        """Of a text in which an empty line begins a new paragraph."""
        paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
        return [self.mark(stripped) for paragraph in paragraphs if (stripped := paragraph.strip())]


def has_inner_capital(form: str) -> bool:
    """JIM and POH-jeugd are only themselves with their capitals; "Wijkteam" may begin a sentence."""
    return form[1:] != form[1:].lower()
