"""Slips stand where the text has them, whatever the text, and however it is cut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmedia.engine.content.typos import find
from govmedia.engine.content.typos.find import AUTO, HUMAN, Slip, slips
from govmedia.engine.content.typos.pairs import allowed_places, pair_slips

WRONG = "各部门要依法履行职责，接受人民兼督，确保各项任务落到实处。"
CLEAN = "各级党组织要充分发挥战斗堡垒作用，团结带领群众推进乡村全面振兴。"
SIGNS = st.characters(min_codepoint=1, max_codepoint=0x1F6FF)


def test_a_slip_is_found_with_what_was_meant():
    (slip,) = [one for one in slips(WRONG) if one.odds >= AUTO]
    assert (WRONG[slip.place], slip.meant) == ("兼", "监")


def test_clean_text_is_silent():
    assert slips(CLEAN) == []


@pytest.mark.parametrize("after", ["。", "", "。\n会议强调，要抓好落实。"])
def test_a_slip_at_the_end_of_a_paragraph_is_found(after):
    text = "要切实维护人民群众生命财产安权"
    assert [(one.place, one.meant) for one in slips(text + after) if one.odds >= AUTO] == [(14, "全")]


@pytest.mark.parametrize("before", [find.PIECE - 12, find.PIECE - 9, find.PIECE - 8, find.PIECE])
def test_a_slip_at_the_edge_of_a_piece_is_found_once(before):
    text = (CLEAN * (before // len(CLEAN) + 1))[:before] + WRONG
    found = [one for one in slips(text) if one.odds >= AUTO]
    assert [one.place for one in found] == [before + WRONG.index("兼")]


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(SIGNS, st.sampled_from("的一国要发展工作人民政府")), max_size=60))
def test_any_text_is_read(text):
    found = slips(text)
    assert all(0 <= one.place < len(text) and text[one.place] != one.meant for one in found)
    assert all(one.odds >= HUMAN for one in found)
    assert [one.place for one in found] == sorted({one.place for one in found})


def test_lone_surrogates_are_read():
    assert slips("\ud800" + CLEAN) == []


def test_what_is_often_mistaken_is_doubted_within_a_well_known_string_but_left_to_a_human():
    text = "该窗口今后将不在受理。"
    (slip,) = slips(text)
    assert (text[slip.place], slip.meant) == ("在", "再")
    assert HUMAN <= slip.odds < AUTO


def test_a_set_pair_marks_the_characters_that_differ():
    assert list(pair_slips("他一如继往地工作")) == [(3, "既")]


def test_words_that_are_right_in_one_reading_are_left_to_a_human():
    text = "观众反应强烈，对事业的执著令人感动"
    assert sorted(allowed_places(text)) == [2, 3, 4, 5, 11, 12]
    assert all(one.odds < AUTO for one in slips(text, least=-9.0))


def test_beside_a_likelier_slip_of_the_sentence_a_doubtful_one_is_not_told_of():
    doubtful, likely, sure = Slip(2, "甲", -0.5), Slip(4, "乙", 1.0), Slip(5, "丙", 3.0)
    assert list(find._likeliest("一二三四五六七", [doubtful, likely, sure])) == [likely, sure]
    assert list(find._likeliest("一二三。五六七", [doubtful, likely, sure])) == [doubtful, likely, sure]


def test_parallel_phrases_are_left_to_a_human():
    assert all(one.odds < AUTO for one in slips("要因地因事制宜，当时当势而为。", least=-9.0))
