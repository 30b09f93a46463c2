from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedFilesStorage(ManifestStaticFilesStorage):
    """Names that change with the content, also for the modules that a script imports: never half an old site."""

    support_js_module_import_aggregation = True
