# SPDX-License-Identifier: Apache-2.0
"""Every setting a city may change, typed and explained; read from JIAYUAN_… variables or a .env file.

A wrong value stops the program at the start with the name of the variable, not later with a strange page.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


class Config(BaseSettings):
    """The settings of one installation."""

    model_config = SettingsConfigDict(env_prefix="JIAYUAN_", env_file=ROOT / ".env", extra="ignore")

    mode: Literal["demo", "production", "test"] = Field("demo", description="What this installation is.")
    var: Path = Field(ROOT / "var", description="Folder for the database, pictures, caches and keys.")
    database_url: str = Field("", description="postgresql://… ; empty for the embedded SQLite file.")
    secret_key: str = Field("", description="Signs cookies. Required in production; the demo makes its own.")
    media_key: str = Field("", description="Encrypts received pictures (32 bytes, base64). Required in production.")
    mfa_key: str = Field("", description="Encrypts staff's authenticators (32 bytes, base64). Required in production.")
    staff_mfa: Literal["", "required", "offered"] = Field(
        "", description="Whether staff must use an authenticator; empty: required in production, offered elsewhere."
    )
    clearing_sample_percent: int = Field(
        10, ge=1, le=100, description="How many of a hundred rows cleared by a village the town looks at; at least one."
    )
    site_name: str = Field("清洁家园", description="What authenticator apps and mails call this site.")
    hosts: str = Field("127.0.0.1,localhost,[::1]", description="Host names this site answers to, by comma.")
    map_tiles: str = Field(
        "", description="Address of map tiles with {z}, {x} and {y}; empty: the map has a plain ground and asks nobody."
    )
    map_tiles_by: str = Field("", description="Who made the tiles and their review number, shown on the map.")
    demo_offset_seconds: int = Field(0, description="Clock of the demonstration minus the machine's. Demo only.")
    filing_number: str = Field("", description="The site's filing number (ICP and app filing), shown in the footer.")
    complaints_url: str = Field("", description="Where complaints about this software go, shown in the footer.")
    city: str = Field("suizhou", description="The data pack that the demo loads.")
    email_url: str = Field("", description="smtp://user:password@host:port ; empty prints mail to the console.")
    site_url: str = Field("http://127.0.0.1:8000", description="Where this site is reached; mails lead there.")
    email_from: str = Field("jiayuan@localhost", description="Sender of mail.")
    trusted_proxies: int = Field(0, description="How many proxies in front of us set X-Forwarded-For.")
    https: bool = Field(False, description="Set when the site is served over HTTPS: cookies become secure.")
    verify_first: str = Field(
        "caller,hotline,media", description="Sources whose reports are verified on site before filing, by comma."
    )
    verify_hours: int = Field(8, ge=1, description="Working hours for verifying a report on site.")
    dispatch_hours: int = Field(4, ge=1, description="Working hours from filing to dispatch.")
    check_hours: int = Field(8, ge=1, description="Working hours from feedback to the check.")
    due_soon_hours: int = Field(4, ge=1, description="So many working hours before a deadline its unit is reminded.")
    whistle_limits: str = Field(
        "daily=1wd/7wd hard_task=4wh/15wd emergency=15m/24h",
        pattern=r"^daily={s}/{s} hard_task={s}/{s} emergency={s}/{s}$".format(s="[1-9][0-9]{0,3}(m|h|wh|wd)"),
        description="Until a called unit signs on / tells its result, by the kind of whistle: "
        "working days (wd), working hours (wh), hours (h) and minutes (m) of the clock.",
    )
    escalation_hours: str = Field(
        "8,16,16",
        pattern=r"^\d+,\d+,\d+$",
        description="Working hours that village, town and county each have with an overdue item before the next level.",
    )
    text_messages_file: str = Field(
        "", description="Write text messages to residents into this file, one JSON per line; empty sends none."
    )
