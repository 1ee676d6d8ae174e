# SPDX-License-Identifier: Apache-2.0
"""By what measure: class schemes, filing conditions with limits, campaigns and their targets, and the work calendar.

It owns what a city loads once and changes seldom; everything in it is data with a source. It stands above people and
places and knows neither a case nor a report: rooms above ask it for a class, a limit, a due moment, a target.
"""
