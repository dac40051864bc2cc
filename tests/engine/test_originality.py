"""Near-duplicates: what the figures mean, whatever the texts are."""

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govmedia.engine.originality import (
    BANDS,
    KEY_BITS,
    LONGEST,
    OWN_PASSAGE,
    SHINGLE,
    SHORTEST,
    headline_changed,
    keys,
    likeness,
    normalised,
    shingles,
)

# Letters that folding leaves alone and that stand for themselves only.
SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
TEXTS = st.text(st.sampled_from(SIGNS), min_size=SHORTEST, max_size=400).filter(
    lambda text: len(normalised(text)) >= SHORTEST
)
NOTICE = (
    "为保障群众用水安全，市水务局定于11月25日22时至次日6时对城北水厂出水管道进行检修，届时人民路以北、建设路以东区域"
    "将停水或水压降低，请沿线单位和居民提前做好储水准备。检修期间如遇用水困难，可拨打供水服务热线咨询，应急送水车"
    "将在市民中心、文化广场等处设点供水。给您带来不便，敬请谅解。"
)


@given(TEXTS)
def test_a_text_is_wholly_in_itself(text):
    found = likeness(shingles(text), shingles(text))
    assert (found.share, found.covers, found.own) == (1.0, 1.0, 0)
    assert keys(shingles(text)) == keys(shingles(text))


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_carried_whole_is_wholly_covered(before, text, after):
    whole, part = shingles(before + text + after), shingles(text)
    assert likeness(whole, part).covers == 1.0
    assert likeness(part, whole).share == 1.0
    assert likeness(whole, part).carries


@given(TEXTS, TEXTS)
def test_who_is_compared_with_whom_only_swaps_the_shares(one, other):
    there, back = likeness(shingles(one), shingles(other)), likeness(shingles(other), shingles(one))
    assert (there.share, there.covers) == (back.covers, back.share)


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_shingles_changes_neither_keys_nor_shares(text, chance):
    made = shingles(text)
    order = list(range(len(made)))
    chance.shuffle(order)
    mixed = made[order]
    assert keys(mixed) == keys(made)
    assert likeness(made, mixed).share == likeness(mixed, made).share == 1.0


@given(TEXTS, st.lists(st.integers(0, 399), min_size=1, max_size=30, unique=True))
def test_every_further_edit_leaves_less_in_common_or_as_much(text, places):
    """Each edit puts a character that stands nowhere in the text, so that nothing can come back by chance."""
    letters, last = list(text), 1.0
    for number, place in enumerate(places):
        letters[place % len(letters)] = chr(0x6000 + number)
        share = likeness(shingles("".join(letters)), shingles(text)).share
        assert share <= last
        last = share
    assert last < 1.0


@given(TEXTS, TEXTS)
def test_texts_without_a_sign_in_common_are_not_alike(one, other):
    strange = "".join(chr(ord(sign) + 0x400) for sign in other)
    assume(len(normalised(strange)) >= SHORTEST)
    found = likeness(shingles(one), shingles(strange))
    assert (found.share, found.covers) == (0.0, 0.0)
    assert found.own == len(normalised(one))
    assert not set(keys(shingles(one))) & set(keys(shingles(strange)))


@given(TEXTS)
def test_keys_are_as_many_and_as_small_as_an_index_needs(text):
    made = keys(shingles(text))
    assert len(made) == BANDS
    assert all(0 <= key < 2**KEY_BITS for key in made)


def test_keys_stay_the_same_for_ever():
    """Databases hold them: another value here means that a migration must have the index built anew."""
    assert keys(shingles(NOTICE))[:3] == [667409914, 595806573, 1045532636]


@pytest.mark.parametrize(
    "other",
    [
        "  " + NOTICE.replace("，", "\n") + "。\n",
        NOTICE.replace("11月25日22时", "１１月２５日２２时"),
        NOTICE.replace("准备", "準備").replace("应急", "應急"),
        "【" + NOTICE + "】🚰",
    ],
    ids=["blanks", "full width", "traditional", "marks"],
)
def test_layout_and_dress_make_no_difference(other):
    assert likeness(shingles(other), shingles(NOTICE)).share == 1.0


@pytest.mark.parametrize("text", ["", "早安", "早" * (SHORTEST - 1), "，。！" * 1000], ids=len)
def test_a_text_too_short_is_like_nothing(text):
    assert (len(shingles(text)), keys(shingles(text))) == (0, [])
    found = likeness(shingles(text), shingles(NOTICE))
    assert (found.share, found.covers, found.own) == (0.0, 0.0, 0)
    assert not found.carries


def test_the_longest_own_passage_is_counted_in_letters():
    own = "".join(SIGNS[:OWN_PASSAGE])
    found = likeness(shingles(NOTICE * 8 + own), shingles(NOTICE))
    assert found.own == OWN_PASSAGE
    assert found.share >= 0.8
    assert (found.carried, found.carries) == (False, True)
    shorter = likeness(shingles(NOTICE * 8 + own[1:]), shingles(NOTICE))
    assert (shorter.own, shorter.carried) == (OWN_PASSAGE - 1, True)


def test_a_message_with_head_and_foot_is_carried_and_another_of_its_kind_is_not():
    carried = f"【转发】{NOTICE}\n来源：市水务局 编辑：王某"
    found = likeness(shingles(carried), shingles(NOTICE))
    assert found.carried and found.covers == 1.0
    # A form that each fills in with its own names and figures goes round no more than a calendar does.
    form = NOTICE.replace("11月25日22时", "12月3日23时").replace("城北水厂", "城南水厂")
    filled = likeness(shingles(form), shingles(NOTICE))
    assert filled.share >= 0.8 and filled.replaced == 2
    assert (filled.near, filled.adapted, filled.carried, filled.carries) == (True, True, False, False)
    other = NOTICE.replace("11月25日22时至次日6时", "12月3日23时至次日5时").replace("城北水厂", "城南第二水厂")
    other = other.replace("人民路以北、建设路以东", "中山路以南、解放路以西").replace(
        "市民中心、文化广场", "体育公园"
    )
    other = other.replace("供水服务热线", "便民服务热线").replace("用水困难", "取水不便")
    assert not likeness(shingles(other), shingles(NOTICE)).carries


def test_a_very_long_text_is_compared_by_its_beginning():
    text = "".join(random.Random(1).choices(SIGNS, k=LONGEST + 5000))
    assert len(shingles(text)) == LONGEST - SHINGLE + 1


def test_half_of_unrelated_text_is_found_by_the_keys_and_nothing_at_random():
    """What the module promises of its index: half in common is found in 99 of 100 cases."""
    chance = random.Random(7)
    signs = [chr(code) for code in range(0x4E00, 0x9000)]

    def piece(length: int) -> str:
        return "".join(chance.choices(signs, k=length))

    found = 0
    for _ in range(300):
        one, other, shared = piece(100), piece(100), piece(204)
        found += bool(set(keys(shingles(shared + one))) & set(keys(shingles(shared + other))))
    assert found >= 290
    unrelated = sum(bool(set(keys(shingles(piece(300)))) & set(keys(shingles(piece(300))))) for _ in range(300))
    assert unrelated == 0


def test_made_from_any_text_without_error():
    for text in ("\ud800" * 60, "a" * 60, "\U0001f600字" * 60, "ß" * 60):
        assert isinstance(keys(shingles(text)), list)
    assert np.array_equal(shingles("Ａ" * 60), shingles("a" * 60))


@pytest.mark.parametrize(
    ("title", "changed"),
    [
        ("关于城北水厂管道检修停水的通告", False),
        ("【转发】市水务局：关于城北水厂管道检修停水的通告", False),
        ("城北水厂管道检修停水的通告", False),
        ("转扩！城北今晚要停水，快接水", True),
        ("全城断水？官方回应来了", True),
        ("停水", False),
        ("", False),
        (NOTICE[:24], False),
    ],
)
def test_a_headline_is_changed_where_hardly_anything_of_it_is_left(title, changed):
    original = "关于城北水厂管道检修停水的通告"
    assert headline_changed(title, original, NOTICE) is changed
    assert headline_changed(original, title, NOTICE) is changed


def test_a_slip_put_right_in_a_long_text_is_no_form():
    text = "".join(random.Random(2).choices(SIGNS, k=900))
    mended = text[:200] + "改" + text[201:500] + "两处" + text[501:]
    found = likeness(shingles(mended), shingles(text))
    assert (found.replaced, found.carried) == (2, True)


def test_what_was_left_out_or_put_in_replaces_nothing():
    text = "".join(random.Random(3).choices(SIGNS, k=300))
    heads = [
        likeness(shingles(head + text), shingles("原来有的" + text)).replaced for head in ("", "另外的", "别" * 21)
    ]
    assert heads == [0, 1, 0]
    for other in (text[:100] + text[130:], text[:100] + "这一句是加进来的" + text[100:], text[150:] + text[:150]):
        assert likeness(shingles(other), shingles(text)).replaced == 0
