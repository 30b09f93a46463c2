import pytest
from django.core.management import CommandError, call_command

from surveys.results.models import Release, ReleasedTable
from surveys.results.release.snapshot import Snapshot
from surveys.results.release.verification import list_differences
from tests.results.worlds import publish_small_wave

pytestmark = pytest.mark.django_db

PLACES = 12  # in a snapshot, spread over all of it, where a byte is changed


@pytest.fixture
def release():
    return publish_small_wave().releases.get()


def find_table(release, *, breakdown="", question="beperkt", unit="response"):
    return ReleasedTable.objects.get(release=release, unit=unit, breakdown=breakdown, question=question)


def list_now(release):
    return list_differences(Release.objects.select_related("wave").get(pk=release.pk))


def test_a_release_follows_from_its_snapshot(release, capsys):
    assert list_now(release) == []
    call_command("verify_release", release.code)
    assert "tabellen kloppen" in capsys.readouterr().out


def test_one_figure_that_was_changed_is_found(release, capsys):
    table = find_table(release)
    table.content["columns"]["base"] = 40
    table.save()

    assert any("beperkt / totaal / response" in difference for difference in list_now(release))
    with pytest.raises(CommandError):
        call_command("verify_release", release.code)


def test_a_withheld_figure_that_was_filled_in_is_found(release):
    table = find_table(release, breakdown="province", unit="municipality")
    assert "suppressed" in table.content["texts"]
    table.content["columns"]["n"] = 1
    table.save()

    assert any("beperkt / province / municipality" in difference for difference in list_now(release))


def test_a_table_that_was_removed_is_found(release):
    find_table(release).delete()

    assert any("deze tabel ontbreekt" in difference for difference in list_now(release))


def test_a_fact_that_was_changed_is_found(release):
    release.facts["response"]["submitted"] = 40
    release.save()

    assert any("response" in difference for difference in list_now(release))


def test_a_byte_of_the_snapshot_that_was_changed_is_found_unless_the_content_is_the_same(release):
    original = bytes(release.snapshot)
    found = 0
    for place in range(0, len(original), max(1, len(original) // PLACES)):
        damaged = bytearray(original)
        damaged[place] ^= 0xFF
        Release.objects.filter(pk=release.pk).update(snapshot=bytes(damaged))
        if list_now(release):
            found += 1
        else:
            # Of the framing, such as the name of the library: it says nothing of the content.
            assert Snapshot(bytes(damaged)).compute_sha256() == release.snapshot_sha256

    assert found


def test_a_checksum_that_was_changed_is_found(release):
    for name in ("tables_sha256", "snapshot_sha256"):
        Release.objects.filter(pk=release.pk).update(**{name: "0" * 64})
        assert list_now(release) != []
        Release.objects.filter(pk=release.pk).update(**{name: getattr(release, name)})


def test_an_unknown_release_is_named():
    with pytest.raises(CommandError, match="geen publicatie"):
        call_command("verify_release", "2022-9")
