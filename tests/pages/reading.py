"""A page as a reader meets it: its parts by name, class or id, and their words."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test.html import Element, parse_html


class Part:
    """An element of a page with everything in it."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.attributes = {name: value if value is not None else "" for name, value in element.attributes}

    @property
    def text(self) -> str:
        """The words, with single spaces between them and none before a comma, which may follow a tag."""
        return " ".join(" ".join(_texts(self._element)).split()).replace(" ,", ",")

    def all(self, tag: str = "", /, *, css_class: str = "", **attributes: str) -> list["Part"]:
        """The elements below of this kind, class and attributes (aria_current is aria-current), in the page's order."""
        wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
        return [
            part
            for part in self._below()
            if (not tag or part._element.name == tag)
            and (not css_class or css_class in part.attributes.get("class", "").split())
            and wanted.items() <= part.attributes.items()
        ]

    def one(self, tag: str = "", /, *, css_class: str = "", **attributes: str) -> "Part":
        """The only such element."""
        (part,) = self.all(tag, css_class=css_class, **attributes)
        return part

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def _below(self) -> Iterator["Part"]:
        for child in self._element.children:
            if isinstance(child, Element):
                part = Part(child)
                yield part
                yield from part._below()


class Page(Part):
    """A whole page; reading one that is badly nested fails."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.html = response.content.decode()
        super().__init__(parse_html(self.html))

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def lines(self) -> list[Part]:
        """The lines of a concordance."""
        return self.all("tbody", css_class="line")


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield from _texts(child)
        else:
            yield str(child)
