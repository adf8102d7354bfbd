"""If-Match: a write names the state that it is made on."""

import pytest

from parties.api.conditional import PreconditionFailed, PreconditionRequired, make_tag, require_match


class _Request:
    def __init__(self, **headers):
        self.headers = headers


TAG = make_tag("a state")


@pytest.mark.parametrize("named", [TAG, f'{TAG[:-1]}-gzip"', f'"other", {TAG}', "*"])
def test_a_write_goes_ahead_where_its_condition_names_the_record_as_it_is(named):
    require_match(_Request(**{"If-Match": named}), TAG)


@pytest.mark.parametrize("named", ['"other"', f"W/{TAG}", "nonsense"])
def test_a_write_on_an_older_state_is_refused(named):
    with pytest.raises(PreconditionFailed):
        require_match(_Request(**{"If-Match": named}), TAG)


@pytest.mark.parametrize("headers", [{}, {"If-Match": " "}])
def test_a_write_without_a_condition_is_refused(headers):
    with pytest.raises(PreconditionRequired):
        require_match(_Request(**headers), TAG)
