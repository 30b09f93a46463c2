from allauth.account.auth_backends import AuthenticationBackend

from surveys.accounts.models import Person
from surveys.statements import select_one

PERSON = "SELECT {person} FROM accounts_person person WHERE person.id = %s"


class PersonBackend(AuthenticationBackend):
    """allauth's ways to sign in; who is behind a session is looked up by a statement that the database keeps.

    Every page for who signed in asks it (docs/benchmark.md).
    """

    def get_user(self, user_id: int) -> Person | None:
        found = select_one(PERSON, [user_id], person=Person)
        person = found["person"] if found else None
        return person if person is not None and self.user_can_authenticate(person) else None
