from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Takes the place of wagtail.users in INSTALLED_APPS, to manage people our way."""

    user_viewset = "surveys.accounts.people_admin.PersonViewSet"
