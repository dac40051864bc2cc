"""What is typed into a line."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.common.typed import key_of, lines, one_line


@given(st.text(max_size=60), st.integers(0, 40))
def test_a_line_can_be_stored_and_is_not_too_long(text, most):
    line = one_line(text, most)
    assert line.isprintable() and len(line) <= most


def test_words_stay_and_control_characters_go():
    assert one_line(" 单位\x00已撤销\n见 来文 ", 20) == "单位 已撤销 见 来文"


def test_lines_and_tabs_stay_in_a_text():
    assert lines(" 一\x00\n\t二\x07 ") == "一\n\t二"


def test_a_key_is_a_number_that_a_row_may_have():
    assert [key_of(text) for text in ("12", "", "-1", "１２", "1 2", "9" * 18, "9" * 19, "9" * 5000)] == [
        12, 0, 0, 0, 0, int("9" * 18), 0, 0,
    ]  # fmt: skip
