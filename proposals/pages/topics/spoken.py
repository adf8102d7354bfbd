"""A chart of figures in sentences, for its caption."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext

from proposals.alignment.terms import show_number
from proposals.pages.topics.figures import Measured, Panel


def spoken(measured: Measured) -> str:
    return " ".join(" ".join(_sentences(panel)) for panel in measured.panels)


def _sentences(panel: Panel) -> Iterable[str]:
    count = len(panel.figures)
    said = ngettext("%(count)d figure", "%(count)d figures", count) % {"count": count}
    texts = ngettext("in %(count)d text", "in %(count)d texts", len(panel.texts)) % {"count": len(panel.texts)}
    subject = f"{panel.subject}: " if panel.subject else ""
    yield f"{subject}{said} {texts}{_span(panel)}."
    for comparator, one, many in (
        ("unlimited", gettext("1 refuses a limit."), gettext("%(count)d refuse a limit.")),
        (
            "unspecified",
            gettext("1 sets a limit without a figure."),
            gettext("%(count)d set a limit without a figure."),
        ),
    ):
        held = sum(figure.comparator == comparator for figure in panel.figures)
        if held:
            yield one if held == 1 else many % {"count": held}
    rivals = sum(figure.is_rival for figure in panel.figures)
    if rivals:
        yield ngettext("%(count)d is a rival figure: hollow.", "%(count)d are rival figures: hollow.", rivals) % {
            "count": rivals
        }


def _span(panel: Panel) -> str:
    values = [end for one in panel.figures for end in (one.value, one.value_max) if end is not None]
    if not values:
        return ""
    low, high = show_number(min(values)), show_number(max(values))
    if low == high:
        return gettext(", all %(value)s %(unit)s") % {"value": low, "unit": panel.unit_name}
    return gettext(", from %(low)s to %(high)s %(unit)s") % {"low": low, "high": high, "unit": panel.unit_name}
