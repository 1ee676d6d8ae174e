# SPDX-License-Identifier: Apache-2.0
"""What a person may do with cases, one sentence each."""

from django.utils.translation import pgettext_lazy

from jiayuan.kernel.access import Permission


class May:
    """The permissions of this room."""

    SEE = Permission("cases.see", pgettext_lazy("cases", "See cases, without the reporter"))
    SEE_REPORTER = Permission("cases.see_reporter", pgettext_lazy("cases", "See how to reach the reporter"))
    REPORT = Permission("cases.report", pgettext_lazy("cases", "Report problems found on duty"))
    TRIAGE = Permission("cases.triage", pgettext_lazy("cases", "File a report, have it verified, or not file it"))
    VERIFY = Permission("cases.verify", pgettext_lazy("cases", "Verify on site whether a reported problem is there"))
    DISPATCH = Permission("cases.dispatch", pgettext_lazy("cases", "Send a case to the unit that answers for it"))
    HANDLE = Permission("cases.handle", pgettext_lazy("cases", "Sign for, handle, feed back or return a case"))
    CHECK = Permission("cases.check", pgettext_lazy("cases", "Check what another unit did, then close or send back"))
    BE_DRAWN = Permission("cases.be_drawn", pgettext_lazy("cases", "Be drawn by lot to check a case"))
    REDRAW = Permission("cases.redraw", pgettext_lazy("cases", "Have another checker drawn, with a reason"))
    CALL_BACK = Permission("cases.call_back", pgettext_lazy("cases", "Call reporters back and note what they say"))
    ASK_REOPEN = Permission("cases.ask_reopen", pgettext_lazy("cases", "Ask for a closed case to be taken up again"))
    APPROVE = Permission(
        "cases.approve", pgettext_lazy("cases", "Answer requests: returns, more time, shelving, appeals, reopening")
    )
    DECIDE_APPEAL = Permission(
        "cases.decide_appeal", pgettext_lazy("cases", "Decide in the second stage whether an overrun is excused")
    )
    VOID = Permission("cases.void", pgettext_lazy("cases", "Make a case void or close it by force, with a reason"))
    SEE_FIGURES = Permission("cases.see_figures", pgettext_lazy("cases", "See the counts of cases"))
    SEE_ROUTING = Permission("cases.see_routing", pgettext_lazy("cases", "See the routing rules and try them out"))
    EDIT_ROUTING = Permission(
        "cases.edit_routing", pgettext_lazy("cases", "Write, change and take back the routing rules of an area")
    )
    SEE_CLEARING = Permission(
        "cases.see_clearing", pgettext_lazy("cases", "See the lists of what villages cleared themselves")
    )
    LIST_CLEARING = Permission(
        "cases.list_clearing", pgettext_lazy("cases", "List what was found at home, clear it and hand the list in")
    )
    ACCEPT_CLEARING = Permission(
        "cases.accept_clearing", pgettext_lazy("cases", "Draw a sample of what a village cleared and decide about it")
    )
    IMPORT_LEDGER = Permission("cases.import_ledger", pgettext_lazy("cases", "Import ledgers from elsewhere"))
    EDIT_GUIDE = Permission("cases.edit_guide", pgettext_lazy("cases", "Write the work guide"))
    NOTE = Permission("cases.note", pgettext_lazy("cases", "Leave notes for colleagues at a case"))
    EDIT_REPLIES = Permission(
        "cases.edit_replies", pgettext_lazy("cases", "Keep the standard replies offered beside notes")
    )
