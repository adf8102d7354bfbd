from django.apps import AppConfig


class PagesConfig(AppConfig):
    """The report pages: templates and a style sheet, no models."""

    name = "proposals.pages"
    label = "pages"
