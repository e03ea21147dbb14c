"""Every setting: from the environment (`MATCHER_…`), or from one YAML file, or its default."""

import os
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal

from limits import parse_many
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    YamlConfigSettingsSource,
)

from matcher.embedding.bundled_model import ADAPTED_NAME

SETTINGS_FILE = "settings.yaml"
_CHECKOUT = Path(__file__).parents[1]


def _default_home() -> Path:
    """Return MATCHER_HOME, or the folder for user data that the XDG base directory specification names."""
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(os.environ.get("MATCHER_HOME") or data / "matcher")


def _bundled_opportunities() -> Path:
    """Return the `opportunities/` of the checkout that this package runs from, or of the working directory."""
    bundled = _CHECKOUT / "opportunities"
    return bundled if bundled.is_dir() else Path("opportunities")


def networks(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks of a list that is separated by commas.

    Raises:
        ValueError: One of them is no network.
    """
    return tuple(ip_network(part.strip()) for part in written.split(",") if part.strip())


class Settings(BaseSettings):
    """All settings. Environment variables win over the file `settings.yaml` in the home folder."""

    model_config = SettingsConfigDict(env_prefix="MATCHER_", extra="forbid")

    home: Path = Field(default_factory=_default_home, description="The folder that holds all state.")
    database_url: str = Field(
        "",
        description="Where everything is kept: `postgresql://user@host/database` or `sqlite:///path/to/matcher.db`; "
        "empty means SQLite in the home folder.",
    )
    opportunities: Path = Field(
        default_factory=_bundled_opportunities, description="The folder of notices that is watched and imported."
    )
    model: str = Field(
        ADAPTED_NAME,
        description="The encoder: the bundled one adapted to this field, `all-MiniLM-L6-v2` for the bundled one "
        "untouched, or any name that sentence-transformers knows.",
    )
    adapter: Path | None = Field(
        None,
        description="The folder of the adapter that `all-MiniLM-L6-v2+grants` takes, as `matcher train` writes one; "
        "unset means the bundled one.",
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="Number format of the encoder; auto takes what the processor is best at."
    )
    match_floor: float = Field(0.05, ge=0, le=1, description="Pairs with a lower fit are not kept.")
    minimum_open: int = Field(
        20, ge=0, description="With fewer open opportunities than this, matches are ranked as of the catalogue's date."
    )
    watch_seconds: int = Field(60, ge=1, description="How often the scheduler looks for new notices.")
    allowed_networks: str = Field(
        "",
        description="Networks outside the public internet that sources may lie in, such as `10.1.0.0/16`, separated by "
        "commas; empty allows none.",
    )
    contact: str = Field("", description="How sources can reach you, a mailbox or a page; told with every request.")
    source_keys: dict[str, SecretStr] = Field(
        default_factory=dict,
        description='The keys of sources that ask for one, as JSON: `{"simpler": "…"}`, by the name of the source.',
    )
    digest_seconds: int = Field(60, ge=1, description="How often the scheduler asks which digests are due.")
    host: str = Field("127.0.0.1", description="The address that the web server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port that the web server listens on.")
    threads: int = Field(8, ge=1, description="Threads of the web server.")
    warm_up: bool = Field(
        True,
        description="Whether the web server loads the model and the catalogue in the background once it answers, so "
        "that nobody waits for them; a service that only reads needs neither.",
    )
    rate_limit: str = Field(
        "1200/minute",
        description="How many calls one key may make, or one address without a key, in the words of the library "
        "`limits`; empty sets no limit.",
    )
    receive_seconds: int = Field(60, ge=1, description="How long a request may take to arrive.")
    reading_seconds: int = Field(
        10,
        ge=1,
        description="How long the reading of one document may take, of processor time; by the clock six times that.",
    )
    reading_megabytes: int = Field(
        512,
        ge=256,
        description="Memory for the process that reads documents; macOS does not hold it to that.",
    )
    cors_origins: str = Field(
        "",
        description="The sites whose pages may read answers in a browser, such as `https://example.org`, separated by "
        "commas; empty lets none.",
    )
    public_url: str = Field("http://127.0.0.1:8000", description="Where readers reach the web server; used in mail.")
    mail_sender: str = Field("matcher@localhost", description="The From address of digests.")
    smtp_host: str = Field("", description="The mail server; empty writes .eml files to `outbox` in the home folder.")
    smtp_port: int = Field(587, ge=1, le=65535, description="The mail server's port.")
    smtp_username: str | None = Field(None, description="The mail server's user, if it asks for one.")
    smtp_password: SecretStr | None = Field(None, description="The mail server's password.")
    smtp_security: Literal["none", "starttls", "tls"] = Field("starttls", description="How the line is encrypted.")
    mails_per_minute: int = Field(0, ge=0, description="Each process sends no more mails in a minute; 0 is no limit.")
    mail_lease_seconds: int = Field(
        900, ge=1, description="How long one process has mails to itself before another may send them."
    )
    bounce_address: str = Field("", description="Where mail servers report failures; empty means the sender.")
    bounces: Path | None = Field(
        None, description="A folder of bounced mails, read by the scheduler; unset means `bounces` in the home folder."
    )
    dkim_key: Path | None = Field(None, description="A file with the RSA key (PEM) that signs mails; unset: unsigned.")
    dkim_selector: str = Field("matcher", description="Under which name of the DNS its public half is found.")
    dkim_domain: str = Field("", description="The domain that signs; empty means the sender's.")
    signing_keys: SecretStr | None = Field(
        None,
        description="Keys that sign the links in mails, divided by commas, the newest first; unset means the file "
        "`signing-keys` in the home folder, made when first needed.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")

    @field_validator("adapter")
    @classmethod
    def _fits_the_model(cls, adapter: Path | None, info: ValidationInfo) -> Path | None:
        if adapter is not None and info.data.get("model") != ADAPTED_NAME:
            raise ValueError(f"MATCHER_MODEL names a model that takes no adapter; only {ADAPTED_NAME} does")
        return adapter

    @field_validator("allowed_networks")
    @classmethod
    def _are_networks(cls, written: str) -> str:
        networks(written)
        return written

    @field_validator("rate_limit")
    @classmethod
    def _is_a_limit(cls, limit: str) -> str:
        if limit:
            parse_many(limit)
        return limit

    @property
    def store_url(self) -> str:
        """The URL of the store."""
        return self.database_url or f"sqlite:///{self.home / 'matcher.db'}"

    @property
    def outbox(self) -> Path:
        """The folder that mails are written to where there is no mail server."""
        return self.home / "outbox"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read, in falling order of weight: arguments, the environment, the YAML file."""
        file = YamlConfigSettingsSource(settings_cls, yaml_file=_default_home() / SETTINGS_FILE)
        return init_settings, env_settings, file


@cache
def settings() -> Settings:
    """Return the settings, read once per process.

    Raises:
        pydantic.ValidationError: A setting has an unknown name or an unusable value.
    """
    return Settings()
