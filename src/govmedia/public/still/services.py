"""Writing a copy of the public site into a folder, by several processes."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from django.db import connections
from django.test.utils import override_settings

from govmedia.orgs.models import Division
from govmedia.public.still.folder import Folder, held, put
from govmedia.public.still.making import Maker, Order, Outcome, extras
from govmedia.public.still.plan import Plan, plan
from govmedia.public.still.site import Piece, pieces

REPORTED_EVERY_S = 5.0
FAILED_SHOWN = 10
_NOT_SERVED = {".stamp"}


@dataclass(slots=True)
class Report:
    """What a run did. `failed`: pages that could not be made, with why; they stay as they were."""

    files: int = 0
    written: int = 0
    removed: int = 0
    resumed: int = 0
    seconds: float = 0.0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        again = f"接着上次中断处，其中 {self.resumed:,} 个已在上次生成。" if self.resumed else ""
        bad = f"{len(self.failed):,} 页没有生成，仍是以前的样子。" if self.failed else ""
        return (
            f"共 {self.files:,} 个文件，写入 {self.written:,} 个，未变 {self.files - self.written:,} 个，"
            f"删除 {self.removed:,} 个，用时 {self.seconds:,.0f} 秒。{again}{bad}"
        )


def publish(*, root: Path, origin: str, live: str, workers: int, say: Callable[[str], None], static: Path) -> Report:
    """Bring the copy in `root` up to date. `origin` is the address it is served under, `live` that of the site that
    answers questions (empty where there is none), `static` the collected static files.

    Errors: Refused where the folder holds something else, or another run is at it.
    """
    began, report = time.monotonic(), Report()
    stamp = f"{version('govmedia')} {origin} {live}"
    # The copy's own address need not be one that this site answers to.
    with override_settings(ALLOWED_HOSTS=["*"]), held(root, stamp) as folder:
        report.resumed = len(folder.done)
        planned = plan()
        order = Order(root, origin, live, planned, folder.known, folder.done)
        _once(order, static, folder, report)
        for outcome in _made(order, pieces(planned), workers, say):
            _take(outcome, folder, report)
        folder.keep(path for one, _ in report.failed for path in _beneath(one))
        report.removed = folder.finish()
        report.files = len(folder.seen)
    report.seconds = time.monotonic() - began
    return report


def _once(order: Order, static: Path, folder: Folder, report: Report) -> None:
    """Static files, and the few pages that only a copy has."""
    places = [(row.name, f"/directory/?division={row.code}") for row in _places(order.plan)]
    rows = [put(order.root, path, body, order.known) for path, body in extras(order, places)]
    for path in sorted(static.rglob("*")):
        if path.is_file() and path.name not in _NOT_SERVED:
            rows.append(put(order.root, f"/static/{path.relative_to(static)}", path.read_bytes(), order.known))
    _take(Outcome(0, rows, []), folder, report)


def _places(planned: Plan) -> list[Division]:
    """Cities that have accounts, else provinces: what a note offers instead of a search."""
    codes = [choice.division for choice in planned.pages if choice.division and not choice.facet]
    rows = list(Division.objects.filter(code__in=codes, level__in=("province", "city")).order_by("code"))
    provinces = [row for row in rows if row.level == "province"]
    return provinces if len(provinces) > 1 else rows


def _take(outcome: Outcome, folder: Folder, report: Report) -> None:
    folder.note(outcome.rows)
    report.written += sum(row.new for row in outcome.rows)
    report.failed += outcome.failed


def _beneath(path: str) -> Iterator[str]:
    """The files of before that a page which failed stands for."""
    name = path.lstrip("/")
    if not path.endswith("/"):
        yield name
    elif path.startswith("/accounts/"):
        yield from (f"{name}{file}" for file in ("index.html", "qr.png", "qr.svg"))
        yield f"badge/{path.split('/')[2]}.svg"
    else:
        yield f"{name}index.html"


def _made(order: Order, work: list[Piece], workers: int, say: Callable[[str], None]) -> Iterator[Outcome]:
    """Outcomes as they come, telling every few seconds how far it is."""
    total, done, began, told = sum(piece.size for piece in work), 0, time.monotonic(), 0.0
    say(f"共 {total:,} 页。")
    for outcome in _outcomes(order, work, workers):
        yield outcome
        done += outcome.size
        now = time.monotonic()
        if now - told > REPORTED_EVERY_S:
            left = (now - began) / max(done, 1) * (total - done)
            say(f"{done:,} / {total:,} 页，还要约 {_span(left)}")
            told = now


def _span(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 90 else f"{seconds / 60:.0f} 分钟"


def _outcomes(order: Order, work: list[Piece], workers: int) -> Iterator[Outcome]:
    if workers <= 1:
        maker = Maker(order)
        yield from map(maker.make, work)
        return
    # A connection is not to be shared with a child.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, _begin, (order,)) as pool:
        yield from pool.imap_unordered(_work, work)


_maker: Maker | None = None


def _begin(order: Order) -> None:
    global _maker
    _maker = Maker(order)


def _work(piece: Piece) -> Outcome:
    assert _maker is not None
    return _maker.make(piece)
