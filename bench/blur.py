# SPDX-License-Identifier: Apache-2.0
"""How much of what has to be covered is found: ``python -m bench.blur [PLATES]``.

Drawn plates on the demonstration's drawn streets: four kinds, five widths, turned, dark, unsharp, noisy and saved by a
phone. A plate counts as found when the proposed parts cover nine tenths of it. Beside it stand the false finds in the
same streets without a plate, and what a whole look at a picture takes. Faces are not measured: there is no honest set
of faces in Chinese villages, and drawn ones would measure the drawing. It reports and never fails.
"""

import io
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, product
from random import Random
from typing import Any

from PIL import Image, ImageEnhance, ImageFilter

from bench.ground import ROOT

N, SEED = 400, 20250103
WIDTHS = (40, 60, 90, 140, 220)
"""Pixels of a plate in the stripped picture of 1600: from a car across the road to one beside the photographer."""
SPOILT = ("clear", "turned", "dark", "unsharp", "noisy")
COVERED = 0.9
CARS = ((225, 226, 228), (40, 42, 46), (150, 30, 34))
_STREETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A picture as the worker reads it, with the plate in it and what is hard about it."""

    data: bytes
    plate: Image.Image
    left: int
    top: int
    kind: str
    width: int
    spoilt: str


def streets() -> list[Image.Image]:
    """Drawn places without any plate, as large as a stripped picture."""
    from jiayuan.media.illustrations import Scene, Setting, Stage, illustration

    asked = zip(cycle(product(Scene, Setting, Stage)), range(_STREETS), strict=False)
    drawn = [illustration(scene, setting, stage, seed=900 + number) for (scene, setting, stage), number in asked]
    return [_opened(data).resize((1600, 1200), Image.Resampling.LANCZOS) for data in drawn]


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def samples(grounds: Sequence[Image.Image], n: int) -> Iterator[Sample]:
    """Every kind, width and difficulty in turn, each time elsewhere and with other characters."""
    from jiayuan.media.illustrations.plates import Ground

    rng = Random(SEED)
    for number, (kind, width, spoilt) in zip(range(n), cycle(product(Ground, WIDTHS, SPOILT)), strict=False):
        yield _sample(rng, grounds[number % len(grounds)].copy(), kind, width, spoilt, seed=number)


def _sample(rng: Random, street: Image.Image, kind: Any, width: int, spoilt: str, *, seed: int) -> Sample:
    from jiayuan.media.illustrations.plates import plate

    flat = plate(kind, seed=seed).convert("RGBA")
    small = flat.resize((width, round(width * flat.height / flat.width)), Image.Resampling.LANCZOS)
    if spoilt == "turned":
        small = small.rotate(rng.choice((-18, -9, 9, 18)), Image.Resampling.BICUBIC, expand=True)
    across, down = rng.randrange(200, 1600 - 300), rng.randrange(400, 1200 - 260)
    paint = rng.choice(CARS)
    body = Image.new("RGB", (small.width * 3, small.height * 3), paint)
    street.paste(body, (across - small.width, down - small.height))
    street.paste(small, (across, down), small)
    return Sample(
        data=_saved(_spoilt(street, spoilt, rng)),
        plate=small.getchannel("A"),
        left=across,
        top=down,
        kind=str(kind),
        width=width,
        spoilt=spoilt,
    )


def _spoilt(picture: Image.Image, spoilt: str, rng: Random) -> Image.Image:
    if spoilt == "dark":
        return ImageEnhance.Brightness(picture).enhance(0.45)
    if spoilt == "unsharp":
        return picture.filter(ImageFilter.GaussianBlur(1.6))
    if spoilt == "noisy":
        noise = Image.effect_noise(picture.size, 34 + rng.randrange(8)).convert("RGB")
        return Image.blend(picture, noise, 0.18)
    return picture


def _saved(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=80)
    return out.getvalue()


def is_found(sample: Sample, found: Sequence[Any]) -> bool:
    """Whether the proposed parts together cover nine tenths of the plate."""
    whole = sample.plate.histogram()[128:]
    left = sample.plate.copy()
    for one in found:
        box = (
            max(0, int(one.left) - sample.left),
            max(0, int(one.top) - sample.top),
            min(left.width, int(one.right) + 1 - sample.left),
            min(left.height, int(one.bottom) + 1 - sample.top),
        )
        if box[0] < box[2] and box[1] < box[3]:
            left.paste(0, box)
    return sum(left.histogram()[128:]) <= (1 - COVERED) * sum(whole)


def measured(n: int) -> dict[str, Any]:
    """Found and asked by kind, width and difficulty; what is proposed where nothing is; seconds of a whole look."""
    import django

    django.setup()
    from jiayuan.media.detection.plates import plates

    grounds = streets()
    asked: dict[str, dict[str, list[bool]]] = {name: defaultdict(list) for name in ("kind", "width", "spoilt")}
    for sample in samples(grounds, n):
        hit = is_found(sample, plates(_array(sample.data)))
        for name in asked:
            asked[name][str(getattr(sample, name))].append(hit)
    return {"asked": asked, "looks": [_look(_saved(street)) for street in grounds]}


def _array(data: bytes) -> Any:
    import numpy

    return numpy.asarray(_opened(data))


def _look(data: bytes) -> tuple[int, float, float]:
    """The whole look at a street without a plate: plates proposed, milliseconds of the processor and by the clock."""
    from jiayuan.media.detection import look_through
    from jiayuan.media.enums import RegionSource

    used, begun = time.process_time(), time.perf_counter()
    found = look_through(data)[2][RegionSource.PLATE]
    return len(found), (time.process_time() - used) * 1000, (time.perf_counter() - begun) * 1000


def report(got: Mapping[str, Any]) -> None:
    """Print what was found."""
    every = [hit for hits in got["asked"]["kind"].values() for hit in hits]
    print(f"plates: {sum(every)} of {len(every)} found, recall {sum(every) / len(every):.3f} ({COVERED:.0%} covered)")
    titles = {"kind": "kind", "width": "pixels wide in 1600", "spoilt": "how seen"}
    for name, title in titles.items():
        parts = (f"{key} {sum(hits) / len(hits):.2f}" for key, hits in got["asked"][name].items())
        print(f"  {title}: {' · '.join(parts)}")
    false, used, spans = zip(*got["looks"], strict=True)
    print(f"  proposed in {len(false)} streets without a plate: {sum(false)}")
    took = f"median {statistics.median(used):.0f} ms of CPU, {statistics.median(spans):.0f} ms by the clock"
    print(f"  one picture of 1600 × 1200 looked through for both: {took}")
    print("faces: not measured, there is no honest set; a person looks at every picture")


def main(arguments: Sequence[str]) -> int:
    """Measure in a process that sees the rooms; no database is asked."""
    if arguments[:1] == ["--here"]:
        report(measured(int(arguments[1])))
        return 0
    command = [sys.executable, "-m", "bench.blur", "--here", arguments[0] if arguments else str(N)]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "jiayuan.site.settings_test"}
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
