"""The site's settings with Wagtail's own form builder beside it, to measure against; never part of the product."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "tests.bench.peer"]
