"""What was found in a picture or on a page, as it is kept with the target and told of each post that uses it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govmedia.engine.content.addresses import judge_address
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.pictures import PictureText
from govmedia.engine.content.registry import check_table
from govmedia.engine.content.types import Hit
from govmedia.engine.content.types import Post as Given
from govmedia.inspections.models import AROUND, FOUND_MAX
from govmedia.inspections.states import gain

TEXT_MOST = 20_000
# So many findings say enough of one picture or page.
FOUND_MOST = 3
# A page is somebody else's: only what harms, or sells. A picture is the post's own: also what it should not show.
OF_PAGES = frozenset({"harm", "ads"})
OF_PICTURES = frozenset({"harm", "ads", "coercion", "secrecy", "privacy"})
# A page that sells says so more than once.
ADS_LEAST = 2
# Words read from a picture, or out of a page's frame, are less sure than a post's own.
_DOUBT = 0.7
_SHOPS = frozenset({"shop", "paid"})
_LINK = "ads_link"
Row = dict[str, Any]


def of_page(title: str, text: str, *, division: str, inspector: Inspector) -> list[Row]:
    """What a page is found to say, the gravest first."""
    whole = f"{title}\n{text}"[:TEXT_MOST]
    hits = [hit for hit in _hits(whole, inspector, division) if hit.category in OF_PAGES]
    if sum(hit.category == "ads" for hit in hits) < ADS_LEAST:
        hits = [hit for hit in hits if hit.category != "ads"]
    named = f"“{title[:30]}”" if title else ""
    return _gravest(_row(hit, whole, f"链接的网页{named}上：{hit.message}") for hit in hits)


def of_picture(said: PictureText, *, division: str, inspector: Inspector) -> list[Row]:
    """What a picture is found to show: codes that lead to shops, and text, the gravest first."""
    rows = list(_codes(said))
    if said.text:
        hits = [hit for hit in _hits(said.text, inspector, division) if hit.category in OF_PICTURES]
        rows += [_row(hit, said.text, f"图片里的文字：{hit.message}") for hit in hits]
    return _gravest(rows)


def _codes(said: PictureText) -> Iterator[Row]:
    """Short links are what codes usually hold, so that only shops and paid visits count."""
    check = check_table()[_LINK]
    for code in said.codes:
        verdict = judge_address(code.payload)
        if verdict is None or verdict.kind not in _SHOPS:
            continue
        confidence = 0.9 * _DOUBT
        yield {
            "check_code": check.code, "category": check.category, "level": check.level, "start": 0,
            "end": len(code.payload), "found": code.payload[:FOUND_MAX], "before": "", "after": "",
            "message": f"图片里的二维码通向{verdict.name}（{verdict.reason}）"[:300], "basis": "", "lexicon": "",
            "confidence": confidence, "gain": gain(check.level, confidence), "check_version": check.version,
        }  # fmt: skip


def _hits(text: str, inspector: Inspector, division: str) -> Iterable[Hit]:
    return inspector.inspect(Given(id="", text=text), division=division).hits


def _row(hit: Hit, text: str, message: str) -> Row:
    confidence = hit.confidence * _DOUBT
    return {
        "check_code": hit.check, "category": hit.category, "level": hit.level, "start": hit.start, "end": hit.end,
        "found": hit.found[:FOUND_MAX], "before": text[max(0, hit.start - AROUND) : hit.start],
        "after": text[hit.end : hit.end + AROUND], "message": message[:300], "basis": hit.basis[:300],
        "lexicon": hit.lexicon[:60], "confidence": confidence, "gain": gain(hit.level, confidence),
        "check_version": hit.version,
    }  # fmt: skip


def _gravest(rows: Iterable[Row]) -> list[Row]:
    once: dict[tuple[str, str], Row] = {}
    for row in rows:
        once.setdefault((row["check_code"], row["found"]), row)
    return sorted(once.values(), key=_weight)[:FOUND_MOST]


def _weight(row: Mapping[str, Any]) -> tuple[float, int]:
    return -row["gain"], row["start"]
