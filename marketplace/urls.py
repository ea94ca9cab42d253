"""All addresses: ours first, then the editor's, then the pages of the charity projects."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from .api import api
from .health import healthz, readyz, robots
from .problems import no_such_address

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("api/v1/", api.urls),
    re_path("^api/", no_such_address, name="api_unknown"),
    path("", include("marketplace.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("marketplace.messaging.urls")),
    path("", include("marketplace.privacy.urls")),
    path("", include("marketplace.volunteers.urls")),
    path("", include("marketplace.organizations.urls")),
    path("", include("marketplace.sites.urls")),
    path("", include("marketplace.needs.urls")),
    path("", include("marketplace.programs.urls")),
    path("", include("marketplace.signups.urls")),
    path("", include("marketplace.safeguarding.urls")),
    path("", include("marketplace.workbench.urls")),
    path("search/", include("search.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}, name="media"),
    path("", include(wagtail_urls)),
]

# What allauth answers where somebody does one thing too often.
handler429 = "marketplace.accounts.views.too_many_requests"
