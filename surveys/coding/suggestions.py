"""Themes that a text may have, by the words of texts that were coded before. Pure.

A naive Bayes classifier per theme (present words only, add-half smoothing): the log-odds that a text has the theme are
those of the theme itself plus, per word, how much more often texts with the theme have that word than texts without.
It is explained by the words that spoke most, with counts that anybody can check.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import log

WORD = re.compile(r"[^\W\d_]{3,}")

# A word or theme that was seen less often is an accident.
FEWEST_TEXTS = 3
MOST_SUGGESTIONS = 3
MOST_WORDS = 3


@dataclass
class LearnedWords:
    """In how many coded texts each word stands: in all, and in those with each theme (by its code)."""

    texts: int = 0
    words: Counter[str] = field(default_factory=Counter)
    texts_by_theme: Counter[str] = field(default_factory=Counter)
    words_by_theme: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpeakingWord:
    """`with_theme` of the `texts` that have the word got the theme."""

    word: str
    with_theme: int
    texts: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    theme: str
    words: tuple[SpeakingWord, ...]


def learn_words(examples: Iterable[tuple[str, Collection[str]]]) -> LearnedWords:
    """From coded texts, each with the codes of its themes."""
    learned = LearnedWords()
    for text, themes in examples:
        words = split_words(text)
        learned.texts += 1
        learned.words.update(words)
        for theme in themes:
            learned.texts_by_theme[theme] += 1
            learned.words_by_theme.setdefault(theme, Counter()).update(words)
    return learned


def suggest_themes(text: str, *, learned: LearnedWords) -> list[Suggestion]:
    """The themes that are more likely than not, the likeliest first; at most three, each with the words that say so."""
    words = split_words(text)
    found = []
    for theme, texts in learned.texts_by_theme.items():
        others = learned.texts - texts
        if texts < FEWEST_TEXTS or not others:
            continue
        weights = {word: _weigh_word(word, theme=theme, learned=learned) for word in words}
        score = log(texts / others) + sum(weights.values())
        speaking = sorted(
            (word for word, weight in weights.items() if weight > 0), key=lambda word: (-weights[word], word)
        )
        if score > 0 and speaking:
            found.append((score, theme, speaking[:MOST_WORDS]))
    found.sort(key=lambda each: (-each[0], each[1]))
    return [
        Suggestion(
            theme,
            tuple(
                SpeakingWord(word, learned.words_by_theme[theme][word], learned.words[word])
                for word in speaking
            ),
        )
        for _, theme, speaking in found[:MOST_SUGGESTIONS]
    ]


def split_words(text: str) -> frozenset[str]:
    """Words of three letters or more, in lower case."""
    return frozenset(WORD.findall(text.casefold()))


def _weigh_word(word: str, *, theme: str, learned: LearnedWords) -> float:
    """How much the word speaks for the theme; 0 for a word that was hardly seen."""
    if learned.words[word] < FEWEST_TEXTS:
        return 0.0
    texts = learned.texts_by_theme[theme]
    having = learned.words_by_theme[theme][word]
    among_theme = (having + 0.5) / (texts + 1)
    among_others = (learned.words[word] - having + 0.5) / (learned.texts - texts + 1)
    return log(among_theme / among_others)
