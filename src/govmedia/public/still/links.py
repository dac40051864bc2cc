"""Addresses in pages, made to lead where a static copy has them: to a file, else to the live site, else to a note."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from govmedia.public.still.plan import ROOT, Plan

# Where people are told what needs the live site.
NOTE = "/still/"
_ADDRESS = re.compile(r'(?P<lead>\s(?:href|action|src)=")(?P<url>[^"]*)"')
_ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|#|$)", re.IGNORECASE)
# Whole rooms of which every page that takes no questions is copied.
_COPIED = re.compile(
    r"^/(?:$|still/|static/|accounts/[^/]+/(?:qr\.png|qr\.svg)?$|badge/|draws/|bulletins/|assessments/|open-data/|feed\.atom$|sitemap|robots\.txt$"
    r"|share\.png$|\.well-known/govmedia-keys\.json$)"
)


def rewriter(plan: Plan, live: str) -> Callable[[str, str], str]:
    """A function of a page's own address and its HTML. `live` is the live site's origin, empty for none."""

    def target(page: str, url: str, is_form: bool) -> str:
        if _ELSEWHERE.match(url):
            return url
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
            url = target(page, unescape(found["url"]), "action=" in found["lead"])
            return f'{found["lead"]}{escape(url)}"'

        return _ADDRESS.sub(one, html)

    return rewritten
