"""List pages as declarations: columns, filters, sorting, paging, hiding and export, with all state in the address."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from govmedia.common import exports, installation
from govmedia.common.listing_page import (
    OWN,
    Address,
    Cell,
    Chip,
    ColumnLink,
    Control,
    Head,
    Line,
    Link,
    ListPage,
    page_links,
)

TEXT_LIMIT = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `sort` names model fields in order; `value` gives the cell and the export (if absent, the
    attribute `key`); `cell` is a template that gets `row`. `only_export`: the page has no room for it."""

    key: str
    label: str
    sort: tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    cell: str | None = None
    hide_small: bool = False
    numeric: bool = False
    only_export: bool = False

    def of(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.key)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. `choices` gives (value, label) pairs for a request, None makes it a text search;
    `apply` narrows the rows by a value, which for choices is always one of them."""

    key: str
    label: str
    choices: Callable[[HttpRequest], Sequence[tuple[str, str]]] | None
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


def counted(request: HttpRequest, queryset: QuerySet[Any]) -> int:
    """The number of rows, asked from the database each time."""
    return queryset.count()


def _whole(text: str | None, default: int) -> int:
    """A positive whole number, else the default; digits beyond any real page are cut."""
    return max(1, int(text[:9])) if text and text.isascii() and text.isdigit() else default


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


@dataclass(frozen=True, slots=True)
class _State:
    """What the address says, made sure of."""

    controls: list[Control]
    sort: str
    size: int
    hidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page. `default_sort` is a column's key, with `-` for descending. `count` may be replaced by one that
    remembers, for lists whose unfiltered number is known."""

    columns: Sequence[Column]
    filters: Sequence[Filter]
    default_sort: str
    page_sizes: tuple[int, ...] = (25, 50, 100)
    count: Callable[[HttpRequest, QuerySet[Any]], int] = counted

    def page(self, request: HttpRequest, queryset: QuerySet[Any]) -> ListPage:
        """The page that the address asks for. One count and one query for the rows, besides what choices ask;
        parameters that make no sense are ignored, a page beyond the end is the last."""
        state, address = self._state(request), Address(request.GET)
        wanted = self._narrowed(queryset, state)
        total = self.count(request, wanted)
        pages = max(1, -(-total // state.size))
        number = min(_whole(request.GET.get("page"), 1), pages)
        start = (number - 1) * state.size
        rows = list(self._ordered(wanted, state.sort)[start : start + state.size]) if total else []
        shown = [column for column in self.columns if column.key not in state.hidden and not column.only_export]
        return ListPage(
            rows=rows,
            lines=[_line(row, shown) for row in rows],
            total=total,
            number=number,
            pages=pages,
            size=state.size,
            heads=[self._head(column, state.sort, address) for column in shown],
            filters=state.controls,
            chips=[_chip(control, address) for control in state.controls if control.value],
            kept=address.others([control.key for control in state.controls]),
            column_links=self._column_links(state.hidden, address),
            sizes=[Link(size, "" if size == state.size else address.with_(size=size)) for size in self.page_sizes],
            links=page_links(number, pages, address),
            clear_url=address.without([control.key for control in state.controls]),
            csv_url=address.with_(export="csv"),
            xlsx_url=address.with_(export="xlsx"),
            previous_url=address.with_(page=number - 1) if number > 1 else "",
            next_url=address.with_(page=number + 1) if number < pages else "",
        )

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """All rows that the address's filters leave, for a deed on all of them."""
        return self._narrowed(queryset, self._state(request))

    def export(
        self, request: HttpRequest, queryset: QuerySet[Any], fmt: str, filename: str, demo: bool
    ) -> StreamingHttpResponse:
        """All rows under the address's filters and sorting with every column, hidden ones too, as `csv` or `xlsx`."""
        state = self._state(request)
        rows = self._ordered(self._narrowed(queryset, state), state.sort).iterator(chunk_size=2000)
        cells = ([column.of(row) for column in self.columns] for row in rows)
        return exports.download([column.label for column in self.columns], cells, fmt, filename, demo)

    def _state(self, request: HttpRequest) -> _State:
        params = request.GET
        keys = {column.key for column in self.columns}
        sortable = {column.key for column in self.columns if column.sort}
        sort = params.get("sort", "")
        size = _whole(params.get("size"), self.page_sizes[0])
        asked = params.get("hide", "").split(",")
        # The first column names the row; without it a list says nothing.
        hidden = tuple(column.key for column in self.columns[1:] if column.key in keys.intersection(asked))
        return _State(
            controls=[_control(item, request) for item in self.filters if item.key not in OWN],
            sort=sort if sort.removeprefix("-") in sortable else self.default_sort,
            size=size if size in self.page_sizes else self.page_sizes[0],
            hidden=hidden,
        )

    def _narrowed(self, queryset: QuerySet[Any], state: _State) -> QuerySet[Any]:
        values = {control.key: control.value for control in state.controls}
        for item in self.filters:
            if values.get(item.key):
                queryset = item.apply(queryset, values[item.key])
        return queryset

    def _ordered(self, queryset: QuerySet[Any], sort: str) -> QuerySet[Any]:
        """Sorted by the column's fields and in the end by pk in the same direction, so that pages never overlap."""
        down = sort.startswith("-")
        column = next(column for column in self.columns if column.key == sort.removeprefix("-"))
        fields = [_turned(field) if down else field for field in column.sort]
        return queryset.order_by(*fields, "-pk" if down else "pk")

    def _head(self, column: Column, sort: str, address: Address) -> Head:
        here = sort.removeprefix("-") == column.key
        down = here and sort.startswith("-")
        direction = ("descending" if down else "ascending") if here else "none"
        # A number or a date is usually wanted largest first; a second click turns it round.
        first = f"-{column.key}" if column.numeric else column.key
        turned = (column.key if down else f"-{column.key}") if here else first
        url = address.with_(sort=turned) if column.sort else ""
        return Head(column.key, column.label, url, direction, column.numeric, column.hide_small)

    def _column_links(self, hidden: Sequence[str], address: Address) -> list[ColumnLink]:
        links = []
        for column in (one for one in self.columns[1:] if not one.only_export):
            shown = column.key not in hidden
            left = [*hidden, column.key] if shown else [key for key in hidden if key != column.key]
            links.append(ColumnLink(column.label, shown, address.with_(hide=",".join(left))))
        return links


def _control(item: Filter, request: HttpRequest) -> Control:
    value = _CONTROL.sub(" ", request.GET.get(item.key, "")).strip()[:TEXT_LIMIT]
    if item.choices is None:
        return Control(item.key, item.label, value, None)
    choices = [(str(code), label) for code, label in item.choices(request)]
    return Control(item.key, item.label, value if value in dict(choices) else "", choices)


def _chip(control: Control, address: Address) -> Chip:
    word = control.value if control.choices is None else dict(control.choices)[control.value]
    return Chip(control.label, word, address.without([control.key]))


def _line(row: Any, columns: Sequence[Column]) -> Line:
    cells = []
    for column in columns:
        value = None if column.cell else column.of(row)
        cells.append(Cell(column.label, value, column.cell, column.numeric, column.hide_small))
    return Line(row, cells)


def respond(
    request: HttpRequest,
    listing: Listing,
    queryset: QuerySet[Any],
    template: str,
    *,
    filename: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse | StreamingHttpResponse:
    """The whole answer of a list view: the file for `?export=`, only the list for htmx, else `template` with `page`.

    `template` includes `components/list_page.html`; whatever that needs besides `page` stands in `context`.
    """
    fmt = request.GET.get("export", "")
    if fmt in exports.TYPES:
        demo = bool(installation.read(installation.DEMO))
        return listing.export(request, queryset, fmt, filename, demo)
    part = request.headers.get("HX-Target") == "list" and "HX-History-Restore-Request" not in request.headers
    answer = render(
        request,
        "components/list_page.html" if part else template,
        {**(context or {}), "page": listing.page(request, queryset)},
    )
    patch_vary_headers(answer, ("HX-Target",))
    return answer
