"""Why an account is not seen."""

from datetime import timedelta

import pytest

from govmedia.checks.unseen import Watch, why_unseen

HOUR = timedelta(hours=1)


def _cause(moment, **values):
    values.setdefault("kind", "feed")
    values.setdefault("state", "active")
    values.setdefault("outcome", "ok")
    values.setdefault("last_look_at", moment)
    values.setdefault("last_ok_at", moment - HOUR)
    found = why_unseen(Watch(**values), moment)
    return found and found[0]


def test_a_good_look_within_a_day_is_enough(moment):
    assert _cause(moment) is None
    assert _cause(moment, last_ok_at=moment - 24 * HOUR) is None
    assert _cause(moment, last_ok_at=moment - 25 * HOUR) == "network"


@pytest.mark.parametrize(
    ("failures", "hours", "cause"), [(1, 5, None), (2, 5, None), (3, 0, None), (3, 1, "platform"), (9, 9, "platform")]
)
def test_failures_count_only_if_many_and_over_some_time(moment, failures, hours, cause):
    assert _cause(moment, outcome="timeout", failures=failures, failing_since=moment - hours * HOUR) == cause


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        ("timeout", "platform"), ("retry_soon", "platform"), ("rate_limited", "platform"), ("network", "platform"),
        ("not_found", "owner"), ("not_a_feed", "owner"), ("parse_error", "owner"), ("too_large", "owner"),
        ("needs_reauthorise", "owner"), ("gone", "gone"), ("wrong_feed", "frozen"),
    ],
)  # fmt: skip
def test_cause_follows_what_the_looks_came_to(moment, outcome, cause):
    values = {"failures": 3, "failing_since": moment - 2 * HOUR, "last_ok_at": moment - 30 * HOUR}
    assert _cause(moment, outcome=outcome, **values) == cause


def test_our_own_cut_network_is_named_as_ours(moment):
    values = {"failures": 3, "failing_since": moment - 2 * HOUR, "cut_off": True}
    assert _cause(moment, outcome="timeout", **values) == "network"
    assert _cause(moment, outcome="not_found", **values) == "owner"


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ({"kind": "", "last_look_at": None}, "owner"),
        ({"last_look_at": None, "last_ok_at": None, "outcome": ""}, "waiting"),
        ({"state": "stopped"}, "owner"),
        ({"state": "stopped", "outcome": "gone"}, "gone"),
        ({"outcome": "gone", "failures": 1}, None),
        ({"state": "frozen"}, "frozen"),
        ({"frozen_reason": "标题变了"}, "frozen"),
    ],
)
def test_state_of_the_interface_comes_first(moment, values, cause):
    assert _cause(moment, **values) == cause


def test_sentence_says_what_since_when_and_what_it_means(moment):
    watch = Watch(
        kind="feed",
        state="active",
        outcome="not_a_feed",
        cause="返回的是登录页。",
        failures=4,
        failing_since=moment - 2 * HOUR,
        last_look_at=moment,
        last_ok_at=moment - 3 * HOUR,
    )
    assert why_unseen(watch, moment) == (
        "owner",
        "未能看到（自 11-23 08:00 起）：返回的是登录页。这段时间不计入更新情况。",
    )
