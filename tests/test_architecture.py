"""Rooms are entered by their doors only; files stay small enough to read."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "govmedia"
ROOMS = {
    "audit", "jobs", "orgs", "notify", "accounts", "posts", "lexicons", "filings", "findings", "impostors",
    "inspections", "checks", "rounds", "bulletins", "opendata", "assessments", "desk", "public", "api", "demo",
}  # fmt: skip
DOORS = {"services", "queries", "models", "rights", "tables"}
# The top floors put rooms together; they may also take what only they need.
WIRING = {
    "config": {"embedded", "engine", "worker", "logins", "context", "middleware", "urls"},
    "cli": {"divisions", "states"},
}
# Neighbours' further doors, each with its reason.
MORE_DOORS = {
    "jobs.engine": "the port itself: orders, leases, refusals of work",
    "orgs.login": "the log-in page belongs to the room, its check is a service of its own",
    "orgs.divisions": "the packaged rows, without the database",
    "checks.verdicts": "verdicts made and proved without a database, for a round's bundle too",
    "opendata.signatures": "a file's signature proved without a database",
    "checks.law": "what is judged by, with the versions that are kept",
    "inspections.program": "the one inspector of a process, for the room's own pages and for what others send",
    "findings.cures": "what is to be done about a fault is the room's word",
    "findings.faults": "what of a verdict becomes a finding, for rounds that were over before",
    "impostors.answering": "what is said of an account somebody asks about, on the page and in the interface",
    "impostors.questions": "how a question about an account is read, on the page and in the interface",
    "impostors.forms": "one form for a report of an impostor, whoever opens it",
    "rounds.bundle": "a round as one file that proves its figures, for those who publish or check it",
    "rounds.population": "the published file of who may be drawn, for rounds that were over before",
    "rounds.problems": "what a unit may say of a problem it found itself",
    "rounds.proof": "a round proved again without a database",
    "rounds.reports": "what of a self-check a unit still has to report",
    "rounds.states": "which states count is the room's word",
    "assessments.proof": "an assessment proved again without a database",
    "public.still": "the public site written as files, for the command that does so",
    "posts.year": "an account's year, on whichever page it is shown",
    "findings.states": "which states count is the room's word",
    "filings.states": "which states wait is the room's word",
    "inspections.shown": "a post read with its marks, on whichever page it is read",
    "inspections.states": "which rulings there are is the room's word",
}
LINES_MOST = 400
TEMPLATE_LINES_MOST = 150


def sources():
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def foreign_imports(path: Path):
    own = path.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("govmedia."):
            parts = node.module.split(".")[1:]
            names = [parts[:2]] if len(parts) > 1 else [[parts[0], alias.name] for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name.split(".")[1:3] for a in node.names if a.name.startswith("govmedia.")]
        for parts in names:
            if len(parts) == 2 and parts[0] in ROOMS and parts[0] != own:
                yield own, parts[0], parts[1]


def test_other_rooms_are_entered_by_their_doors_only():
    breaches = []
    for path in sources():
        for own, room, part in foreign_imports(path):
            known = DOORS | WIRING.get(own, set())
            if part not in known and f"{room}.{part}" not in MORE_DOORS:
                breaches.append(f"{path.relative_to(PACKAGE)} imports {room}.{part}")
    assert breaches == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_source_file_is_small_enough(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES_MOST


def test_templates_are_small_enough():
    long = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("templates/**/*.html")
        if len(path.read_text(encoding="utf-8").splitlines()) > TEMPLATE_LINES_MOST
    ]
    assert long == []


def test_no_page_carries_anything_inline_or_from_elsewhere():
    """What the content security policy would stop in a browser, stopped here first."""
    bad = []
    for path in PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        for mark in (
            "<script>",
            "<style",
            " style=",
            " onclick=",
            " onchange=",
            " onsubmit=",
            "//cdn",
            "javascript:",
        ):
            if mark in text:
                bad.append(f"{path.relative_to(PACKAGE)}: {mark}")
    assert bad == []
