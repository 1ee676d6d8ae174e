# SPDX-License-Identifier: Apache-2.0
"""Shipped reference data, and the scripts that extracted it. Each folder says in SOURCE.md where its rows come from."""
