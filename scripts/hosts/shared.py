"""What several hosts have to have in common: counts, locked-out names, sessions and tokens."""

import json
from collections import Counter
from collections.abc import Mapping

from scripts.faults.load import API, request
from scripts.faults.site import Site, manage

_PASSWORD = "harbour-and-river"  # noqa: S105  (of a user of a database that is gone at the end)
_MAKE_USER = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("ida", password="{_PASSWORD}")
"""
_DRAFT = {"proposals": [{"text": "1. A truce."}, {"text": "1. A ceasefire."}]}


def check_shared(sites: tuple[Site, Site], *, drafts: int, failures: int) -> list[str]:
    """Sentences about what was found; those that begin with WRONG are not as they should be."""
    manage(sites[0].environment, "shell", "--no-imports", "-c", _MAKE_USER)
    told = []
    statuses = [_ask(sites[number % 2], "POST", f"{API}comparisons/", body=_DRAFT)[0] for number in range(drafts * 3)]
    told.append(
        _sentence(
            statuses.count(200) == drafts,
            f"{statuses.count(200)} of {len(statuses)} drafts were taken by two hosts together at a rate of {drafts} a "
            f"minute: {dict(Counter(statuses))}",
        )
    )
    token = _token(sites[0], _PASSWORD)
    answer = _ask(sites[1], "GET", f"{API}decisions/", headers={"Authorization": f"Bearer {token[1]}"})
    told.append(_sentence(answer[0] == 200, f"a token of one host is answered with {answer[0]} by the other"))
    for number in range(failures):
        _token(sites[number % 2], "wrong")
    locked = [_token(site, _PASSWORD)[0] for site in sites]
    told.append(
        _sentence(
            locked == [429, 429],
            f"after {failures} failures on both hosts the right password is answered with {locked[0]} and {locked[1]}",
        )
    )
    return told


def _token(site: Site, password: str) -> tuple[int, str]:
    status, _, body = _ask(site, "POST", f"{API}tokens/", body={"username": "ida", "password": password})
    return status, str(json.loads(body).get("token", ""))


def _ask(site: Site, method: str, address: str, **options: object) -> tuple[int, Mapping[str, str], bytes]:
    return request(site.host, site.port, method, address, **{"headers": {}, **options})  # type: ignore[arg-type]


def _sentence(is_right: bool, words: str) -> str:
    return words if is_right else f"WRONG: {words}"
