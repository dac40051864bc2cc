"""Audit entries in Chinese."""

from govmedia.desk.words import changes, deed_words, role_words


def test_known_deed_has_its_word_and_an_unknown_one_is_still_shown():
    assert [deed_words(verb) for verb in ("filing.accept", "account.look", "user.paint", "x")] == [
        "准予备案", "要求立即查看", "用户：paint", "x",
    ]  # fmt: skip


def test_changes_leave_out_what_stayed_and_cut_what_is_long():
    before = {"name": "甲", "active": True, "url": "", "duties": "x"}
    after = {"name": "乙", "active": False, "url": "", "duties": "字" * 100}
    assert changes(before, after) == ["名称：甲 → 乙", "在用：是 → 否", f"职责：x → {'字' * 60}…"]


def test_more_than_six_changes_are_counted():
    assert changes({}, {str(number): number + 1 for number in range(9)})[-1] == "另有 3 项"


def test_role_of_the_machine():
    assert (role_words("machine"), role_words("auditor")) == ("系统", "审计员")
