"""The two roles in the administration, and what each may do there.

Filling in is not a role but a membership of an organisation. Permissions are named as strings, because the
apps that define them lie above this one.
"""

ADMINISTRATORS = "Onderzoekers"
EDITORS = "Redactie"

PERMISSIONS = {
    ADMINISTRATORS: (
        "wagtailadmin.access_admin",
        "accounts.add_person",
        "accounts.change_person",
        "accounts.view_organisation",
        "accounts.add_membership",
        "accounts.change_membership",
        "accounts.delete_membership",
        "questionnaire.run_waves",
        "drafts.unlock_core_question",
        "responses.watch_responses",
        "responses.reopen_response",
        "responses.exclude_response",
        "fieldwork.review_responses",
        "outreach.invite_organisations",
        "downloads.download_results",
        "coding.manage_codebooks",
        "coding.code_answers",
        "coding.settle_codes",
        # So that the history shows what was done with these.
        "coding.view_codinground",
        "drafts.view_bankquestion",
        "drafts.view_draft",
        "outreach.view_mailing",
        "results.view_release",
    ),
    EDITORS: (
        "wagtailadmin.access_admin",
        "practices.add_glossaryterm",
        "practices.change_glossaryterm",
        "practices.delete_glossaryterm",
        "practices.add_synonymgroup",
        "practices.change_synonymgroup",
        "practices.delete_synonymgroup",
        "practices.review_contribution",
        "practices.moderate_reaction",
        "practices.maintain_library",
        # So that the history shows what was done with these.
        "practices.view_contribution",
        "practices.view_practicepage",
        "practices.add_theme",
        "practices.change_theme",
        "practices.delete_theme",
        "practices.add_audience",
        "practices.change_audience",
        "practices.delete_audience",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ),
}

# Given on the root of the page tree and of the collections, so that they hold for everything below.
PAGE_PERMISSIONS = {EDITORS: ("add_page", "change_page", "publish_page", "unlock_page")}
COLLECTION_PERMISSIONS = {
    EDITORS: (
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    )
}

# Wagtail's own migrations make these groups; their names would suggest roles that this site does not have.
SUPERSEDED_GROUPS = ("Moderators", "Editors")
