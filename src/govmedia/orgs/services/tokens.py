"""Tokens of the API: made once, shown once, kept as hashes; none can do more than its user may at that moment."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from govmedia.audit.services import Deed, record
from govmedia.common.refusals import NoRight, Refused, WrongState
from govmedia.orgs.models import Token, User
from govmedia.orgs.rights import SCOPES, reach, require, scopes_of
from govmedia.orgs.services.people import clean_line, division_of

PREFIX = "gm_"
START_CHARS = 9
DAYS, DAYS_MOST = 365, 730
# More that work at once are no longer told apart by anybody.
LIVE_MOST = 20
# The time of use is for people who clear up; writing it at every request would cost a write each.
_NOTED_EVERY = timedelta(hours=1)
_BEARER = re.compile(r"bearer +(\S{1,200})", re.IGNORECASE)


class TokenMissing(Refused):
    """A request without a token."""

    text = "请在请求头 Authorization 里带上令牌：Bearer gm_…。令牌在工作台“我的菜单—接口令牌”里生成。"


class BadToken(Refused):
    """A token that is not, or no longer, good for anything."""

    text = "令牌不对。请核对是否复制完整，或在工作台重新生成。"


@transaction.atomic
def make_token(
    *, user: User, name: str, scope: str, days: int = DAYS, by: User | None, now: datetime
) -> tuple[Token, str]:
    """A new token and its secret, which is not to be had again. One makes them for oneself, the machine for anybody.

    Errors: NoRight, Refused at name, scope or days, or where the user has too many.
    """
    if by is not None and by.pk != user.pk:
        raise NoRight("令牌只能由本人生成。")
    name = clean_line(name, field="name", label="名称", most=40)
    _may_have(user, scope)
    if not 1 <= days <= DAYS_MOST:
        raise Refused(f"有效期在 1 到 {DAYS_MOST} 天之间。", "days")
    User.objects.select_for_update().get(pk=user.pk)
    if Token.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=now).count() >= LIVE_MOST:
        raise Refused(f"可用的令牌已有 {LIVE_MOST} 个，请先作废不用的。")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        scope=scope,
        secret_hash=_hash(secret),
        start=secret[:START_CHARS],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    after = {"login": user.login, "name": name, "scope": scope, "start": token.start, "expires_at": token.expires_at}
    label = f"{user.name}：{token}"
    deed = Deed("token.create", f"token:{token.pk}", label, division=division_of(user), after=after)
    record(deed, by=by, now=now)
    return token, secret


def _may_have(user: User, scope: str) -> None:
    if scope not in SCOPES:
        raise Refused(f"没有这种用途。可用：{'、'.join(SCOPES)}。", "scope")
    if scope not in scopes_of(user):
        raise Refused(f"{user.get_role_display()}没有“{SCOPES[scope].label}”的权限，不能生成这种令牌。", "scope")


@transaction.atomic
def revoke_token(*, token: Token, by: User | None, now: datetime) -> Token:
    """Make a token worthless at once; one's own, or that of a user in reach. Errors: NoRight, WrongState."""
    row = Token.objects.select_for_update(of=("self",)).select_related("user__organisation").get(pk=token.pk)
    where = division_of(row.user)
    if by is not None and by.pk != row.user_id:
        require(by, "token.manage", division=where)
    if row.revoked_at is not None:
        raise WrongState("这个令牌已经作废。")
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    after = {"login": row.user.login, "start": row.start}
    record(
        Deed("token.revoke", f"token:{row.pk}", f"{row.user.name}：{row}", division=where, after=after),
        by=by,
        now=now,
    )
    return row


def bearer_of(*, header: str, scope: str, now: datetime) -> Token:
    """The token that an `Authorization` header carries, with its user, good for the scope now; notes its use.

    Errors: TokenMissing without one; BadToken for one unknown, revoked, expired or of a stopped user; NoRight for
    one of another scope, or whose user has lost the right.
    """
    if not header:
        raise TokenMissing
    given = _BEARER.fullmatch(header.strip())
    if given is None:
        raise BadToken("请求头 Authorization 的写法应是：Bearer gm_…。")
    token = (
        Token.objects.select_related("user", "user__organisation").filter(secret_hash=_hash(given.group(1))).first()
    )
    if token is None:
        raise BadToken
    if token.revoked_at is not None:
        raise BadToken("这个令牌已经作废。请在工作台生成新的。")
    if token.expires_at <= now:
        raise BadToken("这个令牌已经过期。请在工作台生成新的。")
    if not token.user.is_active:
        raise BadToken("这个令牌的用户已经停用。")
    if token.scope != scope:
        raise NoRight(f"这个令牌不能用于“{SCOPES[scope].label}”。请在工作台生成这种用途的令牌。")
    if reach(token.user, SCOPES[scope].right) is None:
        raise NoRight(f"这个令牌的用户已没有“{SCOPES[scope].label}”的权限。")
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - _NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at <= now - _NOTED_EVERY:
        Token.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
    return token


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
