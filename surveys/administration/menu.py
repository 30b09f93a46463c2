from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """A part of the administration, in the menu of who has any of its `permissions`."""

    def __init__(
        self, label: str, url: str, *, name: str, icon_name: str, order: int, permissions: tuple[str, ...]
    ) -> None:
        super().__init__(label, url, name=name, icon_name=icon_name, order=order)
        self.permissions = permissions

    def is_shown(self, request: HttpRequest) -> bool:
        return any(map(request.user.has_perm, self.permissions))
