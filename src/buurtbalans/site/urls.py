"""All addresses of the site, in Dutch, in the order in which a person meets them."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
