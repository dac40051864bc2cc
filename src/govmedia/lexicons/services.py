"""Writing the installation's terms: two people, a date, and a way back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from govmedia.audit.services import Deed, record
from govmedia.common.refusals import NoteMissing, Refused, WrongState
from govmedia.common.typed import one_line
from govmedia.lexicons.files import faults_of
from govmedia.lexicons.models import Rescan, Term
from govmedia.lexicons.states import State
from govmedia.orgs.models import User
from govmedia.orgs.rights import require, stem
from govmedia.posts.models import Post

FIELDS = (
    "term", "kind", "check", "level", "suggestion", "note", "source", "valid_from", "valid_to", "conditions",
)  # fmt: skip
RESCAN_MOST = timedelta(days=3 * 366)


def draft(*, row: Mapping[str, str], by: User, now: datetime) -> Term:
    """A term as it would be proposed, not kept. Errors: NoRight, Refused with what is wrong."""
    require(by, "lexicon.edit", division=by.division_id or "")
    return _made(row, by, now)


@transaction.atomic
def propose(*, row: Mapping[str, str], by: User, now: datetime) -> Term:
    """Propose a term for one's own division and below; a second person approves it.

    `row` has the columns of a lexicon file as text. Errors: NoRight, Refused with what is wrong.
    """
    term = draft(row=row, by=by, now=now)
    _refuse_again(term)
    term.save()
    record(_deed("term.propose", term, dict(row)), by=by, now=now)
    return term


@transaction.atomic
def propose_many(*, rows: Sequence[Mapping[str, str]], why: str, by: User, now: datetime) -> tuple[int, int]:
    """Propose the rows of a file; those that are here already are passed over. Returns (new, passed over)."""
    require(by, "lexicon.edit", division=by.division_id or "")
    made = [_made(row, by, now) for row in rows]
    known = set(_alike().values_list("term", "kind", "check_code", "division_id"))
    fresh = [one for one in made if (one.term, one.kind, one.check_code, one.division_id) not in known]
    Term.objects.bulk_create(fresh, batch_size=500)
    record(
        Deed("term.import", "terms", f"{len(fresh)} 个词语", why=why, division=by.division_id or ""), by=by, now=now
    )
    return len(fresh), len(made) - len(fresh)


@transaction.atomic
def approve(*, term_id: int, by: User, now: datetime) -> Term:
    """Put a proposed term in force. Errors: NoRight, Refused where one approves his own, WrongState."""
    term = _locked(term_id, by)
    if term.state != State.PROPOSED:
        raise WrongState
    if term.proposed_by_id == by.pk:
        raise Refused("提议的人不能自己复核，须由另一位有权限的人办理。")
    term.state, term.approved_by, term.approved_at = State.APPROVED, by, now
    term.save(update_fields=["state", "approved_by", "approved_at"])
    record(_deed("term.approve", term, {"state": term.state}), by=by, now=now)
    return term


@transaction.atomic
def end(*, term_id: int, why: str, by: User, now: datetime) -> Term:
    """Refuse a proposed term, or take one out of force. Errors: NoRight, NoteMissing, WrongState."""
    term = _locked(term_id, by)
    if term.state == State.ENDED:
        raise WrongState
    if not why.strip():
        raise NoteMissing("请写明为什么停用或不同意。", "why")
    before = term.state
    term.state, term.ended_by, term.ended_at, term.end_reason = State.ENDED, by, now, one_line(why, 200)
    term.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
    record(_deed("term.end", term, {"state": term.state, "before": before}, why=term.end_reason), by=by, now=now)
    return term


@transaction.atomic
def reopen(*, term_id: int, by: User, now: datetime) -> Term:
    """Take an ending back: the term is proposed again and waits for a second person. Errors: NoRight, WrongState."""
    term = _locked(term_id, by)
    if term.state != State.ENDED:
        raise WrongState
    _refuse_again(term)
    term.state, term.proposed_by, term.proposed_at = State.PROPOSED, by, now
    term.approved_by = term.approved_at = term.ended_by = term.ended_at = None
    term.end_reason = ""
    term.save()
    record(_deed("term.reopen", term, {"state": term.state}), by=by, now=now)
    return term


@transaction.atomic
def start_rescan(*, term_id: int, since: date, by: User, now: datetime) -> Rescan:
    """Have the archive since a day read anew for a term in force. Errors: NoRight, WrongState, Refused."""
    term = _locked(term_id, by)
    if term.state != State.APPROVED or term.kind != Term.Kind.HIT:
        raise WrongState("先启用这个词语，才能检查以前的内容。")
    moment = datetime(since.year, since.month, since.day, tzinfo=now.tzinfo)
    if not now - RESCAN_MOST <= moment <= now:
        raise Refused("起始日期应在最近三年内。", "since")
    if term.rescans.filter(finished_at__isnull=True, stopped=False).exists():
        raise WrongState("这个词语正在检查以前的内容。")
    found = Post.objects.filter(first_seen_at__gte=moment).aggregate(first=Min("pk"), last=Max("pk"))
    first, last = (found["first"] or 1) - 1, found["last"] or 0
    rescan = Rescan.objects.create(
        term=term, since=moment, from_post=first, at_post=first, to_post=last, started_by=by, started_at=now
    )
    record(_deed("term.rescan", term, {"since": since.isoformat(), "posts_to": last}), by=by, now=now)
    return rescan


@transaction.atomic
def stop_rescan(*, rescan_id: int, by: User, now: datetime) -> Rescan:
    """Stop a rescan where it is; what it found stays. Errors: NoRight, WrongState."""
    rescan = Rescan.objects.select_for_update().select_related("term").filter(pk=rescan_id).first()
    if rescan is None or rescan.finished_at or rescan.stopped:
        raise WrongState
    require(by, "lexicon.edit", division=rescan.term.division_id)
    rescan.stopped = True
    rescan.save(update_fields=["stopped"])
    record(_deed("term.rescan_stop", rescan.term, {"at": rescan.at_post}), by=by, now=now)
    return rescan


def advance(*, rescan: Rescan, at_post: int, looked: int, found: int, now: datetime) -> None:
    """Keep how far a rescan is; the machine's word, in the transaction of what it found."""
    rescan.at_post, rescan.looked, rescan.found = at_post, rescan.looked + looked, rescan.found + found
    rescan.finished_at = now if at_post >= rescan.to_post else None
    rescan.save(update_fields=["at_post", "looked", "found", "finished_at"])
    if rescan.finished_at:
        after = {"looked": rescan.looked, "found": rescan.found}
        record(_deed("term.rescan_done", rescan.term, after), by=None, now=now)


def _made(row: Mapping[str, str], by: User, now: datetime) -> Term:
    """The term a row says, checked as a row of a file is. Errors: Refused."""
    place = by.division_id or ""
    given = {name: (row.get(name) or "").strip() for name in FIELDS}
    faults = faults_of({**given, "category": "", "division": stem(place)})
    if faults:
        raise Refused("；".join(faults[:3]), "term")
    return Term(
        term=given["term"],
        kind=Term.Kind.ALLOW if given["kind"] in {"allow", "允许"} else Term.Kind.HIT,
        check_code=given["check"],
        level=given["level"],
        suggestion=given["suggestion"][:60],
        note=given["note"][:200],
        source=given["source"][:200],
        valid_from=date.fromisoformat(given["valid_from"]) if given["valid_from"] else None,
        valid_to=date.fromisoformat(given["valid_to"]) if given["valid_to"] else None,
        division_id=place,
        conditions=given["conditions"][:300],
        proposed_by=by,
        proposed_at=now,
    )


def _alike() -> QuerySet[Term]:
    return Term.objects.exclude(state=State.ENDED)


def _refuse_again(term: Term) -> None:
    same = _alike().filter(term=term.term, check_code=term.check_code, division=term.division_id).exclude(pk=term.pk)
    if same.exists():
        raise Refused("这个词语已经有了，或正在等待复核。要改它，请先停用原来的。", "term")


def _locked(term_id: int, by: User) -> Term:
    term = Term.objects.select_for_update().filter(pk=term_id).first()
    if term is None:
        raise WrongState("这个词语已不存在。请刷新页面。")
    require(by, "lexicon.edit", division=term.division_id)
    return term


def _deed(verb: str, term: Term, after: dict[str, object], why: str = "") -> Deed:
    return Deed(verb, f"term:{term.pk}", term.term, after=after, why=why or term.note, division=term.division_id)
