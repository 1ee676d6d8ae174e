# SPDX-License-Identifier: Apache-2.0
"""A synthetic season in bulk: planned exactly, told by the rules of the life-cycle, stored in short transactions."""

from jiayuan.cases.services.season.load import begin_season, load_season

__all__ = ["begin_season", "load_season"]
