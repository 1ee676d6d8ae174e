# SPDX-License-Identifier: Apache-2.0
"""Pressure that is passed down lawfully: numbered lists of problems, struck off one by one by whoever issued them.

It stands above cases, whose course its items follow, and above papers, which print what it issues. Levels press one
after the other on the work calendar's clock; a span in which a case was shelved is nobody's delay.
"""
