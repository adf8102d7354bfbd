"""Lining two proposals up inside the admin: every pair of clauses is judged, every gap looked at."""
