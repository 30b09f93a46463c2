from dataclasses import replace

import pytest

from surveys.results.protection.microdata import EarlierRelease, Microdata, Place, Reply, Rule
from surveys.results.protection.protecting import NOTE_WITHHELD, protect
from tests.results.protection.attacker import find_group
from tests.results.protection.places import Country, count_tables, draw_country

RULE = Rule(minimum=3)
PROVINCES = ("Drenthe", "Utrecht", "Zeeland")


def make_reply(code: str, province: str, *outcomes: str, **changes) -> Reply:
    return replace(
        Reply(
            unit="municipality",
            contributor=code,
            response=code,
            question="poh",
            groups={"province": province},
            is_answered=not any(outcome.startswith("#") for outcome in outcomes),
            outcomes=frozenset(outcomes),
            inhabitants=30_000,
        ),
        **changes,
    )


def make_country(answers: dict[str, list[str]], **changes) -> Country:
    """Who answered what, by province; in every province twice as many municipalities could have."""
    replies = [
        make_reply(f"{province}{number}", province, outcome, **changes)
        for province, outcomes in answers.items()
        for number, outcome in enumerate(outcomes)
    ]
    places = [
        Place("municipality", f"{province}{number}", {"province": province}, 30_000)
        for province, outcomes in answers.items()
        for number in range(2 * len(outcomes) or 2)
    ]
    return Country(tuple(places), tuple(replies))


def show(country: Country, *, units=("municipality",), **arguments) -> dict[tuple[str, str], str]:
    """The status of the row "ja", by unit and province; "" is the total."""
    tables = count_tables(country, dimensions=("province",), units=units)
    public = protect(tables, microdata=country.microdata, rule=RULE, **arguments)
    return {
        (row.unit, row.group_1): row.status for table in public for row in table.rows if row.option == "ja"
    }


def list_withheld(country: Country, **arguments) -> set[str]:
    shown = show(country, **arguments)
    return {province for (_, province), status in shown.items() if status == "suppressed"}


MIXED = ["ja", "nee", "ja", "nee"]


def test_a_small_group_takes_another_one_with_it_and_the_total_stays():
    country = make_country({"Drenthe": ["ja"], "Utrecht": MIXED, "Zeeland": [*MIXED, *MIXED]})

    assert list_withheld(country, is_complemented=False) == {"Drenthe"}
    assert list_withheld(country) == {"Drenthe", "Utrecht"}


def test_groups_that_are_large_enough_are_all_shown():
    country = make_country(dict.fromkeys(PROVINCES, MIXED))

    assert list_withheld(country) == set()


def test_an_empty_group_stays_empty_and_a_zero_stays_zero():
    country = make_country({"Drenthe": ["ja"], "Utrecht": ["nee"] * 4, "Zeeland": MIXED, "Limburg": []})
    tables = count_tables(country, dimensions=("province",), units=("municipality",))
    rows = {
        (row.group_1, row.option): row
        for table in protect(tables, microdata=country.microdata, rule=RULE)
        for row in table.rows
    }

    assert ("Limburg", "ja") in rows
    assert (rows["Limburg", "ja"].status, rows["Limburg", "ja"].base) == ("no_data", 0)
    assert rows["", "#weet_niet"].n == 0
    withheld = [row for row in rows.values() if row.status == "suppressed"]
    assert {(row.n, row.base, row.share, row.lower, row.upper, row.value, row.units) for row in withheld} == {
        (None, None, None, None, None, None, 0)
    }
    assert {row.note for row in withheld} == {NOTE_WITHHELD}


def test_a_region_that_answers_for_enough_municipalities_is_not_small():
    """It is one response about ten municipalities, and the rule counts municipalities."""
    country = make_country({"Drenthe": MIXED, "Utrecht": MIXED, "Zeeland": MIXED})
    joined = tuple(
        replace(reply, response="regio") if reply.groups["province"] == "Drenthe" else reply
        for reply in country.replies
    )

    assert list_withheld(replace(country, replies=joined)) == set()


@pytest.mark.parametrize(("may_be_named", "expected"), [(True, set()), (False, {"Drenthe", "Utrecht"})])
def test_one_mind_is_withheld_when_somebody_does_not_want_to_be_named(may_be_named, expected):
    country = make_country({"Drenthe": ["ja"] * 4, "Utrecht": MIXED, "Zeeland": [*MIXED, *MIXED]})
    unnamed = (replace(country.replies[0], may_be_named=may_be_named), *country.replies[1:])

    assert list_withheld(replace(country, replies=unnamed)) == expected


def test_a_complete_group_is_withheld_when_somebody_does_not_want_to_be_named():
    country = make_country(dict.fromkeys(PROVINCES, MIXED))
    unnamed = (replace(country.replies[0], may_be_named=False), *country.replies[1:])
    delivered = {reply.contributor for reply in unnamed}
    complete = tuple(
        place
        for place in country.places
        if place.groups["province"] != "Drenthe" or place.contributor in delivered
    )

    assert list_withheld(replace(country, replies=unnamed)) == set()
    assert "Drenthe" in list_withheld(replace(country, replies=unnamed, places=complete))


def test_a_dominated_sum_of_inhabitants_is_withheld_and_the_number_is_not():
    country = make_country({province: [*MIXED, *MIXED, *MIXED] for province in PROVINCES})
    largest = (replace(country.replies[0], inhabitants=5_000_000), *country.replies[1:])
    places = tuple(
        replace(place, inhabitants=5_000_000) if place.contributor == "Drenthe0" else place
        for place in country.places
    )
    shown = show(replace(country, replies=largest, places=places), units=("municipality", "inhabitants"))

    assert shown["municipality", "Drenthe"] == "ok"
    assert shown["inhabitants", "Drenthe"] == "suppressed"


def test_a_withheld_total_takes_its_remarks_and_municipalities_with_it():
    country = make_country({"Drenthe": ["ja"], "Utrecht": ["nee"]})
    (table,) = count_tables(country, dimensions=("province",), units=("municipality",))
    (public,) = protect([table], microdata=country.microdata, rule=RULE)

    assert (dict(public.municipalities), dict(public.remarks)) == ({}, {})
    assert {row.status for row in public.rows} == {"suppressed"}


def test_a_question_that_follows_is_withheld_where_the_one_that_leads_to_it_is():
    lead = make_country({"Drenthe": ["ja"], "Utrecht": MIXED, "Zeeland": [*MIXED, *MIXED]})
    follow = make_country(dict.fromkeys(PROVINCES, MIXED))
    renamed = tuple(replace(reply, question="soort") for reply in follow.replies)
    both = replace(follow, replies=(*lead.replies, *renamed))
    tables = [
        table
        for question in ("poh", "soort")
        for table in count_tables(both, dimensions=("province",), units=("municipality",), question=question)
    ]

    def find_withheld(**leads) -> set[str]:
        public = protect(tables, microdata=Microdata(both.replies, both.places, **leads), rule=RULE)
        return {
            row.group_1 for row in public[1].rows if row.status == "suppressed" and row.question == "soort"
        }

    assert find_withheld() == set()
    assert find_withheld(leads={"soort": ["poh"]}) >= {"Drenthe", "Utrecht"}


def test_a_group_that_changed_for_one_municipality_since_an_earlier_release_is_withheld():
    before = make_country(dict.fromkeys(PROVINCES, MIXED))
    after = replace(
        before, replies=(replace(before.replies[0], outcomes=frozenset({"nee"})), *before.replies[1:])
    )
    tables = count_tables(before, dimensions=("province",), units=("municipality",))
    former = EarlierRelease(protect(tables, microdata=before.microdata, rule=RULE), before.replies)
    unnamed = replace(after, replies=(replace(after.replies[0], may_be_named=False), *after.replies[1:]))

    assert list_withheld(before, earlier=[former]) == set()
    assert "Drenthe" in list_withheld(after, earlier=[former])
    assert "" not in list_withheld(after, earlier=[former])
    assert list_withheld(unnamed, earlier=[former]) == {"", *PROVINCES}


def test_a_correction_may_show_a_breakdown_that_the_former_release_did_not_have():
    before = make_country(dict.fromkeys(PROVINCES, MIXED))
    tables = count_tables(before, dimensions=("province",), units=("municipality",))
    former = EarlierRelease(protect(tables, microdata=before.microdata, rule=RULE), before.replies)
    sized = [replace(reply, groups={**reply.groups, "size_class": "klein"}) for reply in before.replies]
    after = replace(before, replies=(replace(sized[0], outcomes=frozenset({"nee"})), *sized[1:]))
    public = protect(
        count_tables(after, dimensions=("province", "size_class"), units=("municipality",)),
        microdata=after.microdata,
        rule=RULE,
        earlier=[former],
    )
    withheld = {row.group_1 for table in public for row in table.rows if row.status == "suppressed"}

    assert "Drenthe" in withheld
    assert "klein" not in withheld


def test_a_question_by_another_is_shown_as_a_whole_or_not_at_all():
    def cross(answers: list[tuple[str, str]]) -> set[str]:
        replies = tuple(
            make_reply(f"GM{number}", "", outcome, groups={"question:regio": group})
            for number, (group, outcome) in enumerate(answers)
        )
        country = Country((), replies)
        tables = count_tables(country, dimensions=("question:regio",), units=("municipality",))
        public = protect(tables, microdata=country.microdata, rule=RULE)
        return {row.group_1 for table in public for row in table.rows if row.status == "suppressed"}

    mixed = [(group, outcome) for group in ("Ja", "Nee") for outcome in MIXED]
    assert cross(mixed) == set()
    assert cross([*mixed, ("Misschien", "ja")]) == {"Ja", "Nee", "Misschien"}
    assert cross([("Ja", "ja")] * 4 + [("Nee", "nee")] * 4) == {"Ja", "Nee"}


def test_protecting_what_is_protected_changes_nothing_and_is_the_same_twice():
    country = draw_country(5, municipality_count=24)
    tables = count_tables(country, dimensions=("size_class", "province"))
    public = protect(tables, microdata=country.microdata, rule=RULE)

    assert protect(public, microdata=country.microdata, rule=RULE) == public
    assert protect(tables, microdata=country.microdata, rule=RULE) == public


def test_a_stricter_minimum_shows_no_small_group_that_a_looser_one_withholds():
    country = draw_country(6, municipality_count=30, share_regional=0)
    tables = count_tables(country, dimensions=("size_class", "province"), units=("municipality",))

    def find_withheld(minimum: int) -> set:
        public = protect(tables, microdata=country.microdata, rule=Rule(minimum), is_complemented=False)
        return {find_group(row) for table in public for row in table.rows if row.status == "suppressed"}

    assert find_withheld(1) <= find_withheld(3) <= find_withheld(5)


def test_a_figure_that_nobody_stands_behind_is_refused():
    country = make_country(dict.fromkeys(PROVINCES, MIXED))
    tables = count_tables(country, dimensions=("province",), units=("municipality",))

    with pytest.raises(ValueError, match="stands behind"):
        protect(tables, microdata=replace(country.microdata, replies=()), rule=RULE)


@pytest.mark.parametrize(("number", "expected"), [(5.0, "ok"), (None, "suppressed")])
def test_an_amount_is_shown_only_when_it_is_known_who_filled_it_in(number, expected):
    country = make_country(dict.fromkeys(PROVINCES, MIXED))
    filled = replace(country, replies=tuple(replace(reply, number=number) for reply in country.replies))
    (table,) = count_tables(filled, dimensions=("province",), units=("municipality",))
    amounts = tuple(row._replace(option="#som", value=20.0) for row in table.rows if row.option == "ja")
    (public,) = protect([replace(table, rows=amounts)], microdata=filled.microdata, rule=RULE)

    assert {row.status for row in public.rows} == {expected}


def make_dominated() -> Country:
    country = make_country(dict.fromkeys(PROVINCES, MIXED))
    numbers = [1_000.0, *[5.0] * 11]
    return replace(
        country,
        replies=tuple(
            replace(reply, number=number) for reply, number in zip(country.replies, numbers, strict=True)
        ),
        kind="euro",
    )


def test_a_dominated_amount_is_withheld_in_a_release_without_breakdowns_too():
    filled = make_dominated()
    (table,) = count_tables(filled, dimensions=(), units=("municipality",))
    sums = tuple(row._replace(option="#som", value=20.0) for row in table.rows if row.option == "ja")
    (public,) = protect([replace(table, rows=sums)], microdata=filled.microdata, rule=RULE)

    assert [row.status for row in public.rows] == ["suppressed"]


def test_an_amount_that_one_municipality_dominates_is_withheld_with_one_more_and_the_number_is_shown():
    filled = make_dominated()
    (table,) = count_tables(filled, dimensions=("province",), units=("municipality",))
    sums = tuple(row._replace(option="#som", value=20.0) for row in table.rows if row.option == "ja")
    counts = tuple(row._replace(option="#ingevuld") for row in table.rows if row.option == "ja")
    (public,) = protect([replace(table, rows=sums + counts)], microdata=filled.microdata, rule=RULE)

    withheld = {(row.option, row.group_1) for row in public.rows if row.status == "suppressed"}
    assert ("#som", "Drenthe") in withheld
    assert {option for option, _ in withheld} == {"#som"}
