"""Writes about posts: looking, storing, importing, thinning out."""

from govmedia.posts.cleaning import content_sm3, version_sm3
from govmedia.posts.services.avatars import fingerprint_at, open_avatars
from govmedia.posts.services.importing import ImportReport, import_posts
from govmedia.posts.services.interfaces import add_interface, change_interface, host_of, stop_interface
from govmedia.posts.services.poll import PollReport, hurry, look_now, plan_slices, poll_due
from govmedia.posts.services.pruning import prune
from govmedia.posts.services.rounds import store_batch

__all__ = [
    "ImportReport",
    "PollReport",
    "add_interface",
    "change_interface",
    "content_sm3",
    "fingerprint_at",
    "host_of",
    "hurry",
    "import_posts",
    "look_now",
    "open_avatars",
    "plan_slices",
    "poll_due",
    "prune",
    "stop_interface",
    "store_batch",
    "version_sm3",
]
