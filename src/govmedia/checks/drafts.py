"""A check read back into the engine's values: its edition, its hits, what it asks and what is in doubt."""

from govmedia.checks import verdicts
from govmedia.checks.law import judge_by
from govmedia.checks.models import Check
from govmedia.common.refusals import Refused
from govmedia.engine.edition import Edition
from govmedia.engine.judging import Question
from govmedia.engine.types import AccountFacts, Hit
from govmedia.findings.queries import edition_as_judged

NO_EDITION = "这次检查所用的指标版本已找不到，无法继续。请系统管理员恢复该版本的文件。"


def edition_of(check: Check) -> Edition:
    """The edition the check was begun by, exactly as it was. Errors: Refused where no copy is left."""
    found = edition_as_judged(check.edition, check.edition_hash)
    if found is None:
        raise Refused(NO_EDITION)
    return found


def facts_of_check(check: Check) -> AccountFacts:
    """The facts kept with the check."""
    return AccountFacts.from_json(check.facts)


def hits_of(check: Check) -> tuple[Hit, ...]:
    """The hits kept with the check: of a draft the machine's, of a finished one also the inspector's."""
    return tuple(Hit.from_json(hit) for hit in check.hits)


def standing_of(check: Check) -> tuple[Hit, ...]:
    """The hits kept with a finished check, less those that led to findings taken back since."""
    gone = {place for row in check.taken_back.all() for place in row.hits}
    return tuple(hit for place, hit in enumerate(hits_of(check)) if place not in gone)


def questions_of(check: Check) -> tuple[Question, ...]:
    """What the inspector is asked, vetoes first."""
    return judge_by(edition_of(check)).questions(check.facts["platform"])


def doubtful_of(check: Check) -> tuple[Hit, ...]:
    """The hits that count only if the inspector says so."""
    edition = edition_of(check)
    return tuple(hit for hit in hits_of(check) if verdicts.is_doubtful(hit, edition))
