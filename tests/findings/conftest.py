"""An account of a health office, and findings against it."""

import pytest

from factories import make_account
from findings.seeing import inspect, judge, silence
from govmedia.findings.models import Finding


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼", health="faulty", health_cause="")


@pytest.fixture
def silent(account, chen_operator, moment):
    """A silence that the machine found and the operator was told of."""
    judge(account, silence(), now=moment)
    return Finding.objects.get(code="R05")


@pytest.fixture
def broken(account, chen_operator, sun_inspector, moment):
    """A broken function that an inspector found."""
    inspect(account, by=sun_inspector, now=moment)
    return Finding.objects.get(code="Y05")
