"""The service's own addresses and three that fail, each with all that the request brought in hand."""

import logging

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from config.urls import urlpatterns as _own


def _brought(request: HttpRequest) -> str:
    return f"{dict(request.headers)} {request.COOKIES} {request.body!r} {request.POST} {settings.SECRET_KEY}"


@csrf_exempt
def defect(request: HttpRequest) -> HttpResponse:
    try:
        int(request.headers["Authorization"])
    except ValueError as error:
        raise RuntimeError(_brought(request)) from error


@csrf_exempt
def database_error(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [_brought(request)])
    return HttpResponse()


@csrf_exempt
def careless(request: HttpRequest) -> HttpResponse:
    """As a library might that logs whatever it has."""
    logging.getLogger("council").error("Asked: %s %s", _brought(request), settings.DATABASES["default"])
    return HttpResponse()


urlpatterns = [
    path("planted/defect/", defect),
    path("planted/database/", database_error),
    path("planted/careless/", careless),
    *_own,
]
