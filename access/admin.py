"""Who may come in: users with their role, tokens, and addresses that are locked out."""

from typing import Any

from axes.models import AccessAttempt
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from knox.models import AuthToken

from access.roles import ROLES
from parties.chosen import ChosenAdmin
from parties.editing import ReadOnlyAdmin, editor

# Knox's own page makes tokens, which never expire unless one says when.
admin.site.unregister(AuthToken)
admin.site.unregister(User)
admin.site.unregister(Group)


class _WithRole(forms.ModelForm):
    """A role is a group, and whoever has one may enter the admin."""

    role = forms.ModelChoiceField(
        Group.objects.order_by("pk"),
        required=False,
        empty_label="none: no access to the admin",
        help_text="Reader: looks at what is public. Editor: writes. Reviewer: also withdraws, deletes and restores. "
        "Administrator: all of it, and users.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["role"] = _role_of(self.instance)


class NewUserForm(_WithRole, AdminUserCreationForm):
    pass


class UserForm(_WithRole, UserChangeForm):
    # Who uses the form; set by the page.
    by: User

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        lessened = {"role", "is_active", "is_superuser"} & set(self.changed_data)
        if self.instance.pk == self.by.pk and lessened:
            raise ValidationError("Your own role and access are for another administrator to change.", code="own_role")
        return cleaned


@admin.register(User)
class StaffAdmin(ChosenAdmin, UserAdmin):
    """Users are made inactive, not deleted: their name stands in the history of what they changed."""

    form = UserForm
    add_form = NewUserForm
    add_fieldsets = (
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        ("What they may do", {"fields": ("role",)}),
        ("Password", {"fields": ("usable_password", "password1", "password2")}),
    )
    list_display = ("username", "name", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    ordering = ("username",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        access = ("role", "is_active", "is_superuser") if editor(request).is_superuser else ("role", "is_active")
        return (
            (None, {"fields": ("username", "password")}),
            ("Who it is", {"fields": (("first_name", "last_name"), "email")}),
            ("What they may do", {"fields": access}),
            ("When", {"fields": (("date_joined", "last_login"),)}),
        )

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = editor(request)
        return form

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # Else whoever may set passwords could become a superuser.
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.is_superuser or editor(request).is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user, role = form.instance, form.cleaned_data["role"]
        if "role" in form.changed_data:
            user.groups.set([role] if role else [])
        if user.is_staff != bool(role or user.is_superuser):
            user.is_staff = bool(role or user.is_superuser)
            user.save(update_fields=["is_staff"])

    @admin.display(description="name")
    def name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="role")
    def role(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or ("superuser" if user.is_superuser else "none")


@admin.register(Group)
class RoleAdmin(ChosenAdmin, GroupAdmin):
    pass


@admin.register(AuthToken)
class TokenAdmin(ReadOnlyAdmin):
    """Tokens to look at and to take back, never to read or make: one's own, or everybody's to who manages users."""

    fields = ("user", "token_key", "created", "expiry")
    list_display = ("token_key", "user", "created", "expiry")
    list_filter = (("user", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("user",)
    search_fields = ("token_key", "user__username")
    search_help_text = "How a token begins, whose it is"
    ordering = ("-created", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuthToken]:
        tokens = super().get_queryset(request)
        user = editor(request)
        return tokens if user.has_perm("auth.change_user") else tokens.filter(user=user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Deleting a token revokes it."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(AccessAttempt)
class FailureAdmin(ReadOnlyAdmin):
    """Failed attempts to sign in that still count."""

    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent")
    list_display = ("username", "ip_address", "failures_since_start", "attempt_time")
    search_fields = ("username", "ip_address")
    search_help_text = "Names and addresses"
    ordering = ("-attempt_time", "-pk")
    actions = ("release",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A deleted one counts no longer."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    @admin.action(description="Release these addresses: forget all that failed from them", permissions=["delete"])
    def release(self, request: HttpRequest, queryset: QuerySet[AccessAttempt]) -> None:
        addresses = set(queryset.values_list("ip_address", flat=True))
        AccessAttempt.objects.filter(ip_address__in=addresses).delete()
        self.message_user(request, f"Released: {', '.join(sorted(map(str, addresses)))}.", messages.SUCCESS)


def _role_of(user: User) -> Group | None:
    """The one that is shown of several: that of ours which may most."""
    groups = {group.name: group for group in user.groups.all()}
    named = [name for name in reversed(ROLES) if name in groups]
    return groups[named[0]] if named else next(iter(groups.values()), None)
