"""Inspecting text without the site: posts in, inspections out, in the same order."""

import argparse
import itertools
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govmedia.cli.law import data_home
from govmedia.cli.site import Unreadable, as_path, on_site, put_json, put_table, reading, tell

if TYPE_CHECKING:
    from govmedia.engine.content.accuracy import Measured
    from govmedia.engine.content.inspector import Inspector
    from govmedia.engine.content.registry import Check
    from govmedia.engine.content.types import Post

# So many lines travel to a process and back at once; so many bundles a process may be ahead of what is written.
BUNDLE = 50
AHEAD = 3
WORKERS_MOST = 64
UNOPENED = -1
CHECK_HEAD = ("代码", "名称", "类别", "轻重", "版本", "可自动提示", "准确率", "召回率")
LEVEL_WORDS = {"veto": "红线", "deduct": "扣分", "notice": "提示"}

Job = tuple[str, int, bytes]


def register(commands: argparse._SubParsersAction) -> None:
    """Add: inspect, rescan, checks."""
    inspect = commands.add_parser("inspect", help="检查内容：每个 Post 输出一行 Inspection")
    inspect.add_argument(
        "files", nargs="+", metavar="FILE", help="jsonl、txt、docx、html 文件；- 为标准输入（jsonl）"
    )
    inspect.add_argument("--format", choices=("jsonl", "txt", "docx", "html"), help="不按扩展名，而按这个格式读")
    inspect.add_argument("--workers", type=int, default=1, metavar="N", help="用几个进程（默认 1）")
    inspect.set_defaults(run=run_inspect)
    rescan = commands.add_parser("rescan", help="用一份词库检查库里已有的内容，每篇有命中的输出一行 Inspection")
    rescan.add_argument("--terms", required=True, metavar="FILE", help="词库文件（CSV）")
    rescan.add_argument("--since", help="只查这一天以来看到的，如 2026-01-31")
    rescan.set_defaults(run=run_rescan)
    checks = commands.add_parser("checks", help="列出内容检查项及其测得的准确率和召回率")
    checks.add_argument("--json", action="store_true", help="输出 JSON")
    checks.set_defaults(run=run_checks)


def run_inspect(arguments: argparse.Namespace) -> int:
    """Exit status 1 where a post could not be read, 2 for a file that is not there; the others are inspected all the
    same."""
    from govmedia.common.clock import today
    from govmedia.engine.tables import TableError

    if not 1 <= arguments.workers <= WORKERS_MOST:
        tell(f"--workers 应在 1 到 {WORKERS_MOST} 之间。")
        return 2
    given = (today(), data_home())
    try:
        # Loaded here even where others do the work, so that what is wrong with a table is told once.
        _prepare(*given)
    except TableError as why:
        tell(why.text)
        return 1
    status = 0
    for bundle in _done(_bundles(arguments), arguments.workers, given):
        for file, number, answer in bundle:
            if "error" in answer:
                where = f"{file}:{number}" if answer.get("line") else file
                tell(f"{where}: {answer['error']}")
                status = max(status, 2 if number == UNOPENED else 1)
            put_json(answer)
    return status


def _bundles(arguments: argparse.Namespace) -> Iterator[list[Job]]:
    jobs = itertools.chain.from_iterable(_jobs(file, arguments.format) for file in arguments.files)
    while bundle := list(itertools.islice(jobs, BUNDLE)):
        yield bundle


def _jobs(file: str, wanted: str | None) -> Iterator[Job]:
    """(file, line number, line) of each post; of a document its format goes before its bytes, with number 0.

    What is wrong with a file stands there without a format, with number UNOPENED where it could not be opened.
    """
    from govmedia.connectors.documents import FILE_MAX, format_of
    from govmedia.engine.content.reading import LINE_MAX, PostError
    from govmedia.engine.scoring import bounded_lines

    try:
        form = format_of(file, wanted)
        with reading(file) as stream:
            if form == "jsonl":
                for number, line in enumerate(bounded_lines(stream, LINE_MAX), 1):
                    if line.strip(b" \t\r\n\xef\xbb\xbf"):
                        yield file, number, line
            else:
                yield file, 0, form.encode() + b"\n" + stream.read(FILE_MAX + 1)
    except PostError as why:
        yield file, 0, b"\n" + why.text.encode()
    except Unreadable as why:
        yield file, UNOPENED, b"\n" + str(why).removeprefix(f"{file}：").encode()


def _done(bundles: Iterable[list[Job]], workers: int, given: Any) -> Iterator[list[tuple[str, int, dict[str, Any]]]]:
    """Bundles inspected, in their order; with several processes no more are read ahead than they can chew."""
    if workers == 1:
        yield from map(_inspect_bundle, bundles)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, initializer=_prepare, initargs=given) as pool:
        waiting: deque[Any] = deque()
        for bundle in bundles:
            waiting.append(pool.apply_async(_inspect_bundle, (bundle,)))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()


_inspector: "Inspector"


def _prepare(day: date, home: Path) -> None:
    """In each process once: the inspector with all it has to load."""
    global _inspector
    from govmedia.engine.content.inspector import Inspector
    from govmedia.engine.content.installed import installed

    tables = installed(home)
    _inspector = Inspector(today=day, terms=tables.terms, sources=tables.sources, offices=tables.offices)


def _inspect_bundle(bundle: list[Job]) -> list[tuple[str, int, dict[str, Any]]]:
    """The Inspection object of each job, or the error object that keeps its place."""
    read = [_post_or_error(*job) for job in bundle]
    found = _inspector.inspect_all((one, "") for one in read if not isinstance(one, dict))
    return [
        (file, number, one if isinstance(one, dict) else next(found).to_json())
        for (file, number, _), one in zip(bundle, read, strict=True)
    ]


def _post_or_error(file: str, number: int, line: bytes) -> "Post | dict[str, Any]":
    from govmedia.connectors.documents import post_from_document
    from govmedia.engine.content.reading import PostError, post_from_line

    try:
        if number > 0:
            return post_from_line(line)
        form, _, data = line.partition(b"\n")
        if not form:
            return {"id": None, "file": file, "error": data.decode()}
        return post_from_document(file, data, form.decode())
    except PostError as why:
        return (
            {"id": None, "line": number, "error": why.text}
            if number > 0
            else {"id": None, "file": file, "error": why.text}
        )


@on_site
def run_rescan(arguments: argparse.Namespace) -> int:
    """The words of a file against every stored post; nothing is kept."""
    from govmedia.engine.content.lexicon import load_lexicon
    from govmedia.inspections.queries import hits_of_terms

    since = None
    if arguments.since:
        try:
            since = date.fromisoformat(arguments.since)
        except ValueError:
            tell(f"--since {arguments.since} 不是日期。请写成 2026-01-31。")
            return 2
    with as_path(arguments.terms, ".csv") as path:
        lexicon = load_lexicon(path)
    looked = found = 0
    for inspection in hits_of_terms(lexicon, since):
        looked += 1
        if inspection.hits:
            found += 1
            put_json(inspection.to_json())
    tell(f"已查 {looked:,} 篇，{found:,} 篇有命中。")
    return 0


def run_checks(arguments: argparse.Namespace) -> int:
    from govmedia.engine.content.accuracy import measured
    from govmedia.engine.content.registry import check_table

    figures = measured()
    if not arguments.json:
        return put_table(CHECK_HEAD, [_cells(one, figures.get(one.code)) for one in check_table().values()])
    rows = [
        {
            "code": one.code,
            "category": one.category,
            "level": one.level,
            "title": one.title,
            "version": one.version,
            "auto": one.auto,
            **_figures(figures.get(one.code)),
        }
        for one in check_table().values()
    ]
    for row in rows:
        put_json(row)
    return 0


def _cells(check: "Check", found: "Measured | None") -> tuple[str, ...]:
    """A check as people read it; a dash where nothing was measured."""
    from govmedia.engine.content.types import CATEGORY_WORDS

    shares = (None, None) if found is None else (found.precision, found.recall)
    return (
        check.code, check.title, CATEGORY_WORDS[check.category], LEVEL_WORDS[check.level], str(check.version),
        "是" if check.auto else "否", *("—" if share is None else f"{share:.1%}" for share in shares),
    )  # fmt: skip


def _figures(found: "Measured | None") -> dict[str, float | int]:
    """What was measured of a check; nothing where nothing was."""
    if found is None:
        return {}
    figures: dict[str, float | int] = {"errors": found.errors, "hits": found.hits}
    if found.precision is not None:
        figures["precision"] = round(found.precision, 4)
    if found.recall is not None:
        figures["recall"] = round(found.recall, 4)
    return figures
