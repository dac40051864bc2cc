"""Addresses in pages, made to lead where a static copy has them: to a file, else to the live site, else to a note."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from govmedia.public.still.plan import ROOT, Plan

# Where people are told what needs the live site.
NOTE = "/still/"
# Most addresses of a page stand on all others too.
KEPT = 4096
_ADDRESS = re.compile(r'(?P<lead>\s(?:href|action|src)=")(?P<url>[^"]*)"')
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#|$)", re.IGNORECASE)
# Whole rooms of which every page that takes no questions is copied.
_COPIED = re.compile(
    r"^/(?:$|still/|static/|accounts/[^/]+/(?:qr\.png|qr\.svg)?$|badge/|draws/|verify/impostors/$|bulletins/|assessments/|open-data/|feed\.atom$|sitemap|robots\.txt$"
    r"|share\.png$|\.well-known/govmedia-keys\.json$)"
)


def rewriter(plan: Plan, live: str) -> Callable[[str, str], str]:
    """A function of a page's own address and its HTML. `live` is the live site's origin, empty for none."""

    @lru_cache(maxsize=KEPT)
    def target(page: str, text: str, is_form: bool) -> str:
        """Where an address leads, both as they stand in HTML; `page` says from where where that matters."""
        url = unescape(text)
        if _ELSEWHERE.match(url):
            return text
        return escape(found_at(page, url, is_form))

    def found_at(page: str, url: str, is_form: bool) -> str:
        parts = urlsplit(urljoin(page, url))
        mark = f"#{parts.fragment}" if parts.fragment else ""
        if not is_form:
            if parts.path == ROOT:
                lies = plan.path(dict(parse_qsl(parts.query, keep_blank_values=True)))
                if lies is not None:
                    return lies + mark
            elif _COPIED.match(parts.path) and not parts.query:
                return parts.path + mark
        query = f"?{parts.query}" if parts.query else ""
        return f"{live}{parts.path}{query}{mark}" if live else NOTE

    def rewritten(page: str, html: str) -> str:
        def one(found: re.Match[str]) -> str:
            text = found["url"]
            url = target("" if text.startswith("/") else page, text, "action=" in found["lead"])
            return f'{found["lead"]}{url}"'

        return _ADDRESS.sub(one, html)

    return rewritten
