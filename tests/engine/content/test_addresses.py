"""Addresses judged by their text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content import addresses
from govmedia.engine.content.addresses import host_of, judge_address

HOSTS = Path(addresses.__file__).parent / "data" / "link_hosts.csv"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://item.taobao.com/item.htm?id=1", "shop"),
        ("HTTPS://M.TB.CN/h.5", "shop"),
        ("weidian．com", "shop"),
        ("item.jd.com:443/1.html", "shop"),
        ("http://www.gov.cn@u.jd.com/a", "shop"),
        ("http://gov.cn.taobao.com/", "shop"),
        ("taobao://item.taobao.com/1", "shop"),
        ("http://t.cn/A6", "short"),
        ("http://example.com/?a=1&AFF=2", "paid"),
        ("http://example.com/?pid=mm_1_2_3", "paid"),
        ("http://example.com/?utm_source=a", "counted"),
        ("http://taobao.com.suqian.gov.cn/", None),
        ("http://www.gov.cn/?spm=1&utm_source=2", None),
        ("http://mytaobao.com/", None),
        ("http://example.com/aff/1", None),
        ("http://example.com/?staff=1", None),
        ("taobao", None),
        ("", None),
        ("http://[::1", None),
    ],
)
def test_an_address_is_judged_by_its_host_and_parameters(address, kind):
    verdict = judge_address(address)
    assert (verdict.kind if verdict else None) == kind


@given(st.text(max_size=300))
def test_no_text_at_all_makes_the_judge_fail(address):
    verdict = judge_address(address)
    assert verdict is None or verdict.host == host_of(address)


def test_each_host_of_the_list_has_a_kind_and_a_reason_and_stands_once():
    rows = list(csv.DictReader(HOSTS.read_text(encoding="utf-8").splitlines()))
    assert len({row["host"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == {"shop", "trade", "short", "trusted"}
    assert all(row["host"] == host_of(f"https://{row['host']}/") and row["name"] and row["reason"] for row in rows)
