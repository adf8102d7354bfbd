"""Who puts proposals forward, is bound by them or speaks about them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q

from parties.changes import Change, Noted
from parties.querysets import MembershipQuerySet, PartyQuerySet, PersonQuerySet
from parties.slugs import SlugRecord
from parties.tracking import tracked

__all__ = [
    "Change",
    "Membership",
    "Party",
    "PartyAlias",
    "PartyAliasUse",
    "Person",
    "PersonAlias",
    "PersonAliasUse",
]

_PARTY = Noted(kind="party", table="parties_party")
_PERSON = Noted(kind="person", table="parties_person")
_ENDS_AFTER_START = "A membership ends after it starts."


@tracked()
class Party(SlugRecord):
    """A state, bloc, organisation, armed group or role; no side and no claim is recorded for it."""

    class Kind(models.TextChoices):
        STATE = "state", "state"
        ORGANISATION = "organisation", "international organisation"
        GROUP = "group", "bloc or loose group of states"
        ARMED_GROUP = "armed_group", "armed group"
        ROLE = "role", "role: whoever the text names"
        COMMENTATOR = "commentator", "commentator"

    name = models.CharField(max_length=200, help_text="The form used in headings: Northern Council.")
    kind = models.CharField(
        max_length=20, choices=Kind, help_text="Role is for whoever a text names without saying who: guarantor states."
    )
    note = models.TextField(blank=True, help_text="What a reader must know to place it. No judgement, no side.")

    objects = PartyQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        verbose_name_plural = "parties"
        triggers = _PARTY.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked(part_of="party")
class PartyAlias(models.Model):
    """Another form of a party's name met in sources."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, help_text="As sources write it: the Council, NC.")
    used_by = models.ManyToManyField(
        Party, blank=True, related_name="+", help_text="Only where a form is used by some parties alone."
    )

    class Meta:
        verbose_name_plural = "party aliases"
        triggers = _PARTY.triggers_of_part("party_id")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "name"],
                name="parties_partyalias_once",
                violation_error_message="This alias is recorded already.",
                violation_error_code="alias_twice",
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked(part_of=("bloc", "member"))
class Membership(models.Model):
    """A party belongs to a bloc for a time: `starts_on` counts, `ends_on` does not, blank is open."""

    bloc = models.ForeignKey(
        Party, on_delete=models.CASCADE, related_name="memberships_as_bloc", help_text="What the member belongs to."
    )
    member = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="memberships_as_member", help_text="The party that belongs to it."
    )
    starts_on = models.DateField("from", null=True, blank=True, help_text="Leave blank where the start is not known.")
    ends_on = models.DateField("until", null=True, blank=True, help_text="The first day it no longer holds.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        triggers = [*_PARTY.triggers_of_part("bloc_id"), *_PARTY.triggers_of_part("member_id")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(bloc=F("member")),
                name="parties_membership_not_itself",
                violation_error_message="A party is not a member of itself.",
                violation_error_code="member_of_itself",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="parties_membership_ends_after_start",
                violation_error_message=_ENDS_AFTER_START,
                violation_error_code="ends_before_start",
            ),
            ExclusionConstraint(
                name="parties_membership_no_overlap",
                expressions=[
                    ("bloc", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on", "ends_on", RangeBoundary(), function="DATERANGE", output_field=DateRangeField()
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="This membership overlaps another one of the same party in the same bloc.",
                violation_error_code="membership_overlap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.bloc}"

    def clean(self) -> None:
        super().clean()
        # The constraint says so too, but PostgreSQL makes no range of such dates to look for overlaps with.
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValidationError({"ends_on": ValidationError(_ENDS_AFTER_START, code="ends_before_start")})


@tracked()
class Person(SlugRecord):
    """Somebody who spoke for a party."""

    name = models.CharField(max_length=200, help_text="As in headings, given name first.")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="persons", help_text="The party that the person spoke for."
    )
    role = models.CharField(max_length=300, help_text="Office, with its time where it matters: Envoy until May 2024.")
    note = models.TextField(blank=True, help_text="What a reader must know to place the person.")

    objects = PersonQuerySet.as_manager()

    class Meta(SlugRecord.Meta):
        triggers = _PERSON.triggers()

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


@tracked(part_of="person")
class PersonAlias(models.Model):
    """Another spelling of a person's name met in sources."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, help_text="As sources write it, such as another transliteration.")
    used_by = models.ManyToManyField(
        Party, blank=True, related_name="+", help_text="Only where a form is used by some parties alone."
    )

    class Meta:
        verbose_name_plural = "person aliases"
        triggers = _PERSON.triggers_of_part("person_id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="parties_personalias_once",
                violation_error_message="This alias is recorded already.",
                violation_error_code="alias_twice",
            )
        ]

    def __str__(self) -> str:
        return self.name


# Proxies of the tables behind `used_by`, for their triggers alone.
@tracked(part_of="partyalias")
class PartyAliasUse(PartyAlias.used_by.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = _PARTY.triggers_of_part("partyalias_id", owner="parties_partyalias.party_id")


@tracked(part_of="personalias")
class PersonAliasUse(PersonAlias.used_by.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        triggers = _PERSON.triggers_of_part("personalias_id", owner="parties_personalias.person_id")
