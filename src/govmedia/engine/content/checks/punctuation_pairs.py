"""Pairs of brackets, quotation marks and title marks: unclosed, stray, crossed, of two widths, wrongly nested.

Items such as 1）, faces, apostrophes and half-open intervals are no pairs; a quotation of several paragraphs closes
once. What a field that was cut off may explain waits for a human. Source: GB/T 15834-2011, 4.8 (quotation marks), 4.9
(brackets), 4.14 (title marks, 〈〉 within 《》).
"""

from collections.abc import Iterator

from govmedia.engine.content.brackets import PAIRS, Fault, faults, sound
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text, inside
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "punctuation_pairs"
CATEGORY = "punctuation"
LEVEL = "notice"
TITLE = "成对标点"
VERSION = 1
AUTO = True
FIELDS = ("title", "text")
_QUOTES, _BRACKETS, _TITLES = (f"GB/T 15834-2011 第{clause}条" for clause in ("4.8", "4.9", "4.15"))
_NAMES = {"“": "引号", "‘": "引号", "「": "引号", "『": "引号", "《": "书名号", "〈": "书名号"}
_MOST = 20
# The line of a law that says when it was passed; its opening bracket is often lost in copies.
_PASSED = compiled(r"(?:通过|批准|修正|修订|公布|发布|施行|废止|印发)\Z")
# 《关于修改<条例>的决定》
_ANGLES = compiled(r"《[^《》<>＜＞\n]{0,60}([<＜][^《》<>＜＞\n]{1,60}[>＞])")
_END = compiled(r"[。！？…!?]")


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each sign whose partner is missing or wrong, at most twenty in a field."""
    raw = text.raw
    if "《" in raw and ("<" in raw or "＜" in raw) and (found := _ANGLES.search(raw)):
        message = "书名号内的书名号应为“〈〉”，不用小于号、大于号（全文只提示一次）"
        right = f"〈{found[1][1:-1]}〉"
        yield Mark(found.start(1), found.end(1), message, right, _TITLES, confidence=0.6, sure=False)
    if sound(raw):
        return
    count = 0
    for fault in faults(raw):
        if inside(text.addresses, fault.start, fault.end):
            continue
        if mark := _mark(raw, fault):
            yield mark
            count += 1
            if count == _MOST:
                return


def _mark(raw: str, fault: Fault) -> Mark | None:
    message, suggestion = _message(raw, fault)
    sure = _sure(raw, fault)
    if sure is None:
        return None
    return Mark(
        fault.start, fault.end, message, suggestion, _basis(fault.sign), confidence=0.95 if sure else 0.6, sure=sure
    )  # fmt: skip


def _message(raw: str, fault: Fault) -> tuple[str, str | None]:
    inner = raw[fault.start + 1 : fault.end - 1]
    if fault.kind == "same":
        right = f"〈{inner}〉" if fault.sign == "《" else f"‘{inner}’"
        return (
            "书名号内还用书名号时，里面用单书名号" if fault.sign == "《" else "引号内还用引号时，里面用单引号",
            right,
        )
    if fault.kind == "width":
        return "一对括号的全角半角不一致", f"（{inner}）"
    if fault.kind == "single":
        return "引号先用双引号，里面再用单引号", f"“{inner}”"
    if fault.kind == "mismatch":
        return f"“{fault.sign}”应由“{PAIRS[fault.sign]}”关闭", f"{fault.sign}{inner}{PAIRS[fault.sign]}"
    if fault.kind == "turned":
        return "引号方向相反", "”" if fault.sign == "“" else "“"
    if fault.kind == "stray":
        return f"“{fault.sign}”没有对应的前一半", None
    if fault.kind == "crossed":
        return f"“{fault.sign}”没有在外层标点之前关闭", None
    return f"“{fault.sign}”没有对应的“{PAIRS[fault.sign]}”", None


def _basis(sign: str) -> str:
    if sign in "“”‘’「」『』":
        return _QUOTES
    return _TITLES if sign in "《》〈〉" else _BRACKETS


def _sure(raw: str, fault: Fault) -> bool | None:
    """Whether no cut-off text can explain the fault; None where it is no fault."""
    if fault.kind == "stray":
        return _sure_of_stray(raw, fault)
    if fault.kind in ("single", "width"):
        return False
    if fault.kind == "unclosed":
        # The sentence ends, and the pair that should have ended in it does not.
        end = _END.search(raw, fault.end, min(len(raw), fault.end + 200))
        return fault.sign not in "“‘「『" and end is not None
    return True


def _sure_of_stray(raw: str, fault: Fault) -> bool | None:
    line = raw.rfind("\n", max(0, fault.start - 300), fault.start) + 1
    if (
        fault.sign in ")）"
        and raw[fault.end : fault.end + 1] in ("", "\n")
        and _PASSED.search(raw, line, fault.start)
    ):
        return None
    # A piece that was cut off at its beginning has its opening mark there.
    if fault.sign in "”’」』" and _END.search(raw, fault.start - 1, fault.start):
        return False
    return fault.start - line > 25 or any(sign in "，。；" for sign in raw[line : fault.start])


EXAMPLES = (
    Example("unclosed", "《关于做好防汛工作的通知已经印发，请遵照执行。", ("《",)),
    Example("stray", "会议学习了有关文件，通报了全县安全生产情况》的要求", ("》",)),
    Example("crossed", "印发《公共机构节能（试行》）的通知", ("（",)),
    Example("two widths", "青岭县（含开发区)已完成", ("（含开发区)",)),
    Example("titles within titles", "转发《关于印发《管理办法》的通知》", ("《管理办法》",)),
    Example("a closing mark turned", "开展“文明交通“，受到欢迎，评选“文明户”", ("“",)),
    Example("as it should be", "转发《关于印发〈管理办法〉的通知》（〔2024〕1号）"),
    Example("items", "要求：1）登记；2）核验"),
    Example("a quotation of two paragraphs", "他说：“各位：\n“请坐。”"),
)
