"""Texts read in one go have the slips that each has alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from govmedia.engine.content.typos import find
from govmedia.engine.content.typos.find import slips, slips_of

PHRASES = (
    "接受人民兼督", "工作领导小姐", "各级党组织要充分发挥战斗堡垒作用", "在“三农”工作", "《关于", "（试行", "》", "”",
    "。", "\n", "，", "召开会意", "的", "2026年", "全面推进乡村振行", "一如继往", "艾",
)  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from(PHRASES), max_size=12).map("".join), max_size=8)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_each_text_is_as_it_is_alone(texts):
    # The least odds are low, so that whatever reaches over a border shows.
    assert slips_of(texts, least=-6.0) == [slips(text, least=-6.0) for text in texts]


def test_long_and_short_texts_together(monkeypatch):
    monkeypatch.setattr(find, "PIECE", 100)
    clean = "各级党组织要充分发挥战斗堡垒作用，团结带领群众推进乡村全面振兴。"
    texts = [clean * 9 + "接受人民兼督。", "接受人民兼督。", clean, clean * 4]
    assert slips_of(texts) == [slips(text) for text in texts]
    assert [slip.place for slip in slips_of(texts)[0]] == [len(clean) * 9 + 4]
