"""Storing what a round of looks brought, in one transaction for each batch: all of it or nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import DataError, IntegrityError, transaction

from govmedia.accounts.models import Account
from govmedia.accounts.services import SeenRow, freeze, note_avatars, note_seen_many
from govmedia.audit.services import Deed, record_many
from govmedia.connectors.errors import Outcome
from govmedia.connectors.types import Feed, FetchResult
from govmedia.engine.hashing import sm3_hex
from govmedia.posts.cleaning import clean_line, drafts_of
from govmedia.posts.comparing import compare, window_start
from govmedia.posts.fetching import Fetched
from govmedia.posts.identity import Fresh, Known, doubt, seen_name
from govmedia.posts.models import Interface, Look
from govmedia.posts.queries import open_outage
from govmedia.posts.services import watching
from govmedia.posts.services.contents import Shown, confirm_missing, load_stored, store
from govmedia.posts.services.outages import watch_network
from govmedia.posts.services.watching import Outcomes
from govmedia.posts.targets import Target, still_held

# What a database says of content it will not take; anything else is a fault of ours and ends the round.
INDIGESTIBLE = (DataError, IntegrityError, ValueError, OverflowError)
_LENGTHS = {name: Interface._meta.get_field(name).max_length for name in ("pinned_id", "pinned_title", "seen_name")}


def store_batch(batch: Sequence[Fetched], *, now: datetime) -> list[Outcomes]:
    """Store what came back. Results whose claim was lost meanwhile are thrown away.

    Where the database refuses the content of one of them, all are stored one by one and that one is set aside as a
    look that failed.
    """
    try:
        return _store(batch, now)
    except INDIGESTIBLE:
        return [row for one in batch for row in _store_alone(one, now)]


def _store_alone(one: Fetched, now: datetime) -> list[Outcomes]:
    try:
        return _store([one], now)
    except INDIGESTIBLE as why:
        cause = f"内容无法入库（{type(why).__name__}），已搁置。请网站维护人员检查订阅源的内容。"
        return _store([(one[0], FetchResult(Outcome.parse_error, cause))], now)


@transaction.atomic
def _store(batch: Sequence[Fetched], now: datetime) -> list[Outcomes]:
    # In order of their keys neighbours share the database's pages.
    batch = sorted(batch, key=lambda one: one[0].pk)
    held = still_held([target for target, _ in batch])
    mine = [(target, result) for target, result in batch if target.pk in held]
    watching.postpone([target for target, result in mine if result is None], now)
    rows = [_outcomes(target, result) for target, result in mine if result is not None]
    deeds: list[Deed] = []
    shown = _read_changed(rows, now, deeds)
    watching.insert_looks(rows, now)
    _store_changed(shown, rows, now)
    pictures = {row.target.account_id: row.result.feed.picture for row in rows if row.result.feed}
    note_avatars({key: url for key, url in pictures.items() if key in shown}, now=now)
    seen = [row for row in rows if row.seen]
    _confirm(seen, shown, now)
    watching.update_seen(seen, now)
    cut_off = open_outage() is not None
    watching.update_failed([row for row in rows if not row.seen], now, cut_off=cut_off)
    watching.cover(seen, now)
    note_seen_many(
        SeenRow(row.target.account_id, now, row.target.last_post_at if row.created else None, now) for row in seen
    )
    watch_network(rows, now=now)
    if rows:
        record_many([*deeds, _told(rows)], by=None, now=now)
    return rows


def _outcomes(target: Target, result: FetchResult) -> Outcomes:
    seen = result.outcome.seen and (result.feed is not None or result.outcome == Outcome.not_modified)
    if target.doubted:
        target.state = Interface.State.FROZEN
        if seen:
            return Outcomes(target, result, Outcome.wrong_feed, f"{target.frozen_reason}；核实前内容不入库", False)
    return Outcomes(target, result, result.outcome, clean_line(result.cause), seen)


def _read_changed(rows: Collection[Outcomes], now: datetime, deeds: list[Deed]) -> dict[int, Shown]:
    """What changed, by account, of feeds whose bytes are not those of the look before and that still are ours."""
    shown = {}
    for row in rows:
        target, feed = row.target, row.result.feed
        if row.seen and feed and row.result.body_sm3 != target.body_sm3:
            drafts, refusals = drafts_of(feed.entries)
            row.items, row.refused = len(feed.entries), len(refusals) + feed.skipped
            shown[target.account_id] = Shown(
                target.account_id, drafts, refusals, target.last_ok_at, missing=target.missing > 0
            )
        if row.seen:
            _keep_proposal(row, deeds)
    load_stored(shown.values(), now)
    for row in rows:
        one, feed = shown.get(row.target.account_id), row.result.feed
        if one is None or feed is None:
            continue
        reason = _doubt(row.target, feed, one)
        if reason:
            del shown[row.target.account_id]
            row.outcome, row.cause, row.seen = Outcome.wrong_feed, reason, False
        else:
            _take(row, feed, one, now, deeds)
    _freeze([row for row in rows if row.outcome == Outcome.wrong_feed and not row.target.doubted], now)
    return shown


def _known(target: Target, one: Shown) -> Known:
    posts = [(post.url, post.author) for post in one.stored]
    return Known(target.pinned_id, target.pinned_title, target.name, posts)


def _doubt(target: Target, feed: Feed, one: Shown) -> str:
    stored = {post.native_id for post in one.stored}
    fresh = [Fresh(draft.native_id, draft.url, draft.author) for draft in one.drafts if draft.native_id not in stored]
    return doubt(_known(target, one), feed, fresh)


def _take(row: Outcomes, feed: Feed, one: Shown, now: datetime, deeds: list[Deed]) -> None:
    """The feed is the account's: compare its content, and keep what it says of itself."""
    target = row.target
    changes = one.changes = compare(one.drafts, one.stored, now)
    row.created, row.changed, row.gone = len(changes.new), len(changes.edited), len(changes.gone)
    target.missing = changes.waiting
    target.oldest_item_at = window_start(one.drafts, {}, now)
    _keep_name(target, feed, one, now, deeds)
    target.pinned_id = target.pinned_id or clean_line(feed.feed_id, _LENGTHS["pinned_id"])
    target.pinned_title = target.pinned_title or clean_line(feed.title, _LENGTHS["pinned_title"])


def _keep_name(target: Target, feed: Feed, one: Shown, now: datetime, deeds: list[Deed]) -> None:
    """A rename is written down for a human; the filed name stays what it is."""
    name = clean_line(seen_name(_known(target, one), feed), _LENGTHS["seen_name"])
    if name == target.seen_name:
        return
    before, after = {"seen_name": target.seen_name}, {"seen_name": name}
    deeds.append(_deed("interface.rename", target, before, after))
    target.seen_name, target.seen_name_since = name, now if name else None


def _keep_proposal(row: Outcomes, deeds: list[Deed]) -> None:
    """A permanent redirect is written down for a human; the filed address stays what it is."""
    target, moved_to = row.target, (row.result.moved_to or "")[:2000]
    if moved_to == target.proposed_handle or moved_to == target.handle:
        return
    before, after = {"proposed_handle": target.proposed_handle}, {"proposed_handle": moved_to}
    deeds.append(_deed("interface.moved", target, before, after))
    target.proposed_handle = moved_to


def _freeze(rows: Collection[Outcomes], now: datetime) -> None:
    accounts = Account.objects.in_bulk([row.target.account_id for row in rows])
    for row in rows:
        freeze(account=accounts[row.target.account_id], reason=row.cause, now=now)
        row.target.state, row.target.frozen_reason = Interface.State.FROZEN, row.cause


def _store_changed(shown: dict[int, Shown], rows: Collection[Outcomes], now: datetime) -> None:
    by_account = {row.target.account_id: row for row in rows}
    for one in shown.values():
        one.look_id = by_account[one.account_id].look_id
    store(shown.values(), now)
    for one in shown.values():
        target = by_account[one.account_id].target
        if one.latest_post_at and (target.last_post_at is None or target.last_post_at < one.latest_post_at):
            target.last_post_at = one.latest_post_at


def _confirm(seen: Collection[Outcomes], shown: dict[int, Shown], now: datetime) -> None:
    """A look that found the same bytes again is a second look at what was missing in them."""
    waiting = {
        row.target.account_id: row for row in seen if row.target.missing and row.target.account_id not in shown
    }
    if not waiting:
        return
    counts = confirm_missing({account_id: row.look_id or 0 for account_id, row in waiting.items()}, now)
    for account_id, (gone, left) in counts.items():
        waiting[account_id].gone, waiting[account_id].target.missing = gone, left
    looks = [Look(pk=row.look_id, gone=row.gone) for row in waiting.values() if row.gone]
    Look.objects.bulk_update(looks, ["gone"])


def _told(rows: Sequence[Outcomes]) -> Deed:
    """One entry for all looks of a batch; the hash over them proves the rows that hold them."""
    lines = [f"{row.look_id} {row.target.code} {row.outcome.value} {watching.hash_of(row)}" for row in rows]
    after = {
        "looks": len(rows),
        "seen": sum(row.seen for row in rows),
        "created": sum(row.created for row in rows),
        "edited": sum(row.changed for row in rows),
        "gone": sum(row.gone for row in rows),
        "refused": sum(row.refused for row in rows),
        "first_look": rows[0].look_id,
        "last_look": rows[-1].look_id,
        "sm3": sm3_hex("\n".join(lines).encode()),
    }
    return Deed("posts.look", "posts:looks", f"查看 {len(rows)} 个账号", after=after)


def _deed(verb: str, target: Target, before: dict[str, str], after: dict[str, str]) -> Deed:
    return Deed(verb, f"account:{target.code}", target.name, before, after, division=target.division)
