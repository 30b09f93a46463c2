from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A part of the administration, in the menu of who has any of its `permissions`."""

    def __init__(self, label: str, url: str, *, permissions: tuple[str, ...], **rest: object) -> None:
        super().__init__(label, url, **rest)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return any(map(request.user.has_perm, self.permissions))


def add_to_menu(
    label: str, address: str, *, name: str, icon_name: str, order: int, permissions: tuple[str, ...]
) -> None:
    """For an app's `wagtail_hooks.py`. `address` is the name of an address, such as "coding:start"."""

    def make_item() -> PermittedMenuItem:
        url = reverse(address)
        return PermittedMenuItem(
            label, url, permissions=permissions, name=name, icon_name=icon_name, order=order
        )

    hooks.register("register_admin_menu_item", make_item)
