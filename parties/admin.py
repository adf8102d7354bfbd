"""Staff's pages of parties and persons."""

from django.contrib import admin

from parties.editing import PartInline, RecordAdmin
from parties.models import Membership, Party, PartyAlias, Person, PersonAlias


class PartyAliasInline(PartInline):
    model = PartyAlias
    verbose_name_plural = "aliases"
    autocomplete_fields = ("used_by",)
    ordering = ("name", "pk")


class _MembershipInline(PartInline):
    model = Membership
    ordering = ("starts_on", "pk")


class MemberOfInline(_MembershipInline):
    fk_name = "member"
    verbose_name = "bloc it belongs to"
    verbose_name_plural = "blocs it belongs to"
    autocomplete_fields = ("bloc",)


class MembersInline(_MembershipInline):
    fk_name = "bloc"
    verbose_name = "member"
    verbose_name_plural = "members, where it is a bloc"
    autocomplete_fields = ("member",)


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("name", "slug", "kind", "note")}),)
    inlines = (PartyAliasInline, MemberOfInline, MembersInline)
    list_display = ("name", "slug", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases__name")
    search_help_text = "Names, aliases and ids"
    ordering = ("name", "pk")


class PersonAliasInline(PartInline):
    model = PersonAlias
    verbose_name_plural = "aliases"
    autocomplete_fields = ("used_by",)
    ordering = ("name", "pk")


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": ("name", "slug", "party", "role", "note")}),)
    inlines = (PersonAliasInline,)
    list_display = ("name", "slug", "party", "role")
    list_filter = (("party", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("party",)
    autocomplete_fields = ("party",)
    search_fields = ("name", "slug", "aliases__name", "role", "party__name", "party__aliases__name")
    search_help_text = "Names, aliases, ids, roles and parties"
    ordering = ("name", "pk")
