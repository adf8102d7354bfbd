"""Rows that name what a dispute or a statement is about."""

from parties.editing import PartInline


class AboutInline(PartInline):
    """Subclasses name the `model` of the rows."""

    verbose_name = "record it is about"
    verbose_name_plural = "what it is about: one record in each row"
    fields = ("proposal", "clause", "position", "source", "person", "order")
    autocomplete_fields = ("proposal", "clause", "position", "source", "person")
    ordering = ("order", "pk")

    class Media:
        css = {"all": ["proposals/about.css"]}
