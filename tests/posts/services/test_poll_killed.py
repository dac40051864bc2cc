"""kill -9 in the middle of storing: nothing half, nothing twice."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from other_processes import database_for_others

SCRIPT = Path(__file__).with_name("poll_process.py")


def test_killed_round_leaves_no_trace_and_is_done_again(transactional_db, stage, tmp_path):
    for number in range(3):
        stage.account(f"a{number}")
    environment = {
        **os.environ,
        "GOVMEDIA_DB_URL": database_for_others(tmp_path),
        "GOVMEDIA_FETCH_ALLOW": "127.0.0.0/8",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    mark = tmp_path / "storing"
    victim = subprocess.Popen([sys.executable, str(SCRIPT), stage.now.isoformat(), str(mark)], env=environment)
    until = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    victim.kill()
    victim.wait()

    def look(moment) -> str:
        command = [sys.executable, str(SCRIPT), moment.isoformat()]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    # what was claimed is still claimed, and nothing of it was stored
    assert look(stage.now + timedelta(minutes=9)) == "0 0 0 0 0 3"
    assert look(stage.now + timedelta(minutes=10)) == "3 12 12 3 3 0"
