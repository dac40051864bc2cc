"""The life of a data interface: added with the account, changed and stopped by filings."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from govmedia.accounts.models import Account
from govmedia.audit.services import Deed, record
from govmedia.common.refusals import Refused
from govmedia.connectors.registry import INTERFACES
from govmedia.orgs.models import User
from govmedia.posts.models import Interface
from govmedia.posts.pacing import FLOOR_S


@transaction.atomic
def add_interface(
    *,
    account: Account,
    kind: str,
    handle: str,
    now: datetime,
    pinned_id: str = "",
    title: str = "",
    by: User | None = None,
) -> Interface:
    """Give an account its data interface, due at once. `pinned_id` and `title` are what the feed calls itself;
    where they are empty, the first look pins them. Errors: Refused."""
    _check(kind, handle)
    if Interface.objects.filter(account=account).exists():
        raise Refused("这个账号已有数据接口。", "handle")
    interface = Interface.objects.create(
        account=account,
        kind=kind,
        handle=handle,
        host=host_of(handle),
        pinned_id=pinned_id[:500],
        pinned_title=title[:200],
        interval_s=FLOOR_S,
        next_due_at=now,
    )
    record(_deed("interface.add", account, {}, {"kind": kind, "handle": handle}), by=by, now=now)
    return interface


@transaction.atomic
def change_interface(
    *,
    account: Account,
    kind: str,
    handle: str,
    now: datetime,
    pinned_id: str = "",
    title: str = "",
    by: User | None = None,
    why: str = "",
) -> Interface:
    """Point an account to another source, as its filing says: looked at once, as if never seen. Posts stay.

    An account without interface gets one. Errors: Refused.
    """
    _check(kind, handle)
    interface = Interface.objects.select_for_update().filter(account=account).first()
    if interface is None:
        return add_interface(
            account=account, kind=kind, handle=handle, now=now, pinned_id=pinned_id, title=title, by=by
        )
    before = {"kind": interface.kind, "handle": interface.handle, "state": interface.state}
    # A raised claim number has whoever is fetching the old source throw its result away.
    Interface.objects.filter(pk=interface.pk).update(
        kind=kind,
        handle=handle,
        host=host_of(handle),
        pinned_id=pinned_id[:500],
        pinned_title=title[:200],
        state=Interface.State.ACTIVE,
        etag="",
        last_modified="",
        body_sm3="",
        next_due_at=now,
        claimed_until=None,
        claim_no=F("claim_no") + 1,
        failures=0,
        failing_since=None,
        last_cause="",
        last_outcome="",
        proposed_handle="",
        seen_name="",
        seen_name_since=None,
        oldest_item_at=None,
    )
    after = {"kind": kind, "handle": handle, "state": Interface.State.ACTIVE.value}
    record(_deed("interface.change", account, before, after, why), by=by, now=now)
    interface.refresh_from_db()
    return interface


@transaction.atomic
def stop_interface(*, account: Account, now: datetime, by: User | None = None, why: str = "") -> None:
    """Look no more, because the account is closed; nothing happens where there is no interface."""
    running = Interface.objects.filter(account=account).exclude(state=Interface.State.STOPPED)
    stopped = running.update(state=Interface.State.STOPPED, claimed_until=None, claim_no=F("claim_no") + 1)
    if stopped:
        record(_deed("interface.stop", account, {}, {"state": Interface.State.STOPPED.value}, why), by=by, now=now)


def host_of(handle: str) -> str:
    """What "one host" means for pacing: name and port of a URL; any other handle stands for its whole platform."""
    parts = urlsplit(handle.strip())
    return parts.netloc.rpartition("@")[2].lower()[:255]


def _check(kind: str, handle: str) -> None:
    if kind not in INTERFACES:
        raise Refused(f"没有“{kind}”这种数据接口。", "kind")
    if not handle.strip() or len(handle) > 2000:
        raise Refused("请填写数据接口的地址，不超过 2000 个字符。", "handle")


def _deed(verb: str, account: Account, before: dict[str, str], after: dict[str, str], why: str = "") -> Deed:
    return Deed(verb, f"account:{account.code}", account.name, before, after, why, account.division_id)
