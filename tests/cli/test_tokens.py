"""Tokens of the API by command."""

import pytest

from govmedia.audit.models import Entry
from govmedia.common.clock import now
from govmedia.orgs.models import Token
from govmedia.orgs.services import bearer_of

pytestmark = pytest.mark.django_db


def test_only_the_secret_is_printed_and_it_works(run, chen_operator):
    said = run("token", "create", "chen", "--scope", "inspect", "--name", "官网", "--days", "30")
    assert said.status == 0
    (secret,) = said.out.splitlines()
    token = bearer_of(header=f"Bearer {secret}", scope="inspect", now=now())
    assert (token.user, token.name, (token.expires_at - token.created_at).days) == (chen_operator, "官网", 30)
    assert Entry.objects.get().actor == "machine"
    assert secret not in said.err


def test_defaults_are_a_year_and_a_plain_name(run, chen_operator):
    run("token", "create", "chen", "--scope", "inspect")
    token = Token.objects.get()
    assert (token.name, (token.expires_at - token.created_at).days) == ("命令行", 365)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["create", "nobody", "--scope", "inspect"], 1),
        (["create", "chen", "--scope", "posts"], 1),
        (["create", "chen", "--scope", "inspect", "--days", "0"], 1),
        (["create", "chen", "--scope", "inspect", "--name", "长" * 41], 1),
        (["create", "wu", "--scope", "inspect"], 1),
        (["create", "chen"], 2),
        (["create", "chen", "--scope", "inspect", "--days", "x"], 2),
        (["list", "nobody"], 1),
        (["revoke", "9"], 1),
        (["revoke", "99999999999999999999"], 1),
        (["revoke", "x"], 2),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(run, chen_operator, wu_auditor, words, status):
    said = run("token", *words)
    assert (said.status, said.out, bool(said.err)) == (status, "", True)
    assert (Token.objects.count(), Entry.objects.count()) == (0, 0)


def test_tokens_are_listed_without_secrets_and_revoked_by_number(run, chen_operator):
    secret = run("token", "create", "chen", "--scope", "inspect").out.strip()
    (row,) = run("token", "list", "chen", "--json").rows
    assert (row["start"], row["state"], row["scope"], row["last_used_at"]) == (secret[:9], "live", "inspect", None)
    assert run("token", "revoke", str(row["id"]))[:2] == (0, "")
    assert run("token", "revoke", str(row["id"])).status == 1
    listed = run("token", "list", "chen").out
    assert ("revoked" in listed, secret in listed) == (True, False)
