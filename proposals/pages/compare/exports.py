"""The same comparison as files, which the API writes."""

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    name: str
    address: str


def exports_of(address: str) -> tuple[Export, ...]:
    """The formats of a comparison or snapshot that the API answers at this address."""
    joint = "&" if "?" in address else "?"
    named = (
        ("CSV", "csv"),
        ("XLSX", "xlsx"),
        ("DOCX", "docx"),
        ("Markdown", "markdown"),
        (gettext("HTML file"), "html"),
        ("SSSOM", "sssom"),
    )
    return (
        *(Export(name=name, address=f"{address}{joint}format={code}") for name, code in named),
        Export(name="JSON", address=address),
    )
