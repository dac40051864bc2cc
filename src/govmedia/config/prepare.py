"""Bringing the data folder up to date: tables, divisions, static files. Safe to run at every start."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

WRONG_SETTING = 2


def in_own_process() -> dict[str, Any] | None:
    """Prepare in a process of its own, so that the caller stays small; None where it failed.

    Returns what serving needs to know: {"emulator_port": int | None}. Errors: SystemExit 2 where a setting is wrong;
    the process has said which.
    """
    command = [sys.executable, "-m", "govmedia.config.prepare"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own module
    if done.returncode == WRONG_SETTING:
        raise SystemExit(WRONG_SETTING)
    if done.returncode:
        return None
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def prepare() -> dict[str, Any]:
    """Migrate, load the divisions, make the signing key, renew the search's index, collect static files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "govmedia.config.settings")
    import django  # inline: slow

    django.setup()
    from govmedia.common.planner import analyse

    check_fetching()
    changed = migrate()
    from govmedia.orgs.models import Division
    from govmedia.orgs.services import load_divisions

    if not Division.objects.exists():
        load_divisions()
    prepare_key()
    prepare_index()
    if changed:
        analyse()
    collect_static()
    from govmedia.common import installation

    demo = installation.read(installation.DEMO) or {}
    return {"emulator_port": demo.get("emulator_port")}


def migrate() -> bool:
    """Bring the tables up to date; whether there was anything to do."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    # The command would read all migrations a second time to find that there is nothing to do.
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def prepare_index() -> None:
    """Write the search's index anew where another version of this program wrote it, and tell how far it is."""
    from govmedia.accounts.services import index_is_current, rebuild_index
    from govmedia.common.clock import now

    if index_is_current():
        return

    def tell(done: int, total: int) -> None:
        sys.stderr.write(f"重建搜索索引：{done}/{total}\n")

    rebuild_index(now=now(), progress=tell)


def prepare_key() -> None:
    """Make the signing key where there is none, and list its public part. Errors: SettingError."""
    from govmedia.common import signing
    from govmedia.common.clock import now
    from govmedia.config.env import SettingError

    try:
        signing.make_key()
        signing.remember_key(now=now())
    except signing.KeyProblem as why:
        raise SettingError(why.text) from why


def check_fetching() -> None:
    """Errors: SettingError where GOVMEDIA_FETCH_ALLOW cannot be read, and so nothing could be fetched."""
    from django.conf import settings

    from govmedia.config.env import SettingError
    from govmedia.connectors.guard import Guard

    try:
        Guard(settings.FETCH_ALLOW)
    except ValueError as why:
        raise SettingError(str(why)) from why


def collect_static() -> None:
    """Collect and compress static files unless the collected ones are of this very package."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    root = Path(settings.STATIC_ROOT)
    stamp, mark = root / ".stamp", _mark()
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return
    with override_settings(STORAGES=settings.STORAGES_COLLECTED):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(mark, encoding="ascii")


def _mark() -> str:
    """A digest of the package's static files by name, size and time."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.glob("*/static/**/*")):
        state = path.stat()
        digest.update(f"{path.relative_to(package)}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    from govmedia.config.env import SettingError

    try:
        sys.stdout.write(json.dumps(prepare()) + "\n")
    except SettingError as why:
        sys.stderr.write(f"{why}\n")
        sys.exit(WRONG_SETTING)
