"""What the accounts did, as rows: interfaces, looks, covered time, posts; and the same posts for the emulator.

What a look at the emulator's feed would show equals what is stored here, so that the first rounds of the health
check find nothing changed. Written in bulk for the same reason as `rows`.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from random import Random

from govmedia.accounts.models import Account
from govmedia.common.clock import day_of
from govmedia.connectors.errors import OUTCOME_TEXT, Outcome
from govmedia.demo import bulk, carrying, writing
from govmedia.demo.plan import FAULTS, Part, Role
from govmedia.demo.timing import Performance, found_at
from govmedia.demo.words import Words
from govmedia.emulators.source import WINDOW, EmulatedFeed, EmulatedItem
from govmedia.engine.hashing import sm3_hex
from govmedia.posts.models import Coverage, Interface, Look, Post
from govmedia.posts.services import host_of, version_sm3

HOST = "127.0.0.1"
# One post in so many has something wrong in it, for the text checks to find; sixty accounts have each kind once.
_SLIP_EVERY, _SLIP_AT = 179, 90
_FAILURES = {
    Part.OWNER: (Outcome.needs_reauthorise, "对方要求登录（401）。", 401),
    Part.GONE: (Outcome.gone, "对方说这个地址已永久停用（410）。", 410),
    Part.PLATFORM: (Outcome.retry_soon, "对方服务器出错或正忙（503）。", 503),
    Part.FROZEN: (Outcome.wrong_feed, "看到的是另一个账号的内容。", 200),
}
_POST_COLUMNS = (
    *("account_id", "native_id", "title", "text", "url", "author", "source_name", "published_at", "updated_at"),
    *("first_seen_at", "counts_on", "date_basis", "state", "version", "sm3", "extra"),
)
_LOOK_COLUMNS = (
    *("account_id", "at", "ok", "outcome", "cause", "status", "url", "address", "body_sm3", "size", "took_ms"),
    *("items", "created", "changed", "gone", "refused"),
)
_COVERAGE_COLUMNS = ("account_id", "start_at", "end_at", "looks")


@dataclass(frozen=True, slots=True)
class Scene:
    """What all accounts share: the vocabulary, the emulator's port, the moment, how many posts feeds show, and the
    numbers of the posts that are written for it."""

    words: Words
    port: int
    now: datetime
    window: int = WINDOW
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def site(self) -> str:
        return f"http://{HOST}:{self.port}"

    def handle(self, role: Role) -> str:
        """The address of an account's feed."""
        return f"{self.site}/feeds/{role.code}.{role.kind}"


@dataclass(frozen=True, slots=True)
class Cast:
    """One account on the stage."""

    role: Role
    done: Performance
    account: Account


def play(casts: Sequence[Cast], scene: Scene, random: Random) -> tuple[list[EmulatedFeed], list[EmulatedItem], int]:
    """Store what these accounts did; gives the feeds and items for the emulator, and how many posts were stored."""
    Interface.objects.bulk_create((_interface(cast, scene, random) for cast in casts), batch_size=500)
    bulk.insert(Coverage, _COVERAGE_COLUMNS, (row for cast in casts for row in _coverage_rows(cast)))
    bulk.insert(Look, _LOOK_COLUMNS, (row for cast in casts for row in _look_rows(cast, scene)))
    items: list[EmulatedItem] = []
    posts = [row for cast in casts for row in _post_rows(cast, scene, random, items)]
    bulk.insert(Post, _POST_COLUMNS, posts)
    return [_feed(cast, scene) for cast in casts], items, len(posts)


def _feed(cast: Cast, scene: Scene) -> EmulatedFeed:
    role, account = cast.role, cast.account
    return EmulatedFeed(
        key=role.code,
        title=shown_name(role, account),
        description=account.description,
        kind=role.kind,
        mode=FAULTS.get(role.part, "silent" if role.part in {Part.DEAD, Part.CLOSED} else "ok"),
        lively=role.lively,
        changed_at=scene.now,
    )


def shown_name(role: Role, account: Account) -> str:
    """The name the platform shows; one account renamed itself there without filing it."""
    return f"{account.name}服务平台" if role.part is Part.OTHER_NAME else account.name


def _interface(cast: Cast, scene: Scene, random: Random) -> Interface:
    role, done = cast.role, cast.done
    handle = scene.handle(role)
    seen = [at for at, ok in done.looks if ok]
    failed = [at for at, ok in done.looks if not ok]
    last = done.looks[-1][0] if done.looks else None
    outcome, cause, _ = failure(role) if failed else (Outcome.ok if seen else "", "", None)
    interval = random.choice((1800, 3600, 3600, 7200, 14400))
    window = done.posts[-scene.window :]
    other = role.part is Part.OTHER_NAME
    return Interface(
        account=cast.account,
        kind="feed",
        handle=handle,
        host=host_of(handle),
        pinned_id=handle if seen else "",
        pinned_title=cast.account.name if seen else "",
        state=_state(role),
        interval_s=interval,
        next_due_at=_at(int(scene.now.timestamp()) + int(random.random() * interval)) if seen else scene.now,
        failures=len(failed),
        failing_since=_at(failed[0]) if failed else None,
        last_look_at=_at(last) if last else None,
        last_ok_at=_at(seen[-1]) if seen else None,
        last_outcome=outcome,
        last_cause=cause,
        oldest_item_at=_at(window[0]) if window else None,
        seen_name=shown_name(role, cast.account) if other else "",
        seen_name_since=_at(seen[-1] - 12 * 86400) if other else None,
    )


def _state(role: Role) -> str:
    if role.part is Part.FROZEN:
        return Interface.State.FROZEN
    return Interface.State.STOPPED if role.part is Part.CLOSED else Interface.State.ACTIVE


def failure(role: Role) -> tuple[str, str, int]:
    """Outcome, cause with advice, and HTTP status of a failing look at this account."""
    outcome, cause, status = _FAILURES[role.part]
    return outcome, cause + OUTCOME_TEXT[outcome].advice, status


def _coverage_rows(cast: Cast) -> Iterator[tuple[object, ...]]:
    for first, last in cast.done.seen:
        looks = sum(1 for at, ok in cast.done.looks if ok and first <= at <= last)
        yield cast.account.pk, bulk.moment(first), bulk.moment(last), max(1, looks)


def _look_rows(cast: Cast, scene: Scene) -> Iterator[tuple[object, ...]]:
    role, done, handle = cast.role, cast.done, scene.handle(cast.role)
    address = f"{HOST}:{scene.port}"
    shown = 0
    for number, (at, ok) in enumerate(done.looks):
        took = 4 + (at * 7) % 23
        if not ok:
            outcome, cause, status = failure(role)
            yield (
                *(cast.account.pk, bulk.moment(at), False, outcome, cause, status, handle, address, "", 0, took),
                *(0, 0, 0, 0, 0),
            )
            continue
        before = shown
        while shown < len(done.posts) and done.posts[shown] <= at:
            shown += 1
        fresh = shown - before
        news = fresh > 0 or number == 0
        items = min(shown, scene.window) if news else 0
        yield (
            *(cast.account.pk, bulk.moment(at), True, Outcome.ok if news else Outcome.not_modified, ""),
            *(200 if news else 304, handle, address, sm3_hex(f"{role.code}:{shown}".encode()) if news else ""),
            *(items * 760, took, items, fresh, 0, 0, 0),
        )


def _post_rows(cast: Cast, scene: Scene, random: Random, items: list[EmulatedItem]) -> Iterator[tuple[object, ...]]:
    role, done, body = cast.role, cast.done, cast.role.body
    author = cast.account.name
    empty = json.dumps({})
    carried = carrying.carried(role, done.posts, scene.words.messages, scene.now)
    shown_from = len(done.posts) + len(done.waiting) - scene.window
    for number, at in enumerate((*done.posts, *done.waiting)):
        moment = _at(at)
        title, text = writing.compose(
            scene.words, random, field=body.field, place=body.place.name, office=body.short, day=day_of(moment)
        )
        if at in carried:
            title, text = carried[at]
        else:
            turn, between = divmod(next(scene.numbers), _SLIP_EVERY)
            if between == _SLIP_AT:
                text = f"{text}\n{scene.words.slips[turn % len(scene.words.slips)]}"
        # As the emulator itself numbers the posts it makes up later.
        native_id = f"{role.code}-{at * 1000}"
        if number >= shown_from:
            items.append(EmulatedItem(role.code, native_id, title, text, published_at=moment, author=author))
        if number >= len(done.posts):
            continue
        # Atom always says when an entry was updated; nothing else here does.
        when = bulk.moment(at)
        updated = when if role.kind == "atom" else None
        url = f"{scene.site}/posts/{role.code}/{native_id}"
        yield (
            *(cast.account.pk, native_id, title, text, url, author, "", when, updated),
            *(bulk.moment(found_at(at, done, random)), day_of(moment).isoformat(), "own", "present", 1),
            *(version_sm3(title, text, url, moment), empty),
        )


def _at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
