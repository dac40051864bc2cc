from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.text import Text, inside

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
