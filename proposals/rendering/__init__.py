"""A comparison in other forms than its document."""
