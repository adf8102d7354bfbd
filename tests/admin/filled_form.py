"""The form of an admin page as a browser would send it."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse


class FilledForm(dict[str, Any]):
    """Names and values of the fields of the page's main form; change some and post it."""

    @classmethod
    def on(cls, response: HttpResponse) -> "FilledForm":
        reader = _FieldReader()
        reader.feed(response.content.decode())
        return cls(reader.fields)

    def __or__(self, fields: dict[str, Any]) -> "FilledForm":  # type: ignore[override]
        return FilledForm({**self, **fields})

    def add_row(self, prefix: str, **fields: Any) -> None:
        """Fills one more row of an inline, as "Add another" does: the rest is as in its empty row."""
        number = int(self[f"{prefix}-TOTAL_FORMS"])
        template = f"{prefix}-__prefix__-"
        empty = {name.removeprefix(template): value for name, value in self.items() if name.startswith(template)}
        self |= {f"{prefix}-{number}-{name}": value for name, value in (empty | fields).items()}
        self[f"{prefix}-TOTAL_FORMS"] = number + 1

    def row_of(self, prefix: str, **fields: Any) -> str:
        """The prefix of the row in which these fields have these values."""
        for number in range(int(self[f"{prefix}-TOTAL_FORMS"])):
            if all(self[f"{prefix}-{number}-{name}"] == str(value) for name, value in fields.items()):
                return f"{prefix}-{number}"
        raise LookupError(f"There is no row of {prefix} with {fields}")


class _FieldReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {}
        self._textarea = ""
        self._text = ""
        self._select = ""
        self._several = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("submit", "checkbox", "radio", "button"):
            self.fields[name] = given.get("value", "")
        elif tag == "input" and name and given.get("type") == "checkbox" and "checked" in given:
            self.fields[name] = given.get("value", "on")
        elif tag == "textarea":
            self._textarea, self._text = name, ""
        elif tag == "select":
            self._select, self._several = name, "multiple" in given
        elif tag == "option" and self._select:
            self._option(given)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # A browser drops the line feed after the tag and ends every line with a carriage return as well.
            self.fields[self._textarea] = self._text.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def _option(self, given: dict[str, str]) -> None:
        if self._several:
            if "selected" in given:
                self.fields.setdefault(self._select, []).append(given["value"])
        elif "selected" in given or self._select not in self.fields:
            # A select without a choice sends its first option.
            self.fields[self._select] = given["value"]
