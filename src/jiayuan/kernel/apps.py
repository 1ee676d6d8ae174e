# SPDX-License-Identifier: Apache-2.0
"""Registers the kernel with Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel owns one table, the limiter's windows."""

    name = "jiayuan.kernel"
    label = "kernel"
