"""The list of tokens: to see whose they are, and to take them back."""

from knox.models import AuthToken

from tests.admin.test_every_page import address, words


def test_a_token_is_revoked_and_never_shown(editor):
    token, secret = AuthToken.objects.create(editor.user)

    page = words(editor.client.get(address(AuthToken, "change", token.pk)))
    gone = editor.client.post(address(AuthToken, "delete", token.pk), {"post": "yes"})

    assert token.token_key in page
    assert secret not in page
    assert gone.status_code == 302
    assert not AuthToken.objects.exists()


def test_a_token_is_neither_made_nor_changed_here(editor):
    token, _ = AuthToken.objects.create(editor.user)

    assert editor.client.get(address(AuthToken, "add")).status_code == 403
    assert (
        editor.client.post(
            address(AuthToken, "change", token.pk), {"expiry_0": "2099-01-01", "expiry_1": "00:00"}
        ).status_code
        == 403
    )
