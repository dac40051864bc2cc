"""Making one piece of a copy, in a process of its own."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.urls import ResolverMatch, resolve, reverse

from govmedia.accounts.models import Account
from govmedia.common import signing
from govmedia.public import badge, qr
from govmedia.public.still.folder import Kept, Written, put
from govmedia.public.still.links import rewriter
from govmedia.public.still.plan import Plan
from govmedia.public.still.rendering import Asker
from govmedia.public.still.site import Page, Piece
from govmedia.public.views.pages import account_page, with_all_shown

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Order:
    """What all processes of a run need to know."""

    root: Path
    origin: str
    live: str
    plan: Plan
    known: dict[str, Kept]
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece: files, and pages that failed with why."""

    size: int
    rows: list[Written]
    failed: list[tuple[str, str]]


class Maker:
    """Makes pieces, one after the other."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._asker = Asker(order.origin, order.live)
        self._rewritten: Callable[[str, str], str] = rewriter(order.plan, order.live)

    def make(self, piece: Piece) -> Outcome:
        outcome = Outcome(piece.size, [], [])
        for page in piece.pages:
            self._try(page.path, lambda page=page: self._page(page), outcome)
        for row in self._accounts(piece):
            self._try(f"/accounts/{row.code}/", lambda row=row: self._account(row), outcome)
        return outcome

    def _accounts(self, piece: Piece) -> Iterable[Account]:
        codes = [code for code in piece.codes if f"accounts/{code}/index.html" not in self._order.done]
        return with_all_shown(Account.objects.filter(code__in=codes)) if codes else ()

    def _try(self, path: str, make: Callable[[], Iterator[tuple[str, bytes]]], outcome: Outcome) -> None:
        """One page that cannot be made must not cost the others."""
        name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        if name in self._order.done:
            return
        try:
            for lies, body in make():
                outcome.rows.append(put(self._order.root, lies, body, self._order.known))
        except Exception as why:
            outcome.failed.append((path, f"{type(why).__name__}: {why}"))

    def _page(self, page: Page) -> Iterator[tuple[str, bytes]]:
        yield from self._lies(page, self._asker.get(page.url))

    def _lies(self, page: Page, answer: tuple[str, bytes] | None) -> Iterator[tuple[str, bytes]]:
        if answer is not None:
            kind, body = answer
            # Files of a bulletin are kept as they were published, byte for byte.
            if kind == HTML and page.path.endswith("/"):
                body = self._rewritten(page.url, body.decode()).encode()
            yield page.path, body

    def _account(self, row: Account) -> Iterator[tuple[str, bytes]]:
        """An account's page last: it stands for its pictures in the journal."""
        text, path = qr.content_of(row), f"/accounts/{row.code}/"
        yield f"/badge/{row.code}.svg", badge.svg(row)
        if text:
            try:
                png, svg = qr.pictures(text)
                yield f"{path}qr.png", png
                yield f"{path}qr.svg", svg
            except qr.TooLong:
                pass
        answer = self._asker.answer(path, lambda request: account_page(request, row), _match_of(row.code))
        yield from self._lies(Page(path, path), answer)


def _match_of(code: str) -> ResolverMatch:
    return resolve(reverse("public:account", args=[code]))


def extras(order: Order, places: list[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Pages that only a copy has: what needs the live site, what is not found; and the public keys."""
    rewritten = rewriter(order.plan, order.live)
    asker = Asker(order.origin, order.live)
    for path, missing in (("/still/", False), ("/404.html", True)):
        crumbs = [("首页", "/"), ("没有找到" if missing else "实时网站", "")]
        context = {"live": order.live, "places": places, "missing": missing, "crumbs": crumbs}
        html = render_to_string("public/still.html", context, request=asker.request(path))
        yield path, rewritten(path, html).encode()
    keys = {"keys": signing.public_keys()}
    yield "/.well-known/govmedia-keys.json", json.dumps(keys, ensure_ascii=False, separators=(",", ":")).encode()
