#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one of the project's commands; ./jiayuan is the friendlier door."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiayuan.site.settings")
    execute_from_command_line(sys.argv)
