"""For WSGI servers: `gunicorn config.wsgi`."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.database import bound_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Before Django makes the object that connects.
bound_waiting(settings.DATABASES["default"])
application = get_wsgi_application()
# A worker takes no request before it has loaded what answers it; the first ones would wait for seconds.
import_module(settings.ROOT_URLCONF)
