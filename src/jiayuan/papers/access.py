# SPDX-License-Identifier: Apache-2.0
"""What may be done to papers. Issuing one is part of a command of another room, which asks for its own permission."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room, at the area of the office that issues."""

    SEE = Permission("papers.see", pgettext_lazy("papers", "Read the papers of offices and take their files"))
    VOID = Permission("papers.void", pgettext_lazy("papers", "Make a paper void; it keeps its number"))
    LOAD = Permission("papers.load", pgettext_lazy("papers", "Load offices that issue papers, with their marks"))
