"""Every page of the table of who sees what, looked at wide and narrow, light and dark: axe finds no breach of
WCAG 2.1 A and AA, and nothing is wider than the screen.
"""

import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TABLE = tomllib.loads((HERE.parent / "access.toml").read_text(encoding="utf-8"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
WIDTHS = (390, 768, 1440, 1920)
# Answers that are no pages; a deed asked for by its address alone leads to the page it is done on.
NO_PAGES = {
    "desk:suggest", "public:suggest",
    "api:account", "api:accounts", "api:bulletins", "api:keys", "api:openapi", "api:verify", "assessments:proof",
    "bulletins:document", "bulletins:letter-document", "bulletins:letters", "checks:answer", "checks:post",
    "checks:posts", "checks:rule", "desk:account-unfreeze", "filings:fetch", "filings:move", "findings:appeal",
    "findings:claim", "findings:exhibit", "findings:move", "findings:postpone", "findings:press", "impostors:letter",
    "impostors:picture", "lexicons:export", "public:assessment-ranking", "public:badge", "public:bulletin-bundle",
    "public:bulletin-document", "public:bulletin-feed", "public:draw-population", "public:draw-result",
    "public:feed", "public:healthz", "public:metrics", "public:open-data-catalogue", "public:open-data-file",
    "public:open-data-sha256", "public:open-data-sm3", "public:qr-png", "public:qr-svg", "public:robots",
    "public:sitemap", "public:sitemap-pages", "public:sitemap-part", "rounds:drawn", "rounds:honesty",
    "rounds:population",
}  # fmt: skip

ACCOUNTS = "/desk/accounts/?health=faulty"
ROW = "[data-row] .lead-cell a"
VETOED = "/desk/accounts/?health=veto"
OPEN_DRAFT = 'main a[href$="/edit/"]'
# name → who looks, where he begins, and what he clicks on the way
PAGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "api:home": ("", "/api/v1/", ()),
    "assessments:body": ("jiangsu_sup", "/desk/assessments/?state=published", (ROW, ROW)),
    "assessments:change": ("nanjing_sup", "/desk/assessments/?state=planned", (ROW, 'a[href$="/change/"]')),
    "assessments:detail": ("jiangsu_sup", "/desk/assessments/?state=published", (ROW,)),
    "assessments:list": ("jiangsu_sup", "/desk/assessments/", ()),
    "assessments:new": ("jiangsu_sup", "/desk/assessments/new/", ()),
    "bulletins:detail": ("jiangsu_sup", "/desk/bulletins/", (ROW,)),
    "bulletins:letter": ("jiangsu_sup", "/desk/bulletins/?state=published", (ROW, 'a[href*="/letters/"]')),
    "bulletins:list": ("jiangsu_sup", "/desk/bulletins/", ()),
    "checks:detail": ("inspector", "/desk/checks/?result=failed", (ROW,)),
    "checks:list": ("jiangsu_sup", "/desk/checks/", ()),
    "checks:new": ("inspector", ACCOUNTS, (ROW, 'a[href*="/checks/new/"]')),
    "checks:watch": ("jiangsu_sup", "/desk/checks/watch/", ()),
    "desk:account": ("jiangsu_sup", ACCOUNTS, (ROW,)),
    "desk:account-list": ("jiangsu_sup", "/desk/accounts/", ()),
    "desk:account-post": ("jiangsu_sup", ACCOUNTS, (ROW, 'a[href*="/posts/"]:not([href$="/posts/"])')),
    "desk:account-posts": ("jiangsu_sup", ACCOUNTS, (ROW, 'a[href$="/posts/"]')),
    "desk:audit-list": ("auditor", "/desk/audit/?verify=1", ()),
    "desk:components": ("jiangsu_sup", "/desk/components/", ()),
    "desk:search": ("jiangsu_sup", "/desk/search/?q=健康", ()),
    "desk:system": ("admin", "/desk/system/", ()),
    "desk:today": ("jiangsu_sup", "/desk/", ()),
    "filings:change": ("gulou_clerk", "/desk/accounts/?platform=wechat_mp", (ROW, 'a[href*="/filings/change/"]')),
    "filings:close": ("gulou_clerk", "/desk/accounts/?platform=wechat_mp", (ROW, 'a[href*="/filings/close/"]')),
    "filings:detail": ("gulou_rev", "/desk/filings/?state=submitted", (ROW,)),
    "filings:edit": ("gulou_clerk", "/desk/filings/new/", (OPEN_DRAFT,)),
    "filings:list": ("gulou_clerk", "/desk/filings/", ()),
    "filings:new": ("gulou_clerk", "/desk/filings/new/", ()),
    "filings:queue": ("gulou_rev", "/desk/filings/queue/", ()),
    "findings:appeals": ("jiangsu_sup", "/desk/findings/appeals/", ()),
    "findings:detail": ("jiangsu_sup", "/desk/findings/?state=notified", (ROW,)),
    "findings:indicators": ("jiangsu_sup", "/desk/findings/indicators/", ()),
    "findings:list": ("jiangsu_sup", "/desk/findings/", ()),
    "findings:new": ("jiangsu_sup", "/desk/findings/new/", ()),
    "findings:rechecks": ("jiangsu_sup", "/desk/findings/rechecks/", ()),
    "impostors:asked": ("jiangsu_sup", "/desk/impostors/asked/", ()),
    "impostors:detail": ("jiangsu_sup2", "/desk/impostors/?state=reported", (ROW,)),
    "impostors:list": ("jiangsu_sup", "/desk/impostors/", ()),
    "impostors:new": ("jiangsu_sup", "/desk/impostors/new/", ()),
    "impostors:sweep": ("jiangsu_sup", "/desk/impostors/sweep/", ()),
    "inspections:checks": ("jiangsu_sup", "/desk/inspect/checks/", ()),
    "inspections:detail": ("jiangsu_sup", "/desk/inspect/hits/", (ROW,)),
    "inspections:list": ("jiangsu_sup", "/desk/inspect/hits/", ()),
    "inspections:message": ("jiangsu_sup", "/desk/inspect/spread/", (ROW,)),
    "inspections:originality": ("jiangsu_sup", ACCOUNTS, (ROW, 'a[href*="/originality/"]')),
    "inspections:paste": ("gulou_clerk", "/desk/inspect/", ()),
    "inspections:queue": ("jiangsu_sup", "/desk/inspect/queue/", ()),
    "inspections:specimens": ("jiangsu_sup", "/desk/inspect/specimens/", ()),
    "inspections:spread": ("jiangsu_sup", "/desk/inspect/spread/", ()),
    "lexicons:detail": ("jiangsu_sup", "/desk/lexicon/", (ROW,)),
    "lexicons:import": ("jiangsu_sup", "/desk/lexicon/import/", ()),
    "lexicons:list": ("jiangsu_sup", "/desk/lexicon/", ()),
    "lexicons:new": ("jiangsu_sup", "/desk/lexicon/new/", ()),
    "notify:list": ("gulou_clerk", "/desk/notices/", ()),
    "orgs:invitation": ("", "/desk/invitation/0123456789/", ()),
    "orgs:login": ("", "/desk/login/", ()),
    "orgs:organisation-create": ("jiangsu_sup", "/desk/organisations/new/", ()),
    "orgs:organisation-edit": ("jiangsu_sup", "/desk/organisations/", (ROW,)),
    "orgs:organisation-list": ("jiangsu_sup", "/desk/organisations/", ()),
    "orgs:password": ("gulou_clerk", "/desk/password/", ()),
    "orgs:token-all": ("admin", "/desk/tokens/all/", ()),
    "orgs:token-list": ("gulou_clerk", "/desk/tokens/", ()),
    "orgs:user-create": ("jiangsu_sup", "/desk/users/new/", ()),
    "orgs:user-edit": ("jiangsu_sup", "/desk/users/", (ROW,)),
    "orgs:user-list": ("jiangsu_sup", "/desk/users/", ()),
    "rounds:change": ("jiangsu_sup", "/desk/rounds/?state=planned", (ROW, 'a[href$="/change/"]')),
    "rounds:detail": ("nanjing_sup", "/desk/rounds/?state=announced", (ROW,)),
    "rounds:list": ("jiangsu_sup", "/desk/rounds/", ()),
    "rounds:mine": ("inspector", "/desk/rounds/mine/", ()),
    "rounds:new": ("jiangsu_sup", "/desk/rounds/new/", ()),
    "rounds:my-reports": ("gulou_clerk", "/desk/rounds/reports/", ()),
    "rounds:report": ("gulou_clerk", "/desk/rounds/reports/", (ROW,)),
    "rounds:reports": ("nanjing_sup", "/desk/rounds/?kind=self", (ROW, 'a[href$="/reports/"]')),
    "rounds:self-new": ("nanjing_sup", "/desk/rounds/self-check/new/", ()),
    "rounds:sample": ("jiangsu_sup", "/desk/rounds/?state=judging", (ROW, ROW)),
    "rounds:stats": ("jiangsu_sup", "/desk/rounds/stats/?by=city", ()),
    "rounds:what-if": ("jiangsu_sup", "/desk/rounds/what-if/?edition=jiangsu-2019&days=5&quarter=this", ()),
    "rounds:work": ("inspector", "/desk/rounds/?state=judging", (ROW, 'a[href$="/work/"]')),
    "public:account": ("", "/directory/", (".result h3 a",)),
    "public:assessment": ("", "/assessments/", ("main .bulletins a",)),
    "public:assessments": ("", "/assessments/", ()),
    "public:poster": ("", "/directory/?platform=wechat_mp", (".result h3 a", 'a[href$="/poster/"]')),
    "public:directory": ("", "/directory/", ()),
    "public:bulletin": ("", "/bulletins/", ("main .bulletins a",)),
    "public:bulletins": ("", "/bulletins/", ()),
    "public:draw": ("", "/draws/", ("main table a",)),
    "public:draws": ("", "/draws/", ()),
    "public:impostors": ("", "/verify/impostors/", ()),
    "public:report": ("", "/verify/report/", ()),
    "public:reported": ("", "/verify/report/done/", ()),
    "public:verify": ("", "/verify/?q=健康鼓楼官方", ()),
    "public:home": ("", "/", ()),
    "public:open-data": ("", "/open-data/", ()),
}
# States of pages that look unlike their usual one.
STATES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "today of a clerk": ("gulou_clerk", "/desk/", ()),
    "today of a reviewer": ("gulou_rev", "/desk/", ()),
    "today of an auditor": ("auditor", "/desk/", ()),
    "today of an administrator": ("admin", "/desk/", ()),
    "a form with errors": ("gulou_clerk", "/desk/filings/new/", (OPEN_DRAFT, "button:text('核对并提交')")),
    "an account not seen": ("jiangsu_sup", "/desk/accounts/?health=not_seen", (ROW,)),
    "an account of a steady hand": ("gulou_clerk", "/desk/accounts/?health=healthy", (ROW,)),
    "a finding to be put right": ("gulou_clerk", "/desk/findings/?state=todo", (ROW,)),
    "a list without rows": ("jiangsu_sup", "/desk/accounts/?q=没有这样的账号", ()),
    "a directory without results": ("", "/directory/?q=没有这样的账号", ()),
    "a check under way": ("inspector", VETOED, (ROW, 'a[href*="/checks/new/"]', "main form .btn-primary")),
    "an account's sure hits": ("gulou_clerk", "/desk/inspect/hits/", ()),
    "no such account": ("", "/accounts/AAAAAAAAAA/", ()),
    "no such page": ("jiangsu_sup", "/desk/no-such-page/", ()),
    "no right": ("gulou_clerk", "/desk/system/", ()),
}


def test_every_page_of_the_table_is_looked_at():
    shown = {name for name, row in TABLE.items() if "ok" in row["GET"].values()}
    assert set(PAGES) == shown - NO_PAGES


@pytest.mark.parametrize("name", [*PAGES, *STATES])
def test_a_page_is_within_reach_of_everybody(name, visit, eye):
    login, start, clicks = (PAGES | STATES)[name]
    page = visit(login)
    if name.startswith("no "):
        eye.allowed |= {403, 404}
    page.goto(start)
    for click in clicks:
        with page.expect_navigation():
            page.locator(click).first.click()
    faults = [fault for dark in (False, True) for width in (1440, 390) for fault in breaches(page, width, dark)]
    assert faults == []
    assert {width: too_wide(page, width) for width in WIDTHS} == {width: [] for width in WIDTHS}


def breaches(page: Page, width: int, dark: bool) -> list[str]:
    """What axe finds, one line each; in the dark only colours differ."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": ["color-contrast"]} if dark else {"type": "tag", "values": RULES}
    found = page.evaluate("(only) => axe.run({ runOnly: only, resultTypes: ['violations'] })", only)
    place = f"{width}{' dark' if dark else ''}"
    return [
        f"{place}: {breach['id']}: {node['html'][:160]} ({_reason(node)})"
        for breach in found["violations"]
        for node in breach["nodes"]
    ]


def _reason(node: dict) -> str:
    return re.sub(r"\s+", " ", node["failureSummary"])[:240]


def too_wide(page: Page, width: int) -> list[str]:
    """The elements that make the page scroll sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(
        """(width) => document.scrollingElement.scrollWidth <= width ? [] :
        Array.from(document.querySelectorAll("body *"))
        .filter((one) => one.getBoundingClientRect().right > width + 1)
        .map((one) => one.outerHTML.slice(0, 100)).slice(0, 5)""",
        width,
    )
