"""The fonts of the official form and what stands in for them. Source: GB/T 9704-2012 names kinds, not files.

Fonts of the standard are used where they are installed; their licences do not let us ship them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGED = Path(__file__).with_name("fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """A kind of type: its word, the name a .docx carries, names it is installed under, stand-ins, best first."""

    word: str
    named: str
    installed: tuple[str, ...]
    stand_ins: tuple[tuple[str, str], ...]
    bold: bool = False


_SERIF, _SANS = ("Noto Serif CJK SC", "思源宋体"), ("Noto Sans CJK SC", "思源黑体")
_SERIF_ALONE, _SANS_ALONE = ("Noto Serif SC", "思源宋体"), ("Noto Sans SC", "思源黑体")
_KAI, _FANG = ("AR PL UKai", "文鼎楷体"), ("FandolFang R", "Fandol 仿宋")
FACES: Mapping[str, Face] = {
    "title": Face(
        "小标宋", "方正小标宋简体", ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
        (_SERIF, _SERIF_ALONE, _FANG), bold=True,
    ),
    "fang": Face("仿宋", "仿宋_GB2312", ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"), (_FANG,)),
    "hei": Face("黑体", "黑体", ("SimHei", "黑体"), (_SANS, _SANS_ALONE, _FANG)),
    "kai": Face("楷体", "楷体_GB2312", ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"), (_KAI, _SERIF, _FANG)),
    "song": Face("宋体", "宋体", ("SimSun", "宋体"), (_SERIF, _SERIF_ALONE, _FANG)),
}  # fmt: skip
# For characters a face lacks.
_LAST = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Noto Serif SC", "AR PL UKai", "FandolFang R")


@dataclass(frozen=True, slots=True)
class Choice:
    """Font families for a face, first wins, and what to say where a stand-in was taken."""

    families: tuple[str, ...]
    stand_in: str = ""
    bold: bool = False


def choose(families: Collection[str]) -> dict[str, Choice]:
    """For every face what of the installed families sets it."""
    there = {name.casefold(): name for name in families}
    last = tuple(name for name in _LAST if name.casefold() in there)
    found = {}
    for key, face in FACES.items():
        own = tuple(there[name.casefold()] for name in face.installed if name.casefold() in there)
        if own:
            found[key] = Choice((*own, *last))
            continue
        name, word = next(((name, word) for name, word in face.stand_ins if name.casefold() in there), ("", ""))
        found[key] = Choice(tuple(dict.fromkeys((name, *last) if name else last)), word or "任意字体", face.bold)
    return found


def note_of(chosen: Mapping[str, Choice]) -> str:
    """What stood in for what, as the document says it; empty where nothing did."""
    said = [f"{FACES[key].word}以{one.stand_in}代替" for key, one in chosen.items() if one.stand_in]
    return f"本文件用字：{'，'.join(said)}。" if said else ""
