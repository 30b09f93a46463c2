from typing import Any

from django import template
from django.template.context import RequestContext

from practices.comparing.queries import link_to_comparison
from practices.models import PracticePage
from practices.shortlist.queries import find_saved_case
from surveys.accounts.models import Person

register = template.Library()


@register.inclusion_tag("practices/case_actions.html", takes_context=True)
def case_actions(context: RequestContext, page: PracticePage) -> dict[str, Any]:
    """Save a case, or lay it beside another. One query for who signed in, so no cache may keep their page."""
    user = getattr(context.get("request"), "user", None)
    person = user if isinstance(user, Person) else None
    return {
        "page": page,
        "person": person,
        "saved": find_saved_case(person, page) if person else None,
        "compare_url": link_to_comparison([page.slug]),
        "csrf_token": context.get("csrf_token"),
    }
