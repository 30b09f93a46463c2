from surveys.measures.catalogue import read_effect_2022


def test_both_totals_are_there_with_the_reason_why_they_differ() -> None:
    effect = read_effect_2022()

    assert (effect.total_million, effect.printed_total_million) == (215, 214)
    assert "215" in effect.note
    assert "214" in effect.note
    assert "Commissie van Wijzen" in effect.source
