"""Who plays what: the accounts of the demonstration, their parts, and how many posts each gets.

Everything here follows from the seed and the numbers given; nothing is read or written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from enum import StrEnum
from random import Random

from govmedia.common.clock import SHANGHAI, day_of
from govmedia.common.refusals import Refused
from govmedia.demo.places import GULOU, Body
from govmedia.engine.calendar import quarter_before, quarter_of, quarter_range
from govmedia.engine.codes import new_code

LARGE = 3000
# Weights of platforms, first the one an organisation is likeliest to have.
_WEIGHTS = {
    "wechat_mp": 40, "douyin": 17, "weibo": 15, "toutiao": 8, "wechat_channels": 7, "kuaishou": 5, "xiaohongshu": 4,
    "bilibili": 4,
}  # fmt: skip
PLATFORMS = tuple(_WEIGHTS)
_MOST_ACCOUNTS = 6
# How long after its opening a late filing was sent: more than five working days, whatever holidays lie between.
LATE_DAYS = 18
# An account that is well never pauses longer than this between two posts; the strictest edition allows 7 days.
_WIDEST_STEP = 4.1


class Part(StrEnum):
    """What an account is there to show."""

    WELL = "well"
    HOLE = "hole"
    SLOW = "slow"
    DEAD = "dead"
    REVIVED = "revived"
    TWICE = "twice"
    TWICE_ALLOWED = "twice_allowed"
    LATE_FILED = "late_filed"
    NEW = "new"
    RENAMED = "renamed"
    OTHER_NAME = "other_name"
    NICKNAME = "nickname"
    WAITING = "waiting"
    OWNER = "owner"
    GONE = "gone"
    PLATFORM = "platform"
    NETWORK = "network"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSED = "closed"


# Shares by part, and from how many accounts on a part is played at all; the rest are well.
_CAST: tuple[tuple[Part, float, int], ...] = (
    (Part.DEAD, 0.014, 1),
    (Part.SLOW, 0.045, 1),
    (Part.CLOSED, 0.018, 1),
    (Part.FROZEN, 0.003, 1),
    (Part.WAITING, 0.006, 1),
    (Part.RENAMED, 0.003, 1),
    (Part.NEW, 0.05, 1),
    (Part.OWNER, 0.007, 100),
    (Part.GONE, 0.004, 100),
    (Part.PLATFORM, 0.007, 100),
    (Part.NETWORK, 0.004, 100),
    (Part.TWICE, 0.004, 100),
    (Part.TWICE_ALLOWED, 0.004, 100),
    (Part.LATE_FILED, 0.009, 100),
    (Part.OTHER_NAME, 0.003, 100),
    (Part.NICKNAME, 0.003, 100),
    (Part.REVIVED, 0.003, 100),
    (Part.CLOSING, 0.006, 100),
    (Part.HOLE, 0.03, 40),
)
# Parts whose looks fail; the value is how the emulator behaves. NETWORK is our own fault: nobody came to look.
FAULTS = {Part.OWNER: "http_401", Part.GONE: "http_410", Part.PLATFORM: "http_503", Part.FROZEN: "wrong_account"}
UNSEEN = frozenset({*FAULTS, Part.NETWORK, Part.WAITING})
# These are about two accounts of one organisation.
_NEED_ANOTHER = frozenset({Part.TWICE, Part.TWICE_ALLOWED, Part.CLOSED, Part.NICKNAME})
_KINDS = ("rss", "atom", "json")
# Some posts fall away with what happens to their accounts; so many more are planned that none are missing.
_SPARE = 1.09


@dataclass(slots=True)
class Role:
    """One account to be: its part, and what follows from it."""

    code: str
    body: Body
    name: str
    platform: str
    part: Part
    kind: str
    opened_on: date
    first_seen_at: datetime
    posts: int = 0
    lively: bool = False
    successor: "Role | None" = None


@dataclass(frozen=True, slots=True)
class Span:
    """The time the demonstration covers: `start_on` is the first day with posts, `posts` how many there shall be."""

    start_on: date
    now: datetime
    posts: int

    @property
    def days(self) -> int:
        return (day_of(self.now) - self.start_on).days + 1


@dataclass(slots=True)
class Plan:
    """All roles in order of their bodies, and the time they play in."""

    span: Span
    roles: list[Role] = field(default_factory=list)

    def of(self, *parts: Part) -> list[Role]:
        return [role for role in self.roles if role.part in parts]


def span(*, accounts: int, posts: int | None, now: datetime) -> Span:
    """How far back posts reach: the last full quarter where there are enough of them, else the last days only.

    Without a number there are enough for the whole time, or nine each in a large one. Errors: Refused where posts
    are too few for accounts to be well at all.
    """
    today = day_of(now)
    year, quarter = quarter_of(today)
    earlier = quarter_before(year, quarter)
    full = (today - quarter_range(*earlier)[0]).days + 1
    if posts is None:
        posts = accounts * (9 if accounts > LARGE else max(44, -(-full * 10 // 36)))
    each = posts / accounts
    if each < 3:
        raise Refused(f"{accounts:,} 个账号至少需要 {accounts * 3:,} 条内容，否则账号都会显得停更。请调大 --posts。")
    # Few posts fill the last days, at two days' distance; many fill the quarters, at up to four.
    days = each * _WIDEST_STEP if each >= 25 else max(each * 2.2, min(18.0, each * 4))
    days = min(full, int(days))
    return Span(today - timedelta(days=days - 1), now, posts)


def make_plan(*, accounts: int, bodies: Sequence[Body], time: Span, random: Random) -> Plan:
    """Deal out platforms, names and parts; the same seed deals the same."""
    plan = Plan(time)
    codes: set[str] = set()
    kept = _kept_parts(accounts)
    for body, count in zip(bodies, _counts(len(bodies), accounts, random), strict=True):
        for platform in _platforms(count, random):
            role = _role(body, platform, _fresh(codes, lambda: new_code(random)), time, random)
            plan.roles.append(role)
    _cast(plan, kept, random)
    _share_out(plan, random)
    return plan


def _fresh(taken: set[str], draw: Callable[[], str]) -> str:
    code = draw()
    while code in taken:
        code = draw()
    taken.add(code)
    return code


def _counts(bodies: int, accounts: int, random: Random) -> list[int]:
    """How many accounts each body has: one at least, three for the first, the rest by chance."""
    counts = [1] * bodies
    counts[0] = min(3, accounts - bodies + 1)
    left = accounts - sum(counts)
    while left:
        place = int(random.random() * bodies)
        if place > 0 and counts[place] < _MOST_ACCOUNTS:
            counts[place] += 1
            left -= 1
    return counts


def _platforms(count: int, random: Random) -> list[str]:
    names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
    chosen: list[str] = []
    while len(chosen) < count:
        one = random.choices(names, weights)[0]
        if one not in chosen:
            chosen.append(one)
    return sorted(chosen, key=names.index)


def _role(body: Body, platform: str, code: str, time: Span, random: Random) -> Role:
    opened = date(2013, 1, 1) + timedelta(days=int(random.random() * 4300))
    # Accounts that existed before the platform did were first looked at in the night before the first day, so that
    # this day was seen whole.
    seen = datetime.combine(time.start_on, clock.min, SHANGHAI) - timedelta(minutes=5 + int(random.random() * 240))
    kind = _KINDS[int(random.random() * 3)]
    return Role(code, body, body.names[0], platform, Part.WELL, kind, min(opened, time.start_on), seen)


def _kept_parts(accounts: int) -> list[Part]:
    return [part for part, share, least in _CAST if accounts >= least for _ in range(max(1, round(share * accounts)))]


def _cast(plan: Plan, parts: Sequence[Part], random: Random) -> None:
    """Give out the parts. The story's own organisation has one account each that is well, slow and dead."""
    by_body: dict[int, list[Role]] = {}
    for role in plan.roles:
        by_body.setdefault(role.body.number, []).append(role)
    left = list(parts)
    for role, part in zip(by_body[1][1:], (Part.SLOW, Part.DEAD), strict=False):
        role.part = part
        left.remove(part)
    single = [rows[0] for number, rows in by_body.items() if number > 1 and len(rows) == 1]
    several = [row for number, rows in by_body.items() if number > 1 and len(rows) > 1 for row in rows[1:]]
    random.shuffle(single)
    random.shuffle(several)
    for part in left:
        pool = several if several and (part in _NEED_ANOTHER or not single) else single
        role = pool.pop()
        role.part = part
        _dress(role, by_body[role.body.number][0], plan, random)
    for number, role in enumerate(role for role in plan.roles if role.part is Part.WELL):
        role.lively = number % 25 == 0 or role.body.place.code == GULOU


def _dress(role: Role, first: Role, plan: Plan, random: Random) -> None:
    """What a part changes about an account; `first` is its organisation's first one, which is always well."""
    time = plan.span
    if role.part in {Part.NEW, Part.LATE_FILED, Part.WAITING}:
        ago = 3 if role.part is Part.WAITING else 10 + int(random.random() * max(1, min(time.days, 60) - 12))
        waited = LATE_DAYS if role.part is Part.LATE_FILED else 1
        role.opened_on = day_of(time.now) - timedelta(days=ago + waited)
        role.first_seen_at = max(role.first_seen_at, time.now - timedelta(days=ago - 1, hours=3))
    if first is role:
        return
    if role.part in {Part.TWICE, Part.TWICE_ALLOWED}:
        role.platform, role.name = first.platform, f"{role.body.names[0]}服务号"
    if role.part is Part.NICKNAME:
        role.name = f"{role.body.place.bare[:1]}小微"
    if role.part is Part.CLOSED:
        role.successor = first


def _share_out(plan: Plan, random: Random) -> None:
    """Posts for each role: what its part needs to look right, then the rest by how busy an account is."""
    time = plan.span
    least = max(1, int(time.days / _WIDEST_STEP) + 1)
    busy = [min(12.0, random.lognormvariate(0, 0.9)) for _ in plan.roles]
    total = sum(busy)
    spare = max(0, int(time.posts * _SPARE) - least * len(plan.roles))
    carry = 0.0
    for role, weight in zip(plan.roles, busy, strict=True):
        carry += spare * weight / total
        role.posts = least + int(carry)
        carry -= int(carry)
