# SPDX-License-Identifier: Apache-2.0
"""The first dashboard: how many cases stand where, by county, class and state, from counters alone."""
