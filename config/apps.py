from axes.apps import AppConfig as AxesConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ConcordanceConfig(AppConfig):
    """The installation itself: it has no models, only system checks."""

    name = "config"
    verbose_name = "Concordance"

    def ready(self) -> None:
        from django.conf import settings

        from config import checks  # noqa: F401  (registers the checks)

        if settings.SENTRY_DSN:
            from config.observing.defects import report_defects

            report_defects(dsn=settings.SENTRY_DSN, release=settings.RELEASE)


class TokensConfig(AppConfig):
    """Knox, under the name that the admin shows."""

    name = "knox"
    verbose_name = "Access"


class WorkshopConfig(AdminConfig):
    """Django's admin, with a first page of our own and suggestions that say by which name they were found."""

    default_site = "config.workshop.Workshop"


class LockoutConfig(AxesConfig):
    """Axes, under the name that the admin shows."""

    verbose_name = "Signing in"
