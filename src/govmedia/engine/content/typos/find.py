"""Slips of a text: the layers put together."""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from govmedia.engine.content.typos.alphabet import FIRST_HAN, Ids, points
from govmedia.engine.content.typos.features import features
from govmedia.engine.content.typos.model import Counts, counts
from govmedia.engine.content.typos.pairs import allowed_places, pair_slips
from govmedia.engine.content.typos.scan import KNOWN3, KNOWN4, Found, Scan, found, scanned
from govmedia.engine.content.typos.trees import judges, pair_keys

# Log-odds from which a slip goes to the operator by itself, and from which a human is asked.
AUTO = 2.0
HUMAN = -1.2
# Beside a likelier slip of its sentence only one of these log-odds is told of: a human reads the sentence anyway,
# and what is odd about it is most often one thing.
BESIDE = 0.0
# Log-odds at most of a slip within a word that is right in one reading, or within a well-known string.
DOUBTED = AUTO - 0.5
# Log-odds of a set pair of wrong and right words.
PAIR = 5.0
# Texts are read in pieces of this length, each with so much of what is before and after it.
PIECE = 8192
OVERLAP = 48
_ENDS = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Slip:
    """A character that is likely wrong: where, what was likely meant, and the log-odds that it is so."""

    place: int
    meant: str
    odds: float


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text as numbers: whose it is, where it begins, and the places whose slips it is asked for."""

    text: int
    low: int
    asked: range
    ids: Ids


def slips(text: str, *, least: float = HUMAN, unseen: int | None = None) -> list[Slip]:
    """The slips of a text in order, one for a place. `unseen` names the part whose forest alone is asked."""
    return slips_of([text], least=least, unseen=unseen)[0]


def slips_of(texts: Sequence[str], *, least: float = HUMAN, unseen: int | None = None) -> list[list[Slip]]:
    """The slips of each text, as `slips` tells them; for many short texts in a third of the time."""
    loaded = counts()
    found_: list[list[Slip]] = [[] for _ in texts]
    for parts in _together(_parts(texts, loaded)):
        scan = scanned([part.ids for part in parts], loaded)
        for slip in _found(scan, loaded, least, unseen):
            number = int(np.searchsorted(scan.begins, slip.place, side="right")) - 1
            part = parts[number]
            place = slip.place - int(scan.begins[number]) + part.low
            if place in part.asked:
                found_[part.text].append(Slip(place, slip.meant, slip.odds))
    return [_with_words(text, here) for text, here in zip(texts, found_, strict=True)]


def _parts(texts: Sequence[str], loaded: Counts) -> Iterator[Part]:
    for number, text in enumerate(texts):
        ids = loaded.ids[points(text)]
        for start in range(0, len(ids), PIECE):
            low, end = max(0, start - OVERLAP), min(len(ids), start + PIECE)
            yield Part(number, low, range(start, end), ids[low : end + OVERLAP])


def _together(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts that are read in one go: as many as come to about a piece, so that what lies between stays small."""
    gathered: list[Part] = []
    size = 0
    for part in parts:
        if gathered and size + len(part.ids) > PIECE:
            yield gathered
            gathered, size = [], 0
        gathered.append(part)
        size += len(part.ids)
    if gathered:
        yield gathered


def _with_words(text: str, found_: list[Slip]) -> list[Slip]:
    """The slips of a text with what words known beforehand say of it."""
    certain = {place: Slip(place, meant, PAIR) for place, meant in pair_slips(text)}
    allowed = allowed_places(text) if found_ else set()
    found_ = [
        replace(slip, odds=min(slip.odds, DOUBTED)) if slip.place in allowed or _parallel(text, slip.place) else slip
        for slip in found_
    ]
    rest = [slip for slip in found_ if slip.place not in certain]
    both = sorted([*certain.values(), *rest], key=lambda slip: slip.place)
    return list(_likeliest(text, both))


def _likeliest(text: str, found_: list[Slip]) -> Iterator[Slip]:
    """Of each sentence the likeliest slip, and those that are likely themselves."""
    ends = [end.start() for end in _ENDS.finditer(text)] if len(found_) > 1 else []
    best: dict[int, float] = {}
    for slip in found_:
        sentence = bisect.bisect(ends, slip.place)
        best[sentence] = max(best.get(sentence, slip.odds), slip.odds)
    for slip in found_:
        if slip.odds >= BESIDE or slip.odds == best[bisect.bisect(ends, slip.place)]:
            yield slip


def _parallel(text: str, place: int) -> bool:
    """True where the character before comes again two before it (因地因事, 当时当势): such phrases are made anew."""
    return place >= 3 and text[place - 1] == text[place - 3]


def _found(scan: Scan, loaded: Counts, least: float, unseen: int | None) -> list[Slip]:
    """The slips of what was scanned, by their places there."""
    all_ = found(scan, loaded)
    if not len(all_.places):
        return []
    keys = pair_keys(scan.ids[all_.places], all_.ids)
    odds = judges().scores(features(scan, all_, loaded), keys, unseen, least=least)
    known = scan.well_known(KNOWN3, KNOWN4)[all_.places]
    odds = np.where(known, np.minimum(odds, np.float32(DOUBTED)), odds)
    return [
        Slip(int(all_.places[at]), loaded.han[int(all_.ids[at]) - FIRST_HAN], float(odds[at]))
        for at in _best(all_, odds, least)
    ]


def _best(all_: Found, odds: NDArray[np.float32], least: float) -> list[int]:
    """For each place the candidate of the highest odds, where they reach the least."""
    good = np.flatnonzero(odds >= least)
    order = good[np.lexsort((-odds[good], all_.places[good]))]
    places = all_.places[order]
    first = np.r_[True, places[1:] != places[:-1]] if len(order) else np.zeros(0, bool)
    chosen: list[int] = order[first].tolist()
    return chosen
