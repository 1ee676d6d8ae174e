# SPDX-License-Identifier: Apache-2.0
"""Measurements: each figure beside its limit in the same run. They report; they never fail a suite."""
