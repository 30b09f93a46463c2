"""The demo's people, one per role. The password is public: these accounts exist only beside invented answers."""

from dataclasses import dataclass

PASSWORD = "welkom-in-de-demo"  # noqa: S105 - shown on the sign-in page on purpose


@dataclass(frozen=True)
class DemoSignIn:
    """`organisation` and `membership` are empty for people who administer; `group` for people who fill in.

    With `sections` (codes) somebody sees only these, in the wave that is open.
    """

    role: str
    email: str
    first_name: str
    last_name: str
    organisation: str = ""
    membership: str = ""
    sections: tuple[str, ...] = ()
    group: str = ""

    @property
    def password(self) -> str:
        return PASSWORD

    @property
    def slug(self) -> str:
        """The name in the address that signs in with one click."""
        return self.email.partition("@")[0]


SIGN_INS = (
    DemoSignIn(
        "Coördinator van de gemeente Zaanstad",
        "gemeente@demo.example",
        "Gerda",
        "Gemeente",
        organisation="GM0479",
        membership="coordinator",
    ),
    DemoSignIn(
        "Invuller bij de gemeente Zaanstad",
        "collega@demo.example",
        "Cor",
        "Collega",
        organisation="GM0479",
        membership="contributor",
    ),
    DemoSignIn(
        "Invuller met één onderdeel bij de gemeente Zaanstad",
        "onderdeel@demo.example",
        "Omar",
        "Onderdeel",
        organisation="GM0479",
        membership="contributor",
        sections=("reikwijdte",),
    ),
    DemoSignIn(
        "Lezer bij de gemeente Zaanstad",
        "lezer@demo.example",
        "Lea",
        "Lezer",
        organisation="GM0479",
        membership="reader",
    ),
    DemoSignIn(
        "Coördinator van de jeugdregio Holland Rijnland",
        "regio@demo.example",
        "Rens",
        "Regio",
        organisation="JZ18",
        membership="coordinator",
    ),
    DemoSignIn(
        "Coördinator van de gemeente Leiden, die bij Holland Rijnland hoort",
        "lid@demo.example",
        "Lotte",
        "Lid",
        organisation="GM0546",
        membership="coordinator",
    ),
    DemoSignIn(
        "Onderzoeker: volgt de respons en downloadt resultaten",
        "onderzoeker@demo.example",
        "Otto",
        "Onderzoeker",
        group="Onderzoekers",
    ),
    DemoSignIn(
        "Tweede onderzoeker: codeert open antwoorden los van de eerste",
        "onderzoeker2@demo.example",
        "Noor",
        "Naspeurder",
        group="Onderzoekers",
    ),
    DemoSignIn(
        "Redacteur: beheert praktijkvoorbeelden",
        "redactie@demo.example",
        "Rita",
        "Redacteur",
        group="Redactie",
    ),
)
