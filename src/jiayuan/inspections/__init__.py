# SPDX-License-Identifier: Apache-2.0
"""Rounds of inspection: the year's plan, score sheets, places drawn by lot, what inspectors find there, the scores.

It stands above cases, because whatever an inspector finds becomes a case there at once. The rooms above it make lists
and bulletins of what it found; it knows neither.
"""
