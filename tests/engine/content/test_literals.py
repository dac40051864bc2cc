import pytest

from govmedia.engine.content.literals import NoLiteral, anchors_of


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("限时(?:优惠|抢购)", {"限时优惠": (0, 0), "限时抢购": (0, 0)}),
        ("\\d元秒杀", {"元秒": (1, 1)}),
        ("(?:顺丰)?包邮", {"包邮": (0, 0), "顺丰包邮": (0, 0)}),
        ("[ab]c|de", {"ac": (0, 0), "bc": (0, 0), "de": (0, 0)}),
        ("\\d{1,3}(?:斤|两)茶", {"斤茶": (1, 3), "两茶": (1, 3)}),
        ("[一二]{1,2}号楼", {"一号楼": (0, 1), "二号楼": (0, 1)}),
        ("的(?<=[门部]的)一", {"门的一": (-1, -1), "部的一": (-1, -1)}),
        ("[^a]瓩(?=[浬哩])", {"瓩浬": (1, 1), "瓩哩": (1, 1)}),
    ],
)
def test_seldom_strings_are_chosen_with_their_reach(pattern, anchors):
    assert anchors_of(pattern) == anchors


@pytest.mark.parametrize("pattern", ["\\d{3}", "(?:一)?\\d", "a|\\d", "(?:甲)?", "(?i)ab", "(?i:ab)\\d"])
def test_a_pattern_whose_matches_share_nothing_is_refused(pattern):
    with pytest.raises(NoLiteral):
        anchors_of(pattern)
