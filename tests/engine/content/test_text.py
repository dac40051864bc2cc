import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.text import Text, broken, fold, inside

SIGNS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
TEMPTING = st.text(alphabet="加微信號ＡＢ１２ 　*·-—.，。★☆\u200b\u200d\ufe0f🧧😀發财або①ｗ", max_size=60)


@given(st.one_of(SIGNS, TEMPTING))
def test_folded_text_has_the_fields_own_offsets(raw):
    assert len(Text(raw).folded) == len(raw)


@given(st.one_of(SIGNS, TEMPTING))
def test_every_squeezed_character_leads_back_to_its_own(raw):
    text = Text(raw)
    for place, sign in enumerate(text.squeezed):
        start, end = text.origin(place, place + 1)
        assert end == start + 1
        assert text.folded[start] == sign


@given(st.one_of(SIGNS, TEMPTING))
def test_squeezing_leaves_out_and_never_invents(raw):
    text = Text(raw)
    rest = iter(text.folded)
    assert all(sign in rest for sign in text.squeezed)


def test_a_squeezed_stretch_leads_back_to_all_that_lies_in_it():
    text = Text("请加 微-信★号：abc")
    start = text.squeezed.index("微信号")
    first, last = text.origin(start, start + 3)
    assert text.raw[first:last] == "微-信★号"


def test_folding_makes_evasions_plain():
    assert Text("ＱＱ１２３發财").folded == "qq123发财"


@given(st.one_of(SIGNS, TEMPTING))
def test_folding_twice_changes_nothing_more(raw):
    assert fold(fold(raw)) == fold(raw)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("臺灣獨立", "台湾独立"),  # traditional characters and nothing else
        ("ｋ粉①❷⑨", "k粉129"),
        ("ΑВс\u0430", "abca"),  # Greek and Cyrillic
        ("⼀⺠⻔", "一民门"),  # radicals
        ("豈更", "岂更"),  # compatibility ideographs
        ("𝐕𝟏🅰", "v1a"),
        ("qiāng", "qiang"),
        ("囯発", "国发"),
        ("乾隆、著名、瞭望、余", "乾隆、著名、瞭望、余"),  # simplified text writes these too
        ("（，。！？“”《》", "（，。！？“”《》"),  # punctuation is left as written
    ],
)
def test_letter_in_other_dress_is_made_plain(written, plain):
    assert fold(written) == plain


@pytest.mark.parametrize("gap", [" ", "\u3000", "\u200b", "\u2066", "\ufeff", "*", "☆", "🔫", "️", "\x00", "丶", "❤"])
def test_filler_is_squeezed_out(gap):
    assert Text(f"枪{gap}支").squeezed == "枪支"


@pytest.mark.parametrize(
    ("stretch", "answer"),
    [("枪支", False), ("枪*支", True), ("枪 支", True), ("枪支 弹药", False), ("枪支 弹 药", True),
     ("qiang 支", True), ("枪，支", False), ("枪，支，弹", True), ("枪，支。弹", False), ("枪\n支", False),
     ("枪\u200b支", True)],
)  # fmt: skip
def test_word_is_broken_by_what_prose_would_not_put_there(stretch, answer):
    assert broken(stretch) is answer


def test_titles_and_quotes_are_known():
    text = Text("他说“加微信有奖”，见《关于加微信的通知》")
    assert [text.raw[a:b] for a, b in text.quotes] == ["“加微信有奖”"]
    assert [text.raw[a:b] for a, b in text.titles] == ["《关于加微信的通知》"]
    place = text.raw.index("加微信")
    assert inside(text.quotes, place, place + 3)
    assert not inside(text.titles, place, place + 3)


def test_a_sentence_ends_at_its_marks():
    text = Text("第一句。第二句在这里！第三句")
    start, end = text.sentence(6)
    assert text.raw[start:end] == "第二句在这里"
