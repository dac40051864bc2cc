"""What is typed into a line."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.common.typed import one_line


@given(st.text(max_size=60), st.integers(0, 40))
def test_a_line_can_be_stored_and_is_not_too_long(text, most):
    line = one_line(text, most)
    assert line.isprintable() and len(line) <= most


def test_words_stay_and_control_characters_go():
    assert one_line(" 单位\x00已撤销\n见 来文 ", 20) == "单位 已撤销 见 来文"
