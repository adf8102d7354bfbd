from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may write: the tokens of staff."""

    name = "access"
    verbose_name = "Access"
    default_auto_field = "django.db.models.BigAutoField"
