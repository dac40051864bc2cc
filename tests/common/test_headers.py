"""What goes with every answer."""

import pytest

from govmedia.common.headers import POLICY


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/desk/", "private, no-store"),
        ("/desk/accounts/", "private, no-store"),
        ("/desk/accounts/?export=csv", "private, no-store"),
        ("/desk/nothing/", "private, no-store"),
        ("/directory/", "no-cache, public"),
    ],
)
def test_pages_of_the_desk_are_not_kept_by_browsers(client, chen_operator, path, kept):
    client.force_login(chen_operator)
    answer = client.get(path)
    assert ", ".join(sorted(answer["Cache-Control"].split(", "))) == ", ".join(sorted(kept.split(", ")))
    assert answer["Content-Security-Policy"] == POLICY
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_log_in_page_is_not_kept_either(client, db):
    assert "no-store" in client.get("/desk/login/")["Cache-Control"]
