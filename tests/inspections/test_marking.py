from hypothesis import given
from hypothesis import strategies as st

from govmedia.inspections.marking import Change, changed, pieces


class At:
    def __init__(self, start, end, level="notice"):
        self.start, self.end, self.level = start, end, level


TEXTS = st.text(alphabet="ab\n政😀", max_size=30)
SPANS = st.lists(st.tuples(st.integers(0, 35), st.integers(0, 35), st.sampled_from(["veto", "deduct", "notice"])))


@given(TEXTS, SPANS)
def test_no_character_is_lost_whatever_the_hits(raw, spans):
    hits = [At(min(a, b), max(a, b), level) for a, b, level in spans]
    lines = pieces(raw, hits)
    assert "".join(one.text for line in lines for one in line) == raw.replace("\n", "")
    assert all("\n" not in one.text and one.text for line in lines for one in line)


def test_the_gravest_of_overlapping_hits_shows():
    lines = pieces("abcdef", [At(0, 4), At(2, 3, "veto")])
    assert [(one.text, one.number, one.level) for one in lines[0]] == [
        ("ab", 1, "notice"), ("c", 2, "veto"), ("d", 1, "notice"), ("ef", 0, ""),
    ]  # fmt: skip


def test_hits_of_a_text_are_numbered_on_from_those_of_its_title():
    assert [(one.text, one.number) for one in pieces("abc", [At(0, 1), At(2, 3)], first=4)[0]] == [
        ("a", 4), ("b", 0), ("c", 5),
    ]  # fmt: skip


def test_changes_are_made_from_the_left_and_overlapping_ones_left():
    assert (
        changed("布署工作，布署", [Change(5, 7, "部署"), Change(0, 2, "部署"), Change(1, 3, "x")]) == "部署工作，部署"
    )


@given(TEXTS)
def test_no_change_changes_nothing(raw):
    assert changed(raw, []) == raw
