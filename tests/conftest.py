"""What every test may rely on: personas by their posts, sockets off except loopback, and a fixed present."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

from factories import make_division, make_organisation, make_user
from govmedia.common import clock

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))

# How long an example takes is the machine's affair, not a test's.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_runtest_setup() -> None:
    """No test reaches beyond this machine."""
    socket_allow_hosts(["127.0.0.0/8", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def fixed_present(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test begins at NOW, on whatever day it is run; the clock goes on from there. Journeys in the browser meet
    a site of its own, which has the machine's clock, and so have they."""
    began = time.monotonic()

    class Datetime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return (NOW + timedelta(seconds=time.monotonic() - began)).astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        if not request.node.get_closest_marker("browser"):
            patch.setattr(clock, "datetime", Datetime)
        yield


@pytest.fixture
def moment() -> datetime:
    """The present of a test that does not care which."""
    return NOW


@pytest.fixture
def jiangsu(db):
    return make_division("320000", "江苏省", "province")


@pytest.fixture
def nanjing(jiangsu):
    return make_division("320100", "南京市", "city", parent=jiangsu)


@pytest.fixture
def suzhou(jiangsu):
    return make_division("320500", "苏州市", "city", parent=jiangsu)


@pytest.fixture
def gulou(nanjing):
    return make_division("320106", "鼓楼区", "county", parent=nanjing)


@pytest.fixture
def xuanwu(nanjing):
    return make_division("320102", "玄武区", "county", parent=nanjing)


@pytest.fixture
def gulou_health(gulou):
    return make_organisation(
        name="南京市鼓楼区卫生健康委员会", short_name="鼓楼区卫健委", division=gulou, field="health"
    )


@pytest.fixture
def xuanwu_school(xuanwu):
    return make_organisation(name="南京市玄武区教育局", short_name="玄武区教育局", division=xuanwu, field="education")


@pytest.fixture
def chen_operator(gulou_health):
    return make_user("chen", "陈运维", "operator", organisation=gulou_health)


@pytest.fixture
def stranger(xuanwu_school):
    """An operator of another organisation in another county."""
    return make_user("stranger", "外单位", "operator", organisation=xuanwu_school)


@pytest.fixture
def zhao_reviewer(gulou):
    return make_user("zhao", "赵审核", "reviewer", division=gulou)


@pytest.fixture
def qian_reviewer(nanjing):
    return make_user("qian", "钱审核", "reviewer", division=nanjing)


@pytest.fixture
def wang_reviewer(jiangsu):
    return make_user("wang", "王审核", "reviewer", division=jiangsu)


@pytest.fixture
def zhou_supervisor(gulou):
    return make_user("zhou", "周监管", "supervisor", division=gulou)


@pytest.fixture
def li_supervisor(nanjing):
    return make_user("li", "李监管", "supervisor", division=nanjing)


@pytest.fixture
def province_supervisor(jiangsu):
    return make_user("sheng", "省监管", "supervisor", division=jiangsu)


@pytest.fixture
def sun_inspector(nanjing):
    return make_user("sun", "孙检查", "inspector", division=nanjing)


@pytest.fixture
def wu_auditor(jiangsu):
    return make_user("wu", "吴审计", "auditor", division=jiangsu)


@pytest.fixture
def root_admin(jiangsu):
    return make_user("root", "管理员", "admin", division=jiangsu)


@pytest.fixture
def suzhou_supervisor(suzhou):
    """A supervisor of a city that has nothing to do with Nanjing."""
    return make_user("su", "苏监管", "supervisor", division=suzhou)


@pytest.fixture
def home(tmp_path, settings):
    """A data folder of the test's own, without a key from outside."""
    settings.HOME, settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = tmp_path / "home", "", ""
    settings.HOME.mkdir()
    return settings.HOME


@pytest.fixture
def key(home, db):
    """The key that this installation signs with, as others hold it."""
    from govmedia.common import signing

    signing.make_key()
    signing.remember_key(now=NOW)
    return signing.public_keys()[0]
