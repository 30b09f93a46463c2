from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from surveys.accounts.lifecycle import ensure_organisations, ensure_roles
from surveys.accounts.models import Organisation
from surveys.accounts.roles import ADMINISTRATORS, EDITORS
from surveys.territory.models import Municipality
from tests.accounts.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("territory")]


def list_permissions(role: str) -> set[str]:
    permissions = Permission.objects.filter(group__name=role).select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_every_municipality_since_2022_and_every_region_is_an_organisation() -> None:
    Organisation.objects.all().delete()
    # 345 in 2022 and Voorne aan Zee, which came in 2023; 42 regions.
    assert ensure_organisations() == 346 + 42

    kinds = Organisation.objects.values_list("code", "kind")
    assert dict(kinds)["GM0457"] == "municipality"  # Weesp, absorbed in 2022
    assert dict(kinds)["GM1992"] == "municipality"
    assert dict(kinds)["JZ18"] == "youth_region"
    assert "GM0788" not in dict(kinds)  # Haaren ended in 2021
    assert str(Organisation.objects.get(pk="JZ18")) == "Jeugdregio Holland Rijnland"
    assert str(Organisation.objects.get(pk="GM0479")) == "Gemeente Zaanstad"


def test_a_second_run_adds_nothing_and_follows_a_new_name() -> None:
    Municipality.objects.filter(pk="GM0479").update(name="Zaanstreek")

    assert ensure_organisations() == 0

    assert Organisation.objects.get(pk="GM0479").name == "Zaanstreek"
    assert Organisation.objects.get(pk="GM0014").name == "Groningen"


def test_researchers_get_what_their_work_asks_and_no_pages() -> None:
    assert ensure_roles() == [ADMINISTRATORS, EDITORS]

    assert list_permissions(ADMINISTRATORS) == {
        "wagtailadmin.access_admin",
        "accounts.add_person",
        "accounts.change_person",
        "accounts.view_organisation",
        "accounts.add_membership",
        "accounts.change_membership",
        "accounts.delete_membership",
        "questionnaire.run_waves",
        "fieldwork.review_responses",
        "outreach.invite_organisations",
        "coding.settle_codes",
        "coding.code_answers",
        "coding.manage_codebooks",
        "coding.view_codinground",
        "drafts.unlock_core_question",
        "drafts.view_bankquestion",
        "drafts.view_draft",
        "outreach.view_mailing",
        "responses.watch_responses",
        "responses.reopen_response",
        "responses.exclude_response",
        "downloads.download_results",
        "results.view_release",
    }
    assert not GroupPagePermission.objects.filter(group__name=ADMINISTRATORS).exists()
    assert not GroupCollectionPermission.objects.filter(group__name=ADMINISTRATORS).exists()


def test_editors_get_pages_images_and_documents_and_nothing_of_the_survey() -> None:
    ensure_roles()

    assert list_permissions(EDITORS) == {
        "wagtailadmin.access_admin",
        "practices.add_glossaryterm",
        "practices.change_glossaryterm",
        "practices.delete_glossaryterm",
        "practices.add_synonymgroup",
        "practices.change_synonymgroup",
        "practices.delete_synonymgroup",
        "practices.review_contribution",
        "practices.view_contribution",
        "practices.view_practicepage",
        "practices.maintain_library",
        "practices.add_theme",
        "practices.change_theme",
        "practices.delete_theme",
        "practices.add_audience",
        "practices.change_audience",
        "practices.delete_audience",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
        "practices.moderate_reaction",
    }
    pages = GroupPagePermission.objects.filter(group__name=EDITORS)
    assert set(pages.values_list("page", "permission__codename")) == {
        (Page.get_first_root_node().pk, codename)
        for codename in ("add_page", "change_page", "publish_page", "unlock_page")
    }
    collections = GroupCollectionPermission.objects.filter(group__name=EDITORS)
    assert set(collections.values_list("collection", "permission__codename")) == {
        (Collection.get_first_root_node().pk, codename)
        for codename in (
            "add_image",
            "change_image",
            "choose_image",
            "add_document",
            "change_document",
            "choose_document",
        )
    }


def test_a_second_run_restores_what_was_changed_by_hand() -> None:
    ensure_roles()
    researchers, editors = Group.objects.get(name=ADMINISTRATORS), Group.objects.get(name=EDITORS)
    before = list_permissions(ADMINISTRATORS)
    researchers.permissions.set(Permission.objects.filter(codename="delete_person"))
    GroupPagePermission.objects.filter(group=editors, permission__codename="add_page").delete()
    GroupPagePermission.objects.create(
        group=researchers,
        page=Page.get_first_root_node(),
        permission=Permission.objects.get(codename="publish_page"),
    )

    ensure_roles()

    assert list_permissions(ADMINISTRATORS) == before
    assert not GroupPagePermission.objects.filter(group=researchers).exists()
    assert GroupPagePermission.objects.filter(group=editors, permission__codename="add_page").count() == 1


def test_the_groups_that_wagtail_brings_go_unless_somebody_is_in_them() -> None:
    for name in ("Moderators", "Editors"):
        Group.objects.get_or_create(name=name)
    make_person().groups.add(Group.objects.get(name="Editors"))

    ensure_roles()

    names = set(Group.objects.values_list("name", flat=True))
    assert names == {ADMINISTRATORS, EDITORS, "Editors"}


def test_the_commands_say_what_they_did() -> None:
    Organisation.objects.all().delete()
    output = StringIO()

    for command in ("load_roles", "load_organisations", "load_organisations"):
        call_command(command, stdout=output)

    assert output.getvalue().splitlines() == [
        "Rol Onderzoekers heeft de rechten die erbij horen.",
        "Rol Redactie heeft de rechten die erbij horen.",
        "Organisaties: 388 toegevoegd",
        "Organisaties: 0 toegevoegd",
    ]
