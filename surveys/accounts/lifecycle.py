from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from surveys.accounts.models import Organisation
from surveys.accounts.roles import (
    COLLECTION_PERMISSIONS,
    PAGE_PERMISSIONS,
    PERMISSIONS,
    SUPERSEDED_GROUPS,
)
from surveys.territory.models import Municipality, YouthRegion

# The first survey is of 2022, and youth regions are known from then on.
FIRST_YEAR = 2022


@transaction.atomic
def ensure_organisations() -> int:
    """Make an organisation of every municipality since 2022 and every youth region; returns how many are new.

    An organisation whose municipality or region was renamed takes the new name; none is ever removed.
    """
    wanted = [
        *(
            Organisation(
                code=municipality.code,
                name=municipality.name,
                kind=Organisation.Kind.MUNICIPALITY,
                municipality=municipality,
            )
            for municipality in Municipality.objects.filter(years__year__gte=FIRST_YEAR).distinct()
        ),
        *(
            Organisation(
                code=region.code, name=region.name, kind=Organisation.Kind.YOUTH_REGION, youth_region=region
            )
            for region in YouthRegion.objects.all()
        ),
    ]
    names = dict(Organisation.objects.values_list("code", "name"))
    new = [organisation for organisation in wanted if organisation.code not in names]
    renamed = [
        organisation
        for organisation in wanted
        if names.get(organisation.code, organisation.name) != organisation.name
    ]
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(renamed, ["name"])
    return len(new)


@transaction.atomic
def ensure_roles() -> list[str]:
    """Give every role exactly the permissions that roles.py lists; returns the names of the roles."""
    Group.objects.filter(name__in=SUPERSEDED_GROUPS, user=None).delete()
    for name, permissions in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_find_permissions(permissions))
        _set_page_permissions(group)
        _set_collection_permissions(group)
    return list(PERMISSIONS)


def _find_permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions called "app.codename"; raises KeyError for a name that no model defines."""
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    return [known[name] for name in names]


def _set_page_permissions(group: Group) -> None:
    root = Page.get_first_root_node()
    names = [f"wagtailcore.{name}" for name in PAGE_PERMISSIONS.get(group.name, ())]
    wanted = _find_permissions(names)
    GroupPagePermission.objects.filter(group=group).exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _set_collection_permissions(group: Group) -> None:
    root = Collection.get_first_root_node()
    wanted = _find_permissions(COLLECTION_PERMISSIONS.get(group.name, ()))
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
