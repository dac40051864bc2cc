"""A round's bundle recomputed: the draw repeated, every verdict scored from its hits and judged from its facts again.

Needs no database: what the bundle holds is all.
"""

import json
import multiprocessing
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import IO, Any

from govmedia.checks import verdicts
from govmedia.checks.law import judge_by, versions
from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.drawing import DrawError, draw
from govmedia.engine.edition import Edition, EditionError
from govmedia.engine.hashing import canonical_json, tagged_sm3
from govmedia.engine.population import PopulationError, read_population
from govmedia.engine.types import AccountFacts, Hit
from govmedia.findings.queries import edition_from

FORMAT = "govmedia-round-1"
# So many accounts travel to a process at once.
BUNDLE = 200


class BundleError(ValueError):
    """A file that is no bundle; `text` is Chinese."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def differences_in(stream: IO[bytes], workers: int = 1) -> Iterator[str]:
    """What of a bundle does not come out again, in Chinese; nothing where all does. Errors: BundleError."""
    head = _head(stream.readline())
    yield from _of_edition(head)
    sample, said = _sample(head)
    yield from said
    found: set[str] = set()
    for codes, lines in _of_accounts(stream, head["edition"], workers):
        yield from lines
        found |= codes
    yield from (f"{code}：在抽中的账号里，结果里没有。" for code in sorted(sample - found))
    yield from (f"{code}：结果里有，但没有被抽中。" for code in sorted(found - sample))


def _head(line: bytes) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError) as why:
        raise BundleError("第 1 行不是合法的 JSON。请用导出的原始文件。") from why
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise BundleError(f"不是 {FORMAT} 格式的文件。请用 govmedia round export 导出的原始文件。")
    missing = [name for name in ("round", "edition", "population", "draw", "promise_hash") if name not in head]
    if missing:
        raise BundleError(f"第 1 行缺少 {'、'.join(missing)}。请用导出的原始文件。")
    return head


def _of_edition(head: Mapping[str, Any]) -> Iterator[str]:
    try:
        edition = edition_from(head["edition"])
    except (EditionError, KeyError, TypeError, ValueError) as why:
        raise BundleError(f"检查指标读不出来：{why}") from why
    if edition.hash != head["round"].get("edition_hash"):
        yield f"检查指标的哈希不符：文件里的指标是 {edition.hash}，公布的是 {head['round'].get('edition_hash')}。"


def _sample(head: Mapping[str, Any]) -> tuple[set[str], list[str]]:
    try:
        population = read_population(head["population"].encode())
        plan, given = draw_from_json(json.dumps(head["draw"]).encode())
        said = list(differences(given, plan, population, head["promise_hash"]))
        return set(draw(population, plan).sample), said
    except (PopulationError, DrawError) as why:
        raise BundleError(f"抽取不能重做：{why}") from why


def _of_accounts(stream: IO[bytes], table: Mapping[str, Any], workers: int) -> Iterator[tuple[set[str], list[str]]]:
    look = partial(_look, table)
    bundles = _bundles(stream)
    if workers == 1:
        yield from map(look, bundles)
        return
    # Forked, so that the children have the settings that are loaded here; nothing is connected and no thread runs.
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(look, bundles)


def _bundles(stream: IO[bytes]) -> Iterator[tuple[tuple[int, bytes], ...]]:
    lines = enumerate(stream, 2)
    while bundle := tuple(islice(lines, BUNDLE)):
        yield bundle


def _look(table: Mapping[str, Any], lines: tuple[tuple[int, bytes], ...]) -> tuple[set[str], list[str]]:
    edition = edition_from(table)
    codes: set[str] = set()
    said: list[str] = []
    for number, line in lines:
        try:
            row = json.loads(line)
            codes.add(row["code"])
            said += [f"{row['code']}：{text}" for text in _of_account(row, edition)]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
            said.append(f"第 {number} 行读不出来（{why!r}）。")
    return codes, said


def _of_account(row: Mapping[str, Any], edition: Edition) -> Iterator[str]:
    if "verdict" not in row:
        if not row["reason"]:
            yield "没有结论，也没有写明理由。"
        return
    if tagged_sm3(canonical_json(row["facts"])) != row["facts_sm3"]:
        yield "事实与其指纹不符。"
    facts = AccountFacts.from_json(row["facts"])
    if facts.account != row["code"]:
        yield f"事实是另一个账号（{facts.account}）的。"
    hits = tuple(Hit.from_json(hit) for hit in row["hits"])
    yield from verdicts.differences(
        facts=facts,
        hits=hits,
        standing=tuple(hit for place, hit in enumerate(hits) if place not in row["taken_back"]),
        rulings=row["rulings"],
        verdict=row["verdict"],
        versions=(row["versions"], versions()),
        judge=judge_by(edition),
    )
