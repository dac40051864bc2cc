"""When each account posts, and when it was looked at: what a part means, in seconds since the epoch.

Posts lie on a jittered grid: a slot for each, so that an account that is well never pauses longer than its slots
allow, however chance falls.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from datetime import time as clock
from random import Random

from govmedia.common.clock import SHANGHAI
from govmedia.demo.plan import FAULTS, Part, Role, Span

DAY = 86400
HOUR = 3600
# The last post and the last look lie a little before now, as a round in progress would have left them.
_FRESH_S = 1200
# Latency between a post and the look that finds it.
_FOUND_S = 2400
_JITTER = 0.35
_KEPT_DAYS = 7
_RECENT_LOOKS = 4


@dataclass(slots=True)
class Performance:
    """What one account did. `looks` are (second, whether it worked); `seen` covered stretches; both in order.

    `waiting` are posts that its feed shows and nobody has looked at yet; `broken_at` is when looks began to fail.
    """

    posts: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    looks: list[tuple[int, bool]] = field(default_factory=list)
    seen: list[tuple[int, int]] = field(default_factory=list)
    broken_at: int | None = None
    ended_at: int | None = None


def perform(role: Role, time: Span, random: Random, *, dense: bool) -> Performance:
    """One account's posts and looks. `dense` keeps a look for each day, else only those of the last one."""
    now = int(time.now.timestamp())
    start = int(role.first_seen_at.timestamp())
    done = Performance()
    end = now
    if role.part is Part.NETWORK:
        end = max(start + HOUR, now - int((27 + random.random() * 8) * HOUR))
    if role.part in FAULTS:
        end = done.broken_at = max(start + HOUR, now - int((1.5 + random.random() * 4) * DAY))
    if role.part is Part.CLOSED:
        ago = min(60, time.days * 0.6) * (0.3 + random.random() * 0.7)
        end = done.ended_at = max(start + HOUR, now - int(ago * DAY))
    whole = now - int(datetime.combine(time.start_on, clock.min, SHANGHAI).timestamp())
    count = max(1, round(role.posts * min(1.0, (end - start) / whole)))
    times = _grid(start, end, count, random)
    if role.part is Part.WAITING:
        done.waiting = _grid(now - 10 * DAY, now, 6, random)
        return done
    done.posts = _acted(role, times, start, now, random)
    done.seen = list(_stretches(role, start, end, now, random))
    done.looks = sorted(_looks(done, now, random, dense))
    return done


def _grid(start: int, end: int, count: int, random: Random) -> list[int]:
    """`count` moments, one in each of as many equal slots, in office hours where there is room."""
    chance = random.random
    width = (end - start) / count
    latest = end - _FRESH_S
    times = set()
    for slot in range(count):
        at = start + (slot + 0.5 + (chance() * 2 - 1) * _JITTER) * width
        # Shanghai's midnight is at 16:00 UTC; from half past seven to about nine in the evening people post.
        midnight = (int(at) + 8 * HOUR) // DAY * DAY - 8 * HOUR
        moment = midnight + int((7.5 + 6.5 * (chance() + chance())) * HOUR)
        if not start <= moment <= latest:
            moment = min(max(int(at), start + 60), latest) - int(chance() * 60)
        times.add(moment)
    return sorted(times)


def _acted(role: Role, times: list[int], start: int, now: int, random: Random) -> list[int]:
    """The part's silence cut into the account's posts."""
    if role.part is Part.DEAD:
        room = (now - start) // DAY
        # Squared, so that most fell silent lately.
        last = now - int(min(room - 0.5, 16 + random.random() ** 2 * max(1, min(45, room) - 17)) * DAY)
        return [at for at in times if at < last]
    if role.part is Part.REVIVED:
        silent_from, silent_to = now - 23 * DAY, now - 4 * DAY
        return [at for at in times if not silent_from <= at <= silent_to]
    if role.part is Part.SLOW:
        length, ago = 9 + int(random.random() * 4), int(random.random() * 9)
        first = now - (ago + length) * DAY - 3 * HOUR
        if first <= start:
            return [at for at in times if at < now - 10 * DAY]
        edges = [first] if ago == 0 else [first, first + length * DAY]
        kept = [at for at in times if not first <= at <= first + length * DAY]
        return sorted({*kept, *edges})
    return times


def _stretches(role: Role, start: int, end: int, now: int, random: Random) -> Iterator[tuple[int, int]]:
    last = end if end < now else now - 60 - int(random.random() * (_FRESH_S - 120))
    if role.part is Part.HOLE and last - start > 12 * DAY:
        hole = start + int((last - start) * (0.3 + random.random() * 0.3))
        yield start, hole
        yield hole + 3 * DAY, last
    else:
        yield start, last


def _looks(done: Performance, now: int, random: Random, dense: bool) -> Iterator[tuple[int, bool]]:
    """Looks as thinning leaves them: one a day, four a day in the last week; growing gaps once they fail."""
    for first, last in done.seen:
        yield last, True
        if dense:
            yield first, True
            recent = last - _KEPT_DAYS * DAY
            yield from ((at, True) for at in range(first + DAY, max(first, recent), DAY))
        else:
            recent = last - DAY
        step = DAY // _RECENT_LOOKS
        yield from ((at, True) for at in range(last - step, max(first, recent), -step))
    if done.broken_at is not None:
        at, pause = done.broken_at, 600
        while at < now - 60:
            yield at, False
            at += int(pause * (0.9 + random.random() * 0.2))
            pause = min(pause * 2, 12 * HOUR)


def found_at(post: int, performance: Performance, random: Random) -> int:
    """When a post was first seen: soon after it came out, or after the stretch in which nobody could look."""
    at = post + 60 + int(random.random() * _FOUND_S)
    for first, last in performance.seen:
        if at <= last:
            return max(at, first)
    return performance.seen[-1][1]
