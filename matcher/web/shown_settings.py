"""Which settings anybody may see who may ask at all: what decides results and mail, and nothing of the machine itself.

Paths, networks, addresses of servers, passwords and keys stay untold: an organization is a guest of the installation.
"""

from dataclasses import dataclass
from pathlib import Path

from matcher.settings import Settings

_GROUPS = {
    "Matching": ("model", "precision", "match_floor", "minimum_open"),
    "Sources": ("watch_seconds", "contact"),
    "Mail": ("public_url", "mail_sender", "digest_seconds", "mails_per_minute"),
    "Calls": ("rate_limit", "receive_seconds"),
}


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """One setting: its name, the environment variable that sets it, its value, and what it means."""

    name: str
    variable: str
    value: str | int | float
    is_default: bool
    description: str


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings that belong together."""

    name: str
    settings: tuple[ShownSetting, ...]


def shown_settings(settings: Settings) -> list[SettingGroup]:
    """Return the settings that are shown, in groups."""
    return [SettingGroup(group, tuple(_shown(settings, name) for name in names)) for group, names in _GROUPS.items()]


def _shown(settings: Settings, name: str) -> ShownSetting:
    field = Settings.model_fields[name]
    value = getattr(settings, name)
    if name == "model" and Path(value).is_absolute():
        value = Path(value).name
    prefix = Settings.model_config.get("env_prefix", "")
    return ShownSetting(name, f"{prefix}{name}".upper(), value, value == field.default, field.description or "")
