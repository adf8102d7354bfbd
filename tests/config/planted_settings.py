"""Those of production, with addresses that fail while they hold secrets."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE, STORAGES

ROOT_URLCONF = "tests.config.planted_urls"
# The files of pages have their plain names and are served by nobody, so that nothing must be collected first.
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
