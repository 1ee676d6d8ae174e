# SPDX-License-Identifier: Apache-2.0
"""The ground: divisions with their codes, organisations, who answers for what and when, and positions.

The code tree and the chain of command are two things, joined by dated jurisdictions. Places knows nobody: no table
here points to a person or an account. Neighbours: ``people`` gives posts an area, ``cases`` gives a report a village.
"""
