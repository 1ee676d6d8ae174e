# SPDX-License-Identifier: Apache-2.0
"""Signing in, and the administrator's page of posts."""
