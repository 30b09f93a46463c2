from practices.localities import Locality, Municipality, Place, locate

COUNTRY = [
    Municipality("GM1", "Een", 10, youth_region="JZ1", province="PV1", size_class="klein"),
    Municipality("GM2", "Twee", 90, youth_region="JZ1", province="PV2", size_class="groot"),
    Municipality("GM3", "Drie", 10, youth_region="JZ2", province="PV2", size_class="klein"),
    Municipality("GM4", "Vier", 10, youth_region="", province="PV3", size_class="klein"),
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
    empty = Locality(frozenset(), frozenset(), frozenset(), frozenset())
    assert found == {
        1: belongs(["GM2"], ["JZ1"], ["PV2"], ["groot"]),
        2: belongs(["GM1", "GM2"], ["JZ1"], ["PV1", "PV2"], ["klein", "groot"]),
        3: belongs(["GM2", "GM3"], ["JZ1", "JZ2"], ["PV2"], ["klein", "groot"]),
        4: empty,
        5: belongs(["GM4"], [], ["PV3"], ["klein"]),
        6: empty,
    }


def belongs(*codes: list[str]) -> Locality:
    return Locality(*map(frozenset, codes))
