"""Pass rates over what was judged, rounded as the sources do, with an interval that holds the rate."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.rates import RowsError, percent, stats_of, wilson

TABLE = """code,level,platform,passed
A1,city,weibo,true
A2,city,weibo,false
A3,city,douyin,true
A4,county,weibo,
"""


def test_counts_by_column_and_by_pair():
    stats, problems = stats_of(TABLE.encode(), ("level", "platform"), 1)
    assert problems == []
    every = stats["all"]
    assert (every["accounts"], every["judged"], every["passed"], every["failed"], every["unjudged"]) == (
        4,
        3,
        2,
        1,
        1,
    )
    assert every["rate"] == "66.7"
    assert [(one["key"], one["rate"]) for one in stats["by"]["level"]] == [("city", "66.7"), ("county", None)]
    pairs = {tuple(one["key"]): one["accounts"] for one in stats["pairs"]["level,platform"]}
    assert pairs == {("city", "douyin"): 1, ("city", "weibo"): 2, ("county", "weibo"): 1}
    assert stats["by"]["level"][1]["wilson"] is None


def test_json_lines_are_read_alike_and_bad_lines_are_named():
    lines = '{"level":"city","passed":true}\n{"level":"city","passed":null}\n坏\n{"passed":true}'
    lines += '\n{"level":"city","passed":3}'
    stats, problems = stats_of(lines.encode(), ("level",), 1)
    assert (stats["all"]["accounts"], stats["all"]["judged"]) == (2, 1)
    assert [line for line, _ in problems] == [3, 4, 5]
    assert stats["pairs"] == {}


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "shown"),
    [(1, 8, 1, "12.5"), (1, 16, 1, "6.3"), (404, 424, 1, "95.3"), (1, 3, 2, "33.33"), (5, 5, 0, "100")],
)
def test_percentages_are_rounded_half_up(part, whole, decimals, shown):
    assert percent(part, whole, decimals) == shown


def test_the_interval_is_the_published_one():
    # Wilson's interval of 81 in 263, as Newcombe (1998) prints it.
    assert wilson(81, 263, 2) == ["25.53", "36.62"]
    assert wilson(0, 20, 2) == ["0.00", "16.11"]
    assert wilson(20, 20, 2) == ["83.89", "100.00"]


@given(st.integers(1, 5000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_interval_holds_the_rate(counts):
    part, whole = counts
    low, high = map(Decimal, wilson(part, whole, 4))
    assert 0 <= low <= Decimal(percent(part, whole, 4)) <= high <= 100


@pytest.mark.parametrize("text", ["code,level\nA1,city", "code,passed\nA1,true", ""])
def test_missing_columns_are_named(text):
    with pytest.raises(RowsError, match="缺少"):
        stats_of(text.encode(), ("level",), 1)
