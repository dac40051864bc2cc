import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.brackets import PAIRS, faults, sound

SIGNS = "".join(PAIRS) + "".join(PAIRS.values())
# Nested pairs of any kinds with words between them, as a generator of sound texts.
NESTED = st.recursive(
    st.text("会议指出，要抓好落实。", min_size=1, max_size=6),
    lambda inner: st.builds(
        lambda pair, one, two: pair + one + PAIRS[pair] + two,
        st.sampled_from(sorted(set(PAIRS) - {"‘"})),
        inner,
        inner,
    ),
    max_leaves=12,
)


def kinds(raw):
    return [(fault.kind, raw[fault.start : fault.end]) for fault in faults(raw)]


@given(st.text(SIGNS + "字，\n", max_size=40))
def test_sound_text_has_no_fault_and_every_fault_lies_in_the_text(raw):
    found = list(faults(raw))
    assert not (sound(raw) and found)
    assert all(0 <= fault.start < fault.end <= len(raw) for fault in found)


@given(NESTED)
def test_pairs_that_close_in_order_have_no_fault_but_that_of_their_own_kind(raw):
    assert {kind for kind, _ in kinds(raw)} <= {"same", "turned"}


@given(NESTED.filter(lambda raw: any(sign in raw for sign in SIGNS)), st.randoms())
def test_text_that_lost_one_sign_is_not_sound(raw, chance):
    place = chance.choice([place for place, sign in enumerate(raw) if sign in SIGNS])
    assert not sound(raw[:place] + raw[place + 1 :])


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("（甲", [("unclosed", "（")]),
        ("甲）", [("stray", "）")]),
        ("《甲（乙》丙）", [("crossed", "（")]),
        ("《甲〉", [("mismatch", "《甲〉")]),
        ("（甲)", [("width", "（甲)")]),
        ("《甲《乙》丙》", [("same", "《乙》")]),
        ("“甲“，乙”丙”", [("turned", "“"), ("turned", "”")]),
        ("‘甲’", [("single", "‘甲’")]),
        ("1）甲；2）乙", []),
        ("It’s OK :)", []),
        ("[0, 1)", []),
        ("《甲〈乙〉丙》“丁‘戊’己”", []),
        ("《甲〈乙《丙》丁〉戊》", []),
        ("他说：“甲。\n“乙。\n“丙。”", []),
    ],
)
def test_fault_of_each_kind(raw, found):
    assert kinds(raw) == found


@pytest.mark.parametrize("unit", ["（", "）", "（《", "“", "”甲", "《甲（", "‘“"])
def test_ten_thousand_signs_are_taken_in_one_pass(unit):
    raw = unit * 10_000
    assert len(list(faults(raw))) <= 2 * len(raw)
    assert not sound(raw)


def test_ten_thousand_nested_pairs_are_no_fault():
    assert kinds("（" * 10_000 + "）" * 10_000) == []
