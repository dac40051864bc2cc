"""Names that are one slip away: every slip of a long name is found, at its place, and nothing else."""

from hypothesis import example, given
from hypothesis import strategies as st

from govmedia.engine.content.confusable import alike, same_shape, same_sound, taken_for
from govmedia.engine.content.nearly import Names, Near, Search, slip_after

LONG = ("国务院办公厅", "人力资源和社会保障局", "中华人民共和国", "全国人民代表大会常务委员会")
# Characters that stand in none of the names, so that a slip cannot make another name.
OTHERS = "东西南北春夏秋冬"


def find(names: Names, text: str) -> list[Near]:
    return Search(all=names).find(text).get("all", [])


@given(st.sampled_from(LONG), st.data(), st.text(OTHERS, max_size=5), st.text(OTHERS, max_size=5))
def test_a_wrong_inner_character_of_a_long_name_is_found_at_its_place(name, data, before, after):
    place = data.draw(st.integers(1, len(name) - 2))
    sign = data.draw(st.sampled_from("甲乙丙丁"))
    wrong = name[:place] + sign + name[place + 1 :]
    found = find(Names(LONG), before + wrong + after)
    assert {(near.start, near.end, near.name, near.slip) for near in found} == {
        (len(before), len(before) + len(wrong), name, "wrong")
    }
    assert {(near.found, near.meant) for near in found} == {(sign, name[place])}


@given(st.sampled_from(LONG), st.data(), st.text(OTHERS, max_size=5))
@example("国务院办公厅", None, "")
def test_a_missing_inner_character_of_a_long_name_is_found(name, data, before):
    place = data.draw(st.integers(1, len(name) - 2)) if data else 3
    wrong = name[:place] + name[place + 1 :]
    found = find(Names(LONG), before + wrong + "西")
    assert {(before + wrong + "西")[near.start : near.end] for near in found} == {wrong}
    assert {(near.name, near.slip) for near in found} == {(name, "missing")}


@given(st.text(OTHERS + "".join(LONG), max_size=60))
def test_every_find_is_one_slip_from_its_name_and_none_is_the_name(text):
    for near in find(Names(LONG), text):
        piece = text[near.start : near.end]
        assert piece != near.name
        assert abs(len(piece) - len(near.name)) <= 1
        if near.slip == "wrong":
            assert sum(one != other for one, other in zip(piece, near.name, strict=True)) == 1


def test_names_as_they_are_and_allowed_ones_are_passed_over():
    names = Names(["住房和城乡建设厅"], allowed=["住房城乡建设厅"])
    assert find(names, "省住房和城乡建设厅、住房城乡建设厅") == []
    assert [near.name for near in find(names, "省住房与城乡建设厅")] == ["住房和城乡建设厅"]


def test_a_first_or_last_character_met_twice_is_the_next_words():
    assert find(Names(["中国科学院", "最高人民法院"]), "中国科学院院长、最高人民法院院长") == []


def test_slips_of_a_short_name_are_those_of_typing():
    names = Names(["人民政府"])
    assert [near.found for near in find(names, "县人民正府、县人民大府、国民政府")] == ["正"]
    assert find(names, "人民政协") == []


def test_a_half_that_is_too_common_still_finds_slips_of_typing():
    names = Names(["国务院办公厅"], common=["国务院"])
    assert [near.found for near in find(names, "国务院办工厅、国务院办天厅")] == ["工"]
    assert [near.found for near in find(names, "国务员办公厅")] == ["员"]


def test_words_are_found_as_they_are_in_the_same_pass():
    names = Names(["国务院办公厅"], words=["卫计委"])
    assert find(names, "县卫计委") == [Near(1, 4, "卫计委", "")]


def test_groups_do_not_see_each_others_finds():
    search = Search(one=Names(["国务院办公厅"]), other=Names([], words=["卫计委"]))
    assert {group: [near.name for near in found] for group, found in search.find("国务院办厅、卫计委").items()} == {
        "one": ["国务院办公厅"],
        "other": ["卫计委"],
    }


def test_slip_after_tells_kind_place_and_length():
    assert slip_after("办工厅", 0, "办公厅") == ("wrong", 1, 3)
    assert slip_after("办厅", 0, "办公厅") == ("missing", 1, 2)
    assert slip_after("办公公厅", 0, "办公厅") == ("extra", 2, 4)
    assert slip_after("公办厅", 0, "办公厅") == ("swapped", 0, 3)
    assert slip_after("办公厅", 0, "办公厅") is None
    assert slip_after("教育局", 0, "办公厅") is None


def test_alike_by_sound_and_by_shape():
    assert same_sound("公", "工") and same_sound("陈", "成")
    assert same_shape("休", "体") and not same_sound("休", "体")
    assert alike("休", "体") and not alike("办", "天")
    assert "工" in taken_for("公") and "公" not in taken_for("公")
