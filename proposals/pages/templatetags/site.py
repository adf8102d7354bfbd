"""What every page says about the site."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import gettext

register = template.Library()


@register.simple_tag(takes_context=True)
def report_address(context: Context) -> str:
    """Where to report an error in this page, with the record and the version that the reader sees; blank if nowhere."""
    to = settings.ERROR_REPORTS
    if not to:
        return ""
    request, head = context["request"], context.get("head")
    record = head.record or head.canonical if head else ""
    version = head.version or settings.RELEASE if head else settings.RELEASE
    address = request.build_absolute_uri(head.canonical or None if head else None)
    if to.startswith("mailto:"):
        body = gettext(
            "Page: %(address)s\nRecord: %(record)s\nVersion: %(version)s\n\nWhat is wrong, and how you know:\n"
        )
        said = {"address": address, "record": record, "version": version}
        query = {"subject": gettext("An error in %(record)s") % {"record": record}, "body": body % said}
        return f"{to}?{urlencode(query).replace('+', '%20')}"
    return f"{to}{'&' if '?' in to else '?'}{urlencode({'page': address, 'record': record, 'version': version})}"


@register.simple_tag(takes_context=True)
def whole_address(context: Context, path: str) -> str:
    """The address of a path of this site as others can use it."""
    return str(context["request"].build_absolute_uri(path))


@register.simple_tag(takes_context=True)
def here(context: Context, part: str) -> bool:
    """Whether the page is in this part of the site, by the first piece of its path."""
    return bool(context["request"].path.startswith(f"/{part}/"))
