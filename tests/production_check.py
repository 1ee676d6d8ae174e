# SPDX-License-Identifier: Apache-2.0
"""Django's own checks against settings as a city would have them: keys given, HTTPS on, no demonstration."""

import os
import subprocess
import sys
import tempfile
from base64 import urlsafe_b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """What ``check --deploy`` says; warnings count."""
    with tempfile.TemporaryDirectory() as var:
        key = urlsafe_b64encode(os.urandom(48)).decode()
        given = {"MODE": "production", "VAR": var, "HTTPS": "true", "HOSTS": "city.example"}
        keys = {name: urlsafe_b64encode(os.urandom(32)).decode() for name in ("MEDIA_KEY", "MFA_KEY")}
        keys |= {"SECRET_KEY": key, "DEMO_OFFSET_SECONDS": "0"}
        env = os.environ | {f"JIAYUAN_{name}": value for name, value in (given | keys).items()}
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
