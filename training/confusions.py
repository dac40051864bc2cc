"""Which characters are written for which: of the same sound, of a similar sound, one key apart, of a similar shape.

Sounds: pypinyin (MIT). Shapes: the sets of ECSpell and CRASpell (MIT) under `csc-train/confusion`.
"""

import lzma
from collections import Counter, defaultdict

import numpy as np
from bench.content_data import data_folder
from numpy.typing import NDArray
from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_normal, to_tone3
from pypinyin.phrases_dict import phrases_dict

from govmedia.engine.content.typos.alphabet import FIRST_HAN
from govmedia.engine.content.typos.kinds import KEY, RARE_SOUND, SHAPE, SIMILAR_SOUND, SOUND, STROKE, TONE

# A reading belongs to a character where it has this share of its phrases.
COMMON_SHARE = 0.03
# What is written by mistake is a character that people write.
LEAST_SEEN = 5
LEAST_SEEN_KEY = 100
SHAPES = (("ecspell-shape", SHAPE), ("craspell-same_stroke", STROKE))
_SWAPS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_FIRSTS = (("n", "l"), ("f", "h"), ("r", "l"))


def similar(sound: str) -> set[str]:
    """Syllables that regional speech takes for this one."""
    forms = {sound}
    for long, short in _SWAPS:
        if sound.startswith(long):
            forms.add(short + sound[2:])
        elif sound.startswith(short):
            forms.add(long + sound[1:])
    for one, other in _FIRSTS:
        if sound.startswith(one):
            forms.add(other + sound[1:])
        elif sound.startswith(other):
            forms.add(one + sound[1:])
    ends = {form[:-1] if form.endswith("ng") else form + "g" for form in forms if form.endswith(("n", "ng"))}
    return (forms | ends) - {sound}


def one_key_apart(one: str, other: str) -> bool:
    """True where one keystroke is wrong, missing, or two neighbours are swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        apart = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = len(apart) == 2 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
        return len(apart) == 1 or (swapped and apart[1] == apart[0] + 1)
    short, long = sorted((one, other), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _plain(toned: str) -> str:
    return to_normal(toned).replace("ü", "v")


def readings(han: str) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """For each character its common sounds without tone, all its sounds, and its common sounds with tone."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases_dict.items():
        if len(phrase) == len(sounds):
            for sign, sound in zip(phrase, sounds, strict=True):
                seen[sign][sound[0]] += 1
    common, every, toned = defaultdict(set), defaultdict(set), defaultdict(set)
    for sign in han:
        sounds = pinyin(sign, style=Style.TONE, heteronym=True)[0]
        total = sum(seen[sign].values())
        often = [sound for sound, count in seen[sign].items() if count >= 2 and count >= COMMON_SHARE * total]
        every[sign] = {_plain(sound) for sound in sounds}
        for sound in {sounds[0], *often}:
            common[sign].add(_plain(sound))
            toned[sign].add(to_tone3(sound))
    return common, every, toned


def _by_sound(sounds: dict[str, set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sign, of_sign in sounds.items():
        for sound in of_sign:
            found[sound].add(sign)
    return found


def confusions(han: str) -> dict[str, dict[str, int]]:
    """For each character those it may stand for, with the bits of how they are alike."""
    common, every, toned = readings(han)
    by_common, by_any = _by_sound(common), _by_sound(every)
    near = {sound: similar(sound) & set(by_common) for sound in by_common}
    keyed = {sound: {other for other in by_common if one_key_apart(sound, other)} for sound in by_common}
    found: dict[str, dict[str, int]] = {sign: defaultdict(int) for sign in han}
    for sign, bits in found.items():
        _add(bits, SOUND, by_common, common[sign])
        _add(bits, RARE_SOUND, by_any, every[sign])
        _add(bits, SIMILAR_SOUND, by_common, set().union(*(near[sound] for sound in common[sign])))
        _add(bits, KEY, by_common, set().union(*(keyed[sound] for sound in common[sign])))
        for other in bits:
            if bits[other] & SOUND and toned[sign] & toned[other]:
                bits[other] |= TONE
    _add_shapes(found)
    return found


def _add(bits: dict[str, int], kind: int, by_sound: dict[str, set[str]], sounds: set[str]) -> None:
    for sound in sounds:
        for other in by_sound[sound]:
            bits[other] |= kind


def _add_shapes(found: dict[str, dict[str, int]]) -> None:
    for name, bit in SHAPES:
        path = data_folder() / "csc-train" / "confusion" / f"{name}.tsv.xz"
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                sign, others = line.rstrip("\n").split("\t")
                for other in others:
                    if sign in found and other in found:
                        found[sign][other] |= bit


def confusion_arrays(han: str, characters: NDArray[np.generic]) -> dict[str, NDArray[np.generic]]:
    """The sets as arrays: `candidate_starts` by character, `candidates` (their numbers) and `candidate_kinds`.

    Within a character those that are only one key away, or of a rare sound, stand last, from `candidate_ends_close`.
    """
    numbers = {sign: FIRST_HAN + place for place, sign in enumerate(han)}
    starts, closes, others, kinds = [0], [], [], []
    for sign, bits in confusions(han).items():
        rows = sorted(
            (kind & ~(KEY | RARE_SOUND) == 0, numbers[other], kind) for other, kind in bits.items() if other != sign
        )
        fit = [row for row in rows if characters[row[1]] >= (LEAST_SEEN_KEY if row[0] else LEAST_SEEN)]
        closes.append(starts[-1] + sum(not only_key for only_key, _, _ in fit))
        others += [number for _, number, _ in fit]
        kinds += [kind for _, _, kind in fit]
        starts.append(len(others))
    return {
        "candidate_starts": np.array(starts, np.int32),
        "candidate_ends_close": np.array(closes, np.int32),
        "candidates": np.array(others, np.uint16),
        "candidate_kinds": np.array(kinds, np.uint8),
    }
