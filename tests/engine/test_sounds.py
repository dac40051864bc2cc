"""Names in the order of a dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.sounds import place_in_order

PLACES = [
    "12345在线", "e城", "安徽发布", "安庆发布", "长沙发布", "重庆发布", "李沧发布", "林州发布", "绿春发布",
    "南京市鼓楼区", "南京市玄武区", "张家港发布", "章丘发布", "郑州发布",
]  # fmt: skip


def test_names_stand_by_syllable_tone_and_character():
    assert sorted(sorted(PLACES), key=place_in_order) == PLACES


def test_width_and_marks_do_not_part_what_is_spelt_alike():
    assert place_in_order("“ＮＪ”（发布）") == place_in_order("nj发布")


def test_one_characters_names_are_not_mixed_with_anothers_of_the_same_sound():
    found = sorted(["李安", "里安", "李白", "里白", "李长"], key=place_in_order)
    assert [name[0] for name in found] in (list("李李李里里"), list("里里李李李"))


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30))
def test_every_character_counts(name):
    key = place_in_order(name)
    assert key.isascii() and key.isalnum() and key == key.lower()
    assert key < place_in_order(name + "一")


@given(st.text(max_size=80))
def test_any_text_has_a_place(name):
    key = place_in_order(name)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
