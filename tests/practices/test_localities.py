from practices.localities import Locality, Municipality, Place, locate

COUNTRY = [
    Municipality("GM1", youth_region="JZ1", province="PV1", size_class="klein"),
    Municipality("GM2", youth_region="JZ1", province="PV2", size_class="groot"),
    Municipality("GM3", youth_region="JZ2", province="PV2", size_class="klein"),
    Municipality("GM4", youth_region="", province="PV3", size_class="klein"),
]


def test_a_place_counts_where_its_municipalities_lie() -> None:
    found = locate(
        {
            1: Place(municipalities=["GM2"]),
            2: Place(youth_regions=["JZ1"]),
            3: Place(provinces=["PV2"]),
            4: Place(),
            5: Place(municipalities=["GM4"]),
            6: Place(municipalities=["GM0"]),
        },
        municipalities=COUNTRY,
    )
    empty = Locality(frozenset(), frozenset(), frozenset())
    assert found == {
        1: Locality(frozenset({"JZ1"}), frozenset({"PV2"}), frozenset({"groot"})),
        2: Locality(frozenset({"JZ1"}), frozenset({"PV1", "PV2"}), frozenset({"klein", "groot"})),
        3: Locality(frozenset({"JZ1", "JZ2"}), frozenset({"PV2"}), frozenset({"klein", "groot"})),
        4: empty,
        5: Locality(frozenset(), frozenset({"PV3"}), frozenset({"klein"})),
        6: empty,
    }
