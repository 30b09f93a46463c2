"""Words that mean the same to who searches: wijkteam, buurtteam, gebiedsteam. Pure.

Words are bare, as `search_words` leaves them; a phrase is a tuple of words.
"""

from collections.abc import Sequence

Phrase = tuple[str, ...]


def widen(words: Sequence[str], groups: Sequence[Sequence[Phrase]]) -> list[list[Phrase]]:
    """Per part of the search the phrases of which one must be found, what was typed first.

    The longest phrase that a group knows is taken, from left to right; a word in no group stands for itself.
    """
    known: dict[Phrase, list[Phrase]] = {}
    for group in groups:
        for phrase in group:
            others = known.setdefault(phrase, [phrase])
            others += [other for other in group if other not in others]
    longest = max(map(len, known), default=1)
    parts, place = [], 0
    while place < len(words):
        candidates = (tuple(words[place : place + length]) for length in range(longest, 0, -1))
        phrase = next((each for each in candidates if each in known), (words[place],))
        parts.append(known.get(phrase, [phrase]))
        place += len(phrase)
    return parts
