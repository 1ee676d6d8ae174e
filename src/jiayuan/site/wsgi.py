# SPDX-License-Identifier: Apache-2.0
"""The WSGI entry that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiayuan.site.settings")
application = get_wsgi_application()
