"""A list of contacts that a researcher hands in: which columns, and per row what is wrong or remarkable. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

MAXIMUM_ROWS = 2000
NAME_LENGTH = 150
ADDRESS_LENGTH = 254

HEADERS = {
    "organisation": ("organisatie", "organisatiecode", "code", "gemeente", "jeugdregio"),
    "email": ("e-mail", "email", "e-mailadres", "emailadres"),
    "name": ("naam", "contactpersoon"),
    "functional": ("functioneel", "functionele mailbox"),
}
REQUIRED = ("organisation", "email")
YES, NO = ("ja", "j", "waar", "1"), ("nee", "n", "onwaar", "0", "")


class UnreadableList(Exception):
    """The file is not read at all; the message is Dutch, for who handed it in."""


@dataclass(frozen=True)
class ListedContact:
    """A row as it was typed; `row` is its number in the file."""

    row: int
    organisation: str
    email: str
    name: str = ""
    functional: str = ""


@dataclass(frozen=True)
class JudgedContact:
    """`problems` keep the whole list from being taken in, `warnings` do not."""

    listed: ListedContact
    organisation_code: str
    organisation_name: str
    is_functional_mailbox: bool
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """What a row is judged by: all organisations by code with their names, the codes that the wave asks, the address
    of every contact there is already by code, and which domains are mailboxes for everybody.
    """

    names: Mapping[str, str]
    asked: Collection[str]
    current: Mapping[str, str]
    public_domains: Collection[str]
    is_address: Callable[[str], bool]


def read_list(rows: Sequence[Sequence[str]]) -> list[ListedContact]:
    """The filled rows below the one with the names of the columns. Raises UnreadableList."""
    columns = _find_columns(rows[0] if rows else ())
    listed = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        if any(cells.values()):
            listed.append(ListedContact(number, **cells))
    if not listed:
        raise UnreadableList("Er staat geen enkele organisatie in dit bestand.")
    if len(listed) > MAXIMUM_ROWS:
        raise UnreadableList(f"Er staan te veel rijen in dit bestand: hoogstens {MAXIMUM_ROWS}.")
    return listed


def judge_list(listed: Iterable[ListedContact], *, around: Surroundings) -> list[JudgedContact]:
    """Every row with the organisation that it is about and everything that is wrong with it or remarkable."""
    listed = list(listed)
    known = _index_names(around)
    codes = [_find_code(each.organisation, known=known, around=around) for each in listed]
    same_organisation = defaultdict(list)
    for each, code in zip(listed, codes, strict=True):
        if code:
            same_organisation[code].append(each)
    addresses = Counter(
        (each.email.casefold(), code) for each, code in zip(listed, codes, strict=True) if each.email
    )
    per_address = Counter(address for address, _ in addresses)
    judged = []
    for each, code in zip(listed, codes, strict=True):
        is_functional = each.functional.casefold() in YES
        judged.append(
            JudgedContact(
                each,
                code,
                around.names.get(code, each.organisation),
                is_functional,
                problems=(
                    *_judge_organisation(each, code, known=known, around=around),
                    *_judge_cells(each, is_address=around.is_address),
                    *_compare_rows(each, same_organisation[code] if code else [each]),
                ),
                warnings=tuple(
                    _list_warnings(
                        each,
                        code,
                        is_functional=is_functional,
                        is_shared=per_address[each.email.casefold()] > 1,
                        around=around,
                    )
                ),
            )
        )
    return judged


def _find_columns(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().casefold() for name in header]
    columns = {}
    for key, aliases in HEADERS.items():
        found = [at for at, name in enumerate(names) if name in aliases]
        if len(found) > 1:
            raise UnreadableList(f"De kolom “{header[found[1]].strip()}” lijkt twee keer voor te komen.")
        if found:
            columns[key] = found[0]
    missing = [HEADERS[key][0] for key in REQUIRED if key not in columns]
    if missing:
        listed = " en ".join(f"“{name}”" for name in missing)
        raise UnreadableList(
            f"Wij missen de kolom {listed}. Zet op de eerste rij: organisatie, e-mail, naam, functioneel."
        )
    return columns


def _index_names(around: Surroundings) -> dict[str, set[str]]:
    """The codes by everything that an organisation may be called; an asked one goes before one that is not."""
    known: dict[str, set[str]] = defaultdict(set)
    for code, name in around.names.items():
        plain = name.removeprefix("Gemeente ").removeprefix("Jeugdregio ")
        for key in {code, name, plain}:
            known[key.casefold()].add(code)
    return known


def _find_code(typed: str, *, known: Mapping[str, set[str]], around: Surroundings) -> str:
    """Empty when nothing or more than one organisation is called so."""
    codes = known.get(" ".join(typed.split()).casefold(), set())
    asked = codes & set(around.asked)
    candidates = asked or codes
    return next(iter(candidates)) if len(candidates) == 1 else ""


def _judge_organisation(
    each: ListedContact, code: str, *, known: Mapping[str, set[str]], around: Surroundings
) -> list[str]:
    if not each.organisation:
        return ["De organisatie ontbreekt."]
    if not code:
        several = " ".join(each.organisation.split()).casefold() in known
        return [
            f"Meer organisaties heten “{each.organisation}”. Gebruik de code, zoals GM0546 of JZ18."
            if several
            else f"Wij kennen geen organisatie “{each.organisation}”."
        ]
    return [] if code in around.asked else ["Deze organisatie doet niet mee aan deze meting."]


def _judge_cells(each: ListedContact, *, is_address: Callable[[str], bool]) -> list[str]:
    problems = []
    if not each.email:
        problems.append("Het e-mailadres ontbreekt.")
    elif len(each.email) > ADDRESS_LENGTH or not is_address(each.email):
        problems.append(f"“{each.email}” is geen e-mailadres.")
    if len(each.name) > NAME_LENGTH:
        problems.append(f"De naam is te lang: hoogstens {NAME_LENGTH} tekens.")
    if any(not sign.isprintable() for sign in each.name):
        problems.append("De naam bevat een regeleinde of een ander bijzonder teken.")
    if each.functional.casefold() not in (*YES, *NO):
        problems.append(f"Vul bij functioneel ja of nee in, niet “{each.functional}”.")
    return problems


def _compare_rows(each: ListedContact, same: Sequence[ListedContact]) -> list[str]:
    """Whether the organisation stands there twice: once is enough, also for the same address."""
    others = [other for other in same if other.row != each.row]
    if not others:
        return []
    rows = ", ".join(str(other.row) for other in others)
    if all(other.email.casefold() == each.email.casefold() for other in others):
        return [f"Deze organisatie staat er dubbel in, ook op rij {rows}."]
    return [f"Er is één contactpersoon per organisatie. Deze organisatie staat ook op rij {rows}."]


def _list_warnings(
    each: ListedContact, code: str, *, is_functional: bool, is_shared: bool, around: Surroundings
) -> Iterable[str]:
    if each.email.rpartition("@")[2].casefold() in around.public_domains:
        yield "Dit is een openbare mailbox, niet een adres van de organisatie."
    if each.email and not is_functional:
        yield "Dit is een persoonlijk adres. Een functionele mailbox heeft de voorkeur."
    if is_shared:
        yield "Dit adres staat bij meer organisaties. Het krijgt voor elke organisatie een mail."
    former = around.current.get(code)
    if former and former.casefold() != each.email.casefold():
        yield f"Dit vervangt {former}."
