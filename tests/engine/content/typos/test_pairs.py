"""The set pairs of wrong and right words: each is one slip, and no right word is taken for a wrong one."""

import csv
from pathlib import Path

from govmedia.engine.content.typos import pairs
from govmedia.engine.content.typos.pairs import pair_slips

LEXICON = Path(pairs.__file__).parents[1] / "lexicons" / "typo_pairs.csv"
OWN = Path(__file__).resolve().parents[4] / "training" / "typo_pairs_own.txt"
# Words whose parts stand beside one another in what is right.
RUNNING = (
    "学校一贯切实履行职责，预防犯罪成效明显", "河长制与林长制工作有序推进", "金融机构消防迅速出动",
    "不断健全国民健康教育体系", "如何构建全体系、全方位的保障", "新一代一路走来", "各乡镇对驻村工作对照检查",
)  # fmt: skip


def rows() -> list[dict[str, str]]:
    with LEXICON.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_pair_is_of_one_length_and_differs_in_few_characters():
    for row in rows():
        wrong, right = row["wrong"], row["right"]
        assert len(wrong) == len(right) > 1, row
        assert 0 < sum(one != other for one, other in zip(wrong, right, strict=True)) <= 4, row


def test_each_wrong_form_stands_once_and_in_order():
    wrongs = [row["wrong"] for row in rows()]
    assert wrongs == sorted(set(wrongs))


def test_no_right_form_and_no_running_text_holds_a_wrong_one():
    texts = {row["right"] for row in rows()} | set(RUNNING)
    assert {text: found for text in texts if (found := list(pair_slips(text)))} == {}


def test_the_pairs_of_our_own_are_those_of_the_training_folder():
    own = {
        (wrong, right)
        for right, *wrongs in map(str.split, OWN.read_text(encoding="utf-8").splitlines())
        for wrong in wrongs
    }
    assert {(row["wrong"], row["right"]) for row in rows() if row["source"] == "own"} == own
