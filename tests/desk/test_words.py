"""Audit entries in Chinese."""

import re
from pathlib import Path

import govmedia
from govmedia.desk.words import DEEDS, changes, deed_words, role_words
from govmedia.filings.states import FILING
from govmedia.findings.states import FINDING


def test_known_deed_has_its_word_and_an_unknown_one_is_still_shown():
    assert [deed_words(verb) for verb in ("filing.accept", "interface.look", "user.paint", "x")] == [
        "准予备案", "要求立即查看", "用户：paint", "x",
    ]  # fmt: skip


def test_changes_leave_out_what_stayed_and_cut_what_is_long():
    before = {"name": "甲", "active": True, "url": "", "duties": "x"}
    after = {"name": "乙", "active": False, "url": "", "duties": "字" * 100}
    assert changes(before, after) == ["名称：甲 → 乙", "在用：是 → 否", f"职责：x → {'字' * 60}…"]


def test_more_than_six_changes_are_counted():
    assert changes({}, {f"k{number}": number + 1 for number in range(9)})[-1] == "另有 3 项"


def test_role_of_the_machine():
    assert (role_words("machine"), role_words("auditor")) == ("系统", "审计员")


def test_values_are_read_by_where_they_stand_and_hashes_are_left_to_the_export():
    after = {
        "status": "open",
        "kind": "open",
        "health_cause": "owner",
        "submitted_at": "2026-11-23T22:51:53+00:00",
        "Y06": {"count": 2, "note": "错字"},
        "facts_sm3": "sm3:0",
        "17": "sm3:0",
    }
    assert changes({}, after) == [
        "状态：正常开设",
        "种类：开设",
        "未见原因：需要主办单位重新授权或修复接口",
        "提交时间：2026-11-24 06:51",
        "Y06：处数 2，说明 错字",
    ]


def test_value_that_is_no_time_is_shown_as_it_is():
    assert changes({}, {"seen_at": "昨天"}) == ["seen_at：昨天"]


def test_batch_of_looks_is_told_in_words():
    after = {"looks": 3, "seen": 2, "created": 1, "edited": 0, "gone": 0, "refused": 0, "sm3": "sm3:0"}
    assert changes({}, after) == ["查看：3", "看到：2", "新增：1"]


def test_every_deed_the_rooms_record_has_a_word():
    package = Path(govmedia.__file__).parent
    sources = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    verbs = set(re.findall(r'deed\(\s*"([a-z]+\.[a-z_]+)"', sources, re.IGNORECASE))
    verbs |= {f"filing.{move.name}" for move in FILING.moves} | {f"finding.{move.name}" for move in FINDING.moves}
    assert sorted(verb for verb in verbs if verb not in DEEDS) == []
    assert len(verbs) > 40
