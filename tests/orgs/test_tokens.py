"""Tokens of the API: who may make, use and revoke them, and what is kept of them."""

import hashlib
import json
from datetime import timedelta

import pytest

from conftest import NOW
from factories import make_user
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.orgs import services
from govmedia.orgs.models import Token
from govmedia.orgs.queries import revocable_by, tokens_for, tokens_of
from govmedia.orgs.rights import SCOPES, TABLE
from govmedia.orgs.services import BadToken, TokenMissing

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def make(user, **changes):
    values = {"user": user, "name": "官网", "scope": "inspect", "by": user, "now": NOW, **changes}
    return services.make_token(**values)


def bearer(secret, now=NOW, scope="inspect"):
    return services.bearer_of(header=f"Bearer {secret}", scope=scope, now=now)


def test_secret_is_kept_as_a_hash_only(chen_operator):
    token, secret = make(chen_operator)
    assert (secret[:3], len(secret), token.start) == ("gm_", 46, secret[:9])
    row = Token.objects.values().get()
    assert row["secret_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert row["expires_at"] == NOW + 365 * DAY
    told = json.dumps([row, list(Entry.objects.values())], default=str)
    assert secret[10:] not in told


def test_two_secrets_differ(chen_operator):
    assert make(chen_operator)[1] != make(chen_operator)[1]


def test_making_and_revoking_stand_in_the_log(chen_operator):
    token, secret = make(chen_operator)
    services.revoke_token(token=token, by=chen_operator, now=NOW)
    made, gone = Entry.objects.order_by("seq")
    assert [(entry.verb, entry.actor, entry.subject, entry.division) for entry in (made, gone)] == [
        ("token.create", "chen", f"token:{token.pk}", "320106"),
        ("token.revoke", "chen", f"token:{token.pk}", "320106"),
    ]
    assert (made.after["scope"], made.after["start"]) == ("inspect", secret[:9])


def test_every_scope_needs_a_right_there_is():
    assert [scope.right for scope in SCOPES.values() if scope.right not in TABLE] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " \u200b"}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"scope": "everything"}, "scope"),
        ({"scope": ""}, "scope"),
        ({"days": 0}, "days"),
        ({"days": -1}, "days"),
        ({"days": 731}, "days"),
        ({"days": 10**12}, "days"),
    ],
)
def test_what_makes_no_token_is_refused_at_its_field(chen_operator, changes, field):
    with pytest.raises(Refused) as why:
        make(chen_operator, **changes)
    assert (why.value.field, Token.objects.count(), Entry.objects.count()) == (field, 0, 0)


def test_role_without_the_right_gets_no_token(wu_auditor, root_admin):
    for user in (wu_auditor, root_admin):
        with pytest.raises(Refused) as why:
            make(user)
        assert why.value.field == "scope"


def test_nobody_makes_tokens_for_others_but_the_machine_does(chen_operator, root_admin, li_supervisor):
    for by in (root_admin, li_supervisor):
        with pytest.raises(NoRight):
            make(chen_operator, by=by)
    assert make(chen_operator, by=None)[0].user == chen_operator


def test_twenty_that_work_are_enough(chen_operator):
    made = [make(chen_operator)[0] for _ in range(20)]
    with pytest.raises(Refused):
        make(chen_operator)
    services.revoke_token(token=made[0], by=chen_operator, now=NOW)
    make(chen_operator)


def test_token_is_its_users_and_good_for_its_scope(chen_operator):
    token, secret = make(chen_operator)
    assert bearer(secret) == token
    assert bearer(secret).user == chen_operator
    for header in (f"bearer {secret}", f"  BEARER   {secret} "):
        assert services.bearer_of(header=header, scope="inspect", now=NOW) == token


def test_no_header_is_no_token(db):
    with pytest.raises(TokenMissing):
        services.bearer_of(header="", scope="inspect", now=NOW)


@pytest.mark.parametrize(
    "header",
    [
        "Basic dTpw",
        "Bearer",
        "Bearer ",
        "gm_x",
        "Bearer gm_x",
        "Bearer a b",
        "Bearer " + "x" * 10_000,
        "Bearer ÿ\x00",
    ],
)
def test_header_that_carries_no_known_token_is_refused(chen_operator, header):
    make(chen_operator)
    with pytest.raises(BadToken):
        services.bearer_of(header=header, scope="inspect", now=NOW)


def test_part_of_a_secret_and_its_hash_open_nothing(chen_operator):
    token, secret = make(chen_operator)
    for wrong in (secret[:-1], secret + "x", secret.lower(), token.secret_hash, token.start):
        with pytest.raises(BadToken):
            bearer(wrong)


def test_token_ends_at_its_hour(chen_operator):
    _, secret = make(chen_operator, days=1)
    bearer(secret, NOW + DAY - timedelta(seconds=1))
    with pytest.raises(BadToken, match="过期"):
        bearer(secret, NOW + DAY)


def test_revoked_token_opens_nothing_and_is_not_revoked_twice(chen_operator):
    token, secret = make(chen_operator)
    services.revoke_token(token=token, by=chen_operator, now=NOW)
    with pytest.raises(BadToken, match="作废"):
        bearer(secret)
    with pytest.raises(WrongState):
        services.revoke_token(token=token, by=chen_operator, now=NOW)
    assert Entry.objects.filter(verb="token.revoke").count() == 1


def test_token_of_a_stopped_user_opens_nothing(chen_operator):
    _, secret = make(chen_operator)
    chen_operator.is_active = False
    chen_operator.save()
    with pytest.raises(BadToken, match="停用"):
        bearer(secret)


def test_token_can_do_no_more_than_its_users_present_role(li_supervisor):
    _, secret = make(li_supervisor)
    li_supervisor.role = "auditor"
    li_supervisor.save()
    with pytest.raises(NoRight):
        bearer(secret)


def test_token_of_another_scope_is_told_so(chen_operator):
    _, secret = make(chen_operator)
    Token.objects.update(scope="posts")
    with pytest.raises(NoRight):
        bearer(secret)


def test_use_is_noted_at_most_once_an_hour(chen_operator, django_assert_num_queries):
    token, secret = make(chen_operator)
    bearer(secret)
    with django_assert_num_queries(1):
        bearer(secret, NOW + HOUR - timedelta(seconds=1))
    token.refresh_from_db()
    assert token.last_used_at == NOW
    with django_assert_num_queries(2):
        bearer(secret, NOW + HOUR)
    token.refresh_from_db()
    assert token.last_used_at == NOW + HOUR


def test_refused_use_is_not_noted(chen_operator):
    token, secret = make(chen_operator, days=1)
    with pytest.raises(BadToken):
        bearer(secret, NOW + DAY)
    token.refresh_from_db()
    assert token.last_used_at is None


def test_who_may_revoke(chen_operator, nanjing, gulou_health, li_supervisor, suzhou, root_admin):
    clerk = make_user("clerk", "同事", "operator", organisation=gulou_health)
    city_admin = make_user("city", "市管理员", "admin", division=nanjing)
    far_admin = make_user("far", "外管理员", "admin", division=suzhou)
    token = make(chen_operator)[0]
    for other in (clerk, li_supervisor, far_admin):
        with pytest.raises(NoRight):
            services.revoke_token(token=token, by=other, now=NOW)
        assert not revocable_by(other).exists()
    for may in (chen_operator, city_admin, root_admin, None):
        Token.objects.update(revoked_at=None)
        assert may is None or revocable_by(may).get() == token
        services.revoke_token(token=token, by=may, now=NOW)


def test_lists_say_what_works(chen_operator, root_admin, li_supervisor):
    names = ("live", "expired", "revoked")
    tokens = {name: make(chen_operator, name=name, days=1 if name == "expired" else 30)[0] for name in names}
    services.revoke_token(token=tokens["revoked"], by=chen_operator, now=NOW)
    later = NOW + 2 * DAY
    assert [(row.name, row.state) for row in tokens_of(chen_operator, now=later)] == [(name, name) for name in names]
    assert {row.name for row in tokens_for(root_admin, now=later)} == set(names)
    assert not tokens_for(li_supervisor, now=later).exists()
    chen_operator.is_active = False
    chen_operator.save()
    assert tokens_of(chen_operator, now=later)[0].state == "idle"
