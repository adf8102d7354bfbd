"""The list of tokens: to see whose they are, and to take them back."""

from access.models import Token
from tests.admin.test_every_page import address, words


def test_a_token_is_revoked_and_never_shown(editor):
    token, secret = Token.objects.issue(user=editor.user, name="nightly import")

    page = words(editor.client.get(address(Token, "change", token.pk)))
    gone = editor.client.post(address(Token, "delete", token.pk), {"post": "yes"})

    assert "nightly import" in page
    assert secret not in page
    assert token.digest not in page
    assert gone.status_code == 302
    assert not Token.objects.exists()


def test_a_token_is_neither_made_nor_changed_here(editor):
    token, _ = Token.objects.issue(user=editor.user)

    assert editor.client.get(address(Token, "add")).status_code == 403
    assert editor.client.post(address(Token, "change", token.pk), {"name": "another"}).status_code == 403
