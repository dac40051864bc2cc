"""When to look again: sooner where something was posted lately, ever later where looks fail, never not at all."""

from datetime import datetime, timedelta

from govmedia.connectors.errors import Outcome

FLOOR_S = 10 * 60
CEILING_S = 12 * 3600
# An account that posted a day ago is looked at every two hours.
AGE_SHARE = 12
# A window of posts must be looked at several times before it has moved on.
WINDOW_SHARE = 4
LONGEST_WAIT_S = 24 * 3600
# What the other side calls gone is asked for once a week, in case it was a mistake.
GONE_S = 7 * 24 * 3600
GONE_LOOKS = 2
# Further ahead than any of these nothing is ever planned; what is, was planned by a clock since set back.
HORIZON = timedelta(days=10)


def interval_s(now: datetime, last_post_at: datetime | None, window_s: float | None) -> int:
    """Seconds between successful looks: a share of the age of the latest post, between floor and ceiling.

    `window_s` is the time between the oldest and the newest item shown; None where that is unknown.
    """
    age_s = (now - last_post_at).total_seconds() if last_post_at else CEILING_S * AGE_SHARE
    wished = age_s / AGE_SHARE
    if window_s is not None:
        wished = min(wished, window_s / WINDOW_SHARE)
    return int(min(max(wished, FLOOR_S), CEILING_S))


def after_success(now: datetime, gap_s: int, chance: float) -> datetime:
    """The next look: `gap_s` from now, up to a tenth more or less so that looks spread out."""
    return now + timedelta(seconds=gap_s * (0.9 + 0.2 * chance))


def after_failure(
    now: datetime, failures: int, outcome: Outcome, retry_at: datetime | None, cut_off: bool, chance: float
) -> datetime:
    """The next look after failure number `failures` in a row: gaps double up to the ceiling, and go on for ever.

    Never before the time the other side asked for (`retry_at`, heeded up to a day). While our own network is down
    (`cut_off`) gaps do not grow: what fails says nothing about the other side. `chance` is a random number from 0
    to 1; the half that it decides about keeps the interfaces of one host from coming back together.
    """
    gap_s: float = min(FLOOR_S * 2 ** min(failures - 1, 30), CEILING_S)
    if cut_off:
        gap_s = FLOOR_S
    if outcome == Outcome.gone and failures >= GONE_LOOKS:
        gap_s = GONE_S
    at = now + timedelta(seconds=gap_s * (0.75 + 0.5 * chance))
    if retry_at is None:
        return at
    asked = min(retry_at, now + timedelta(seconds=LONGEST_WAIT_S))
    return max(at, asked + timedelta(seconds=60 * chance))
