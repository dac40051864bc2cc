"""A round of looks in a process of its own: `poll_process.py MOMENT [MARK]`; with MARK it hangs while storing."""

import os
import sys
import time
from datetime import datetime
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "govmedia.config.settings"
django.setup()

from govmedia.posts.models import Coverage, Interface, Look, Post  # noqa: E402
from govmedia.posts.services import poll_due, watching  # noqa: E402

if len(sys.argv) > 2:

    def hang(rows, now):
        Path(sys.argv[2]).touch()
        time.sleep(60)

    watching.update_seen = hang

report = poll_due(now=datetime.fromisoformat(sys.argv[1]))
claimed = Interface.objects.filter(claimed_until__isnull=False).count()
rows = (Post.objects.count(), Look.objects.count(), Coverage.objects.count())
sys.stdout.write(" ".join(map(str, (report.looked, report.created, *rows, claimed))))
