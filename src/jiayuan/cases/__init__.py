# SPDX-License-Identifier: Apache-2.0
"""Cases: a reported problem from the report to its closing by somebody else than its handler.

It owns the report, triage, filing, dispatch, handling, checking and closing, and the deadline of the handling. It asks
places, standards, people, media and notices below; nothing above is known here.
"""
