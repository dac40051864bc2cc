"""Hits and an edition in, a verdict out. Nobody else adds points, and nobody but the edition knows them.

Tallies (hits counted elsewhere, one JSON object a line) are read, refused or scored here too.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Protocol, Self

from govmedia.engine.edition import Edition
from govmedia.engine.types import Hit

LINE_MAX = 8 * 1024 * 1024
TEXT_MAX = 200
CODE_MAX = 32
HITS_MAX = 100_000
COUNT_MAX = 1_000_000_000


class Counted(Protocol):
    """Anything with a code and a count: a Hit or a TallyHit."""

    @property
    def code(self) -> str: ...

    @property
    def count(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Points:
    """Whole points of one indicator after its cap; `capped` where the raw sum was above it."""

    code: str
    points: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Passed or not by one edition. `score` is None where vetoed; `score_shown` is what the edition prints then."""

    account: str
    edition: str
    edition_hash: str
    passed: bool
    score: int | None
    score_shown: int | None
    vetoes: tuple[str, ...]
    deductions: tuple[Points, ...]
    bonus: tuple[Points, ...]
    shadow: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The Verdict object of the interfaces: what is unknown is left out, a vetoed account's score is null."""
        whole: dict[str, Any] = {
            "account": self.account,
            "edition": self.edition,
            "edition_hash": self.edition_hash,
            "passed": self.passed,
            "score": self.score,
        }
        if self.score_shown is not None:
            whole["score_shown"] = self.score_shown
        whole["vetoes"] = list(self.vetoes)
        whole["deductions"] = [{"code": d.code, "points": d.points, "capped": d.capped} for d in self.deductions]
        if self.bonus:
            whole["bonus"] = [{"code": b.code, "points": b.points} for b in self.bonus]
        whole["shadow"] = list(self.shadow)
        return whole

    @classmethod
    def from_json(cls, obj: Mapping[str, Any]) -> Self:
        return cls(
            account=obj["account"],
            edition=obj["edition"],
            edition_hash=obj["edition_hash"],
            passed=obj["passed"],
            score=obj["score"],
            score_shown=obj.get("score_shown"),
            vetoes=tuple(obj["vetoes"]),
            deductions=tuple(Points(d["code"], d["points"], d["capped"]) for d in obj["deductions"]),
            bonus=tuple(Points(b["code"], b["points"]) for b in obj.get("bonus", ())),
            shadow=tuple(obj["shadow"]),
        )


def score(account: str, hits: Iterable[Counted], edition: Edition) -> Verdict:
    """The verdict on all hits given: vetoes first and then nothing else, else capped deductions from full marks.

    The same code twice is summed; the order of hits does not matter; the score never falls below 0. Codes the
    edition does not name stand in `shadow` and cost nothing. Give `counting_hits`, not all that judging saw.
    Source: 国办秘函〔2019〕19号 for vetoes and caps; bonus as attested by local rules.
    """
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.code] = counts.get(hit.code, 0) + hit.count
    by_colour: dict[str, list[str]] = {"veto": [], "deduction": [], "bonus": [], "shadow": []}
    for code in sorted(counts):
        rule = edition.rules.get(code)
        by_colour[rule.colour if rule else "shadow"].append(code)
    vetoed = bool(by_colour["veto"])
    deductions = () if vetoed else _points(by_colour["deduction"], counts, edition)
    marks = max(0, edition.full_marks - sum(one.points for one in deductions))
    earning = () if vetoed else [code for code in by_colour["bonus"] if marks > edition.rules[code].only_above]
    bonus = _points(earning, counts, edition)
    marks += sum(one.points for one in bonus)
    return Verdict(
        account=account,
        edition=edition.name,
        edition_hash=edition.hash,
        passed=not vetoed and marks >= edition.pass_mark,
        score=None if vetoed else marks,
        score_shown=edition.score_shown_when_vetoed if vetoed else None,
        vetoes=tuple(by_colour["veto"]),
        deductions=deductions,
        bonus=bonus,
        shadow=tuple(by_colour["shadow"]),
    )


def _points(codes: Iterable[str], counts: Mapping[str, int], edition: Edition) -> tuple[Points, ...]:
    return tuple(Points(code, *edition.rules[code].points_for(counts[code])) for code in codes)


def counts_in_verdict(hit: Hit, edition: Edition) -> bool:
    """True where the hit stands and either a human said so or the machine is certain and may decide.

    A code the edition does not name is taken as the machine's, so that it shows in the verdict's shadow.
    """
    if not hit.standing:
        return False
    rule = edition.rules.get(hit.code)
    return hit.answered or (hit.certain and (rule is None or rule.by_machine))


def counting_hits(hits: Iterable[Hit], edition: Edition) -> tuple[Hit, ...]:
    """The hits that may count; the rest are proposals for a human, or wait for more looks."""
    return tuple(hit for hit in hits if counts_in_verdict(hit, edition))


class TallyError(ValueError):
    """A tally that is refused; `text` says in Chinese what, where and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class TallyHit:
    code: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """An account and its counted hits, as given by a script or another system."""

    account: str
    hits: tuple[TallyHit, ...]


def _text(obj: Mapping[str, Any], key: str, where: str, longest: int) -> str:
    value = obj.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TallyError(f'{where}缺少“{key}”，或不是文字。请补上，例如 "{key}": "…"。')
    if len(value) > longest or not value.isprintable():
        raise TallyError(f"{where}的“{key}”过长或含有不可见字符。请改为不超过 {longest} 个可见字符。")
    return value


def _hit(obj: object, number: int) -> TallyHit:
    where = f"第 {number} 个命中"
    if not isinstance(obj, dict):
        raise TallyError(f'{where}不是对象。请写成 {{"code": "R05", "count": 1}}。')
    code = _text(obj, "code", where, CODE_MAX)
    count = obj.get("count")
    if count is None:
        count = 1
    if isinstance(count, bool) or not isinstance(count, int):
        raise TallyError(f"{where}（{code}）的 count 不是整数。请写 1 或更大的整数，或去掉这一项。")
    if not 1 <= count <= COUNT_MAX:
        raise TallyError(f"{where}（{code}）的 count 应在 1 到 {COUNT_MAX} 之间。没有命中就不要列出。")
    return TallyHit(code, count)


def tally_from_json(obj: object) -> Tally:
    """A Tally from its JSON object; unknown fields are ignored.

    Errors: TallyError for anything of another shape: no account, hits not a list, a count below 1 or not whole.
    """
    if not isinstance(obj, dict):
        raise TallyError('这一行不是 JSON 对象。请写成 {"account": "…", "hits": […]}。')
    account = _text(obj, "account", "这一行", TEXT_MAX)
    hits = obj.get("hits")
    if not isinstance(hits, list):
        raise TallyError('缺少“hits”，或不是列表。没有命中请写 "hits": []。')
    if len(hits) > HITS_MAX:
        raise TallyError(f"“hits”超过 {HITS_MAX} 项。请把同一代码合并，用 count 写次数。")
    return Tally(account, tuple(_hit(hit, number) for number, hit in enumerate(hits, 1)))


def tally_from_line(line: bytes | str) -> Tally:
    """A Tally from one line of JSON. Errors: TallyError."""
    if len(line.strip()) > LINE_MAX:
        raise TallyError("这一行超过 8 MiB，没有读。请拆开后再试。")
    try:
        text = line.decode() if isinstance(line, bytes) else line
        return tally_from_json(json.loads(text))
    except UnicodeDecodeError as why:
        raise TallyError("这一行不是 UTF-8 编码。请转换后再试。") from why
    except RecursionError as why:
        raise TallyError("这一行嵌套太深，没有读。请检查生成它的程序。") from why
    except TallyError:
        raise
    except ValueError as why:
        raise TallyError(f"这一行不是合法的 JSON（{why}）。请检查引号、逗号和括号。") from why


def bounded_lines(stream: IO[bytes], longest: int = LINE_MAX) -> Iterator[bytes]:
    """Lines of a binary stream; of one longer than `longest` bytes the start is kept, the rest is passed over."""
    while line := stream.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        yield line


def score_lines(lines: Iterable[bytes | str], edition: Edition) -> Iterator[tuple[int, Verdict | TallyError]]:
    """For each line its number (from 1) and its verdict, or why it is refused; blank lines are passed over.

    Streams: nothing is held beyond the line. Give `bounded_lines` where a line may be of any length.
    """
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if isinstance(raw, bytes) else raw.removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            tally = tally_from_line(line)
        except TallyError as why:
            yield number, why
        else:
            yield number, score(tally.account, tally.hits, edition)
