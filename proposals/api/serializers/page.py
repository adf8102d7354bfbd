"""What every page of a list has; those that hold more beside their records are described on top of it."""

from rest_framework import serializers


class PageSerializer(serializers.Serializer):
    count = serializers.IntegerField(min_value=0, help_text="All records that match.")
    next = serializers.URLField(allow_null=True, help_text="Address of the next page; null on the last.")
    previous = serializers.URLField(allow_null=True, help_text="Address of the page before; null on the first.")
