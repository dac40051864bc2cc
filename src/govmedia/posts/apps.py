from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "govmedia.posts"
    label = "posts"
    verbose_name = "内容"
