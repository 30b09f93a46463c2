"""One compared question, from hand-made figures and answers."""

from surveys.results.comparison.queries import HeldAnswer
from surveys.results.comparison.questions import (
    NO_OWN_ANSWER,
    Column,
    NamedGroup,
    OwnColumn,
    compare_question,
    select_column,
)
from surveys.results.table import Status
from tests.results.tables import make_question, make_table

QUESTION = make_question("Ja", "Nee")
TABLE = make_table(QUESTION, {"Zuid": {"ja": 3, "nee": 1}, "Noord": {"ja": 0, "nee": 0}}, unit="municipality")
NAMES = {"GM1": "Aa", "GM2": "Bee", "GM3": "Cee", "GM4": "Dee"}


def hold(*options: str, state: str = "given", provenance: str = "own", by: str = "GM1") -> HeldAnswer:
    return HeldAnswer(state, provenance, by, set(options))


def own(answer: HeldAnswer | None) -> OwnColumn:
    return OwnColumn("GM1", {"poh": answer} if answer else {}, ["poh"])


def test_a_column_is_a_group_or_the_whole_country():
    country = select_column(TABLE, label="Nederland")
    south = select_column(TABLE, label="Zuid", group=("province", "Zuid"))

    assert [row.n for row in country.rows.values() if row.is_choice] == [3, 1]
    assert {row.group_1 for row in south.rows.values()} == {"Zuid"}
    assert select_column(TABLE, label="Oost", group=("province", "Oost")).rows == {}


def test_a_share_a_true_zero_no_data_and_withheld_are_four_things():
    north = select_column(TABLE, label="Noord", group=("province", "Noord"))
    withheld = {
        key: row._replace(status=Status.SUPPRESSED, n=None, base=None, share=None)
        for key, row in north.rows.items()
    }
    zero = select_column(make_table(QUESTION, {"": {"nee": 4}}), label="Nul")

    compared = compare_question(
        QUESTION, columns=[select_column(TABLE, label="Land"), north, Column("Weg", withheld), zero]
    )

    assert compared.columns == ("Antwoord", "Land", "Noord", "Weg", "Nul")
    assert compared.rows == (
        ("Ja", "75\N{NO-BREAK SPACE}%", "–", "afgeschermd", "0\N{NO-BREAK SPACE}%"),
        ("Nee", "25\N{NO-BREAK SPACE}%", "–", "afgeschermd", "100\N{NO-BREAK SPACE}%"),
        ("Aantal gemeenten met een antwoord", "4", "0", "afgeschermd", "4"),
    )


def test_the_own_answer_says_whose_it_is():
    def remarks(answer: HeldAnswer | None) -> tuple[str, ...]:
        return compare_question(QUESTION, columns=[], own=own(answer)).remarks

    assert remarks(hold("ja")) == ()
    assert remarks(None) == (NO_OWN_ANSWER,)
    assert remarks(hold(state="dont_know")) == ("Uw antwoord is: weet ik niet.",)
    assert remarks(hold("ja", provenance="inherited", by="JZ1")) == ("Uw jeugdregio gaf dit antwoord.",)
    (disputed,) = remarks(hold("ja", provenance="disputed", by="JZ1"))
    assert "telt niet mee" in disputed


def test_a_question_that_the_reader_may_not_see_has_no_own_column():
    hidden = OwnColumn("GM1", {"poh": hold("ja")}, questions=[])

    compared = compare_question(QUESTION, columns=[], own=hidden)

    assert (compared.columns, compared.remarks) == (("Antwoord",), ())


def test_names_stand_with_their_answer_and_disputed_ones_nowhere():
    answers = {
        "GM2": {"poh": hold("nee")},
        "GM1": {"poh": hold("nee")},
        "GM3": {"poh": hold("ja", provenance="disputed")},
        "GM4": {"poh": hold(state="refused")},
    }
    group = NamedGroup("Buren", NAMES, answers)

    (named,) = compare_question(QUESTION, columns=[], groups=[group]).named

    assert named.answers == (("Nee", "Aa, Bee"), ("Wil ik niet zeggen", "Dee"))
    assert named.note == "3 van de 4 deelden hun antwoord met naam."


def test_who_chose_more_is_counted_once():
    group = NamedGroup("Buren", NAMES, {"GM2": {"poh": hold("ja", "nee")}})

    (named,) = compare_question(make_question("Ja", "Nee", kind="multiple"), columns=[], groups=[group]).named

    assert named.answers == (("Ja", "Bee"), ("Nee", "Bee"))
    assert named.note.startswith("1 van de 4 deelde")


def test_a_group_in_which_nobody_shares_says_so():
    (named,) = compare_question(QUESTION, columns=[], groups=[NamedGroup("Buren", NAMES, {})]).named

    assert (named.answers, named.note) == (
        (),
        "Niemand van deze gemeenten deelt hier een antwoord met naam.",
    )
