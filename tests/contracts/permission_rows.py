"""What a row of the matrix is: an address, and who gets what there; permission_matrix.py has them all."""

from dataclasses import dataclass

ROLES = ("anonymous", "coordinator", "other_coordinator", "reader", "researcher", "editor")

Outcome = int | str
SIGN_IN = "to the sign-in page"
REFUSED = "to the page that refuses the administration"
ADMIN = "to the home of the administration"
OWN_SURVEYS = "to the own surveys"
HOME = "to the home page"
SIGN_IN_WITH_CODE = "to the page that mails a code"
CONFIRM = "to the page that asks once more who you are"


@dataclass(frozen=True)
class Row:
    """`coordinator` and `reader` belong to the organisation in the path, `other_coordinator` to another one."""

    route: str
    path: str
    anonymous: Outcome
    coordinator: Outcome
    other_coordinator: Outcome
    reader: Outcome
    researcher: Outcome
    editor: Outcome


def everybody(route: str, path: str, outcome: Outcome = 200) -> Row:
    return Row(route, path, *[outcome] * len(ROLES))


def signed_in(route: str, path: str) -> Row:
    return Row(route, path, SIGN_IN, 200, 200, 200, 200, 200)


def confirmed(route: str, path: str) -> Row:
    """Opens for who said a moment ago who they are."""
    return Row(route, path, SIGN_IN, CONFIRM, CONFIRM, CONFIRM, CONFIRM, CONFIRM)


def while_signing_in(route: str, path: str, anonymous: Outcome) -> Row:
    return Row(route, path, anonymous, OWN_SURVEYS, OWN_SURVEYS, OWN_SURVEYS, ADMIN, ADMIN)


def own_organisation(route: str, path: str) -> Row:
    """For the organisation's own people; to anybody else who is signed in it does not exist."""
    return Row(route, path, SIGN_IN, 200, 404, 200, 404, 404)


def own_coordinator(route: str, path: str) -> Row:
    """For who coordinates the organisation's survey; colleagues are refused."""
    return Row(route, path, SIGN_IN, 200, 404, 403, 404, 404)


def own_things(route: str, path: str) -> Row:
    """For the one person they belong to, here the coordinator; to anybody else who is signed in they do not exist."""
    return Row(route, path, SIGN_IN, 200, 404, 404, 404, 404)


def administration(route: str, path: str, *, researcher: Outcome, editor: Outcome) -> Row:
    return Row(route, path, REFUSED, REFUSED, REFUSED, REFUSED, researcher, editor)


def for_researchers(route: str, path: str) -> Row:
    return administration(route, path, researcher=200, editor=ADMIN)


def for_editors(route: str, path: str) -> Row:
    return administration(route, path, researcher=ADMIN, editor=200)


def posted_by_researchers(route: str, path: str) -> Row:
    """Only a form goes there."""
    return administration(route, path, researcher=405, editor=ADMIN)


def for_superusers(route: str, path: str) -> Row:
    return administration(route, path, researcher=ADMIN, editor=ADMIN)
