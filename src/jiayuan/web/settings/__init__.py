# SPDX-License-Identifier: Apache-2.0
"""The desk's door to what is set up rather than worked off: one page of links, each for those who may."""
