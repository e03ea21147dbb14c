"""Settings for the houses of tests, which are made by the thousand."""

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from matcher.settings import Settings


class GivenSettings(Settings):
    """Settings as a test gives them; neither the environment nor a file is looked at, which takes most of the time."""

    @classmethod
    def settings_customise_sources(
        cls,
        _settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)
