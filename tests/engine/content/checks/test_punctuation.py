from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

PAIRS = Inspector(today=date(2026, 11, 1), only=["punctuation_pairs"])
MARKS = Inspector(today=date(2026, 11, 1), only=["punctuation_marks"])


def marks(text, title=""):
    return MARKS.inspect(Post(id="1", text=text, title=title)).hits


def test_text_of_brackets_only_is_reported_on_up_to_a_bound():
    assert len(PAIRS.inspect(Post(id="1", text="（" * 10_000)).hits) == 20
    assert PAIRS.inspect(Post(id="1", text="（" * 10_000 + "）" * 10_000)).hits == ()


def test_unclosed_quotation_waits_for_a_human_and_an_unclosed_title_does_not():
    assert [hit.auto for hit in PAIRS.inspect(Post(id="1", text="他说：“坚决完成任务。")).hits] == [False]
    assert [hit.auto for hit in PAIRS.inspect(Post(id="1", text="印发《管理办法，请执行。")).hits] == [True]


def test_half_width_commas_throughout_get_one_remark_and_never_go_out():
    found = marks("会议强调,要提高站位,压实责任,抓好落实,确保安全。")
    assert [(hit.start, hit.auto) for hit in found] == [(4, False)]


def test_half_width_commas_among_full_width_ones_are_each_named():
    assert [hit.start for hit in marks("会议强调，要提高站位,压实责任,抓好落实。")] == [10, 15]


def test_mark_at_the_end_is_judged_in_titles_only():
    assert [hit.found for hit in marks("", title="青岭县召开会议。")] == ["。"]
    assert marks("青岭县召开会议。") == ()
    assert marks("", title="青岭县召开会议") == ()


def test_points_at_the_end_are_a_cut_and_within_they_are_not():
    assert marks("今天的雪很大...") == ()
    assert [hit.found for hit in marks("今天的雪很大...大家注意")] == ["..."]


def test_address_keeps_its_marks():
    assert marks("见 https://a.example/x?a=1,,b;;c") == ()


@given(st.text("会议，。、；：！？“”《》（）——……\n,.;:!?~- 一（1）第①是等和", max_size=60))
def test_any_text_is_taken_and_hits_lie_in_it(raw):
    for inspector in (PAIRS, MARKS):
        for hit in inspector.inspect(Post(id="1", text=raw)).hits:
            assert raw[hit.start : hit.end] == hit.found
