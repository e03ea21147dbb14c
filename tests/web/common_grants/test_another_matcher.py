"""What one matcher serves by the protocol, another takes in as a source."""

from pathlib import Path

from pydantic import SecretStr

from matcher.bootstrap import Context, build
from matcher.domain.source import Source, SourceKind
from matcher.services.sources import add_source
from matcher.settings import Settings
from tests.fakes import BagOfWords


def test_a_catalogue_goes_from_one_matcher_to_another_with_its_key(
    context: Context, address: str, key: str, tmp_path: Path
) -> None:
    chosen = Settings(
        home=tmp_path / "other",
        opportunities=tmp_path,
        allowed_networks="127.0.0.0/8",
        source_keys={"neighbour": SecretStr(key)},
    )
    other = build(chosen, encoder=BagOfWords())
    place = f"{address}/common-grants/opportunities"
    add_source(
        other.store,
        Source("neighbour", SourceKind.INTERFACE, place, None, 0, keeps_closed=True, interface="common-grants"),
    )
    report = other.importer.run("neighbour")
    assert report.errors == []
    served = {one.opportunity.title for one in context.store.opportunities.all()}
    assert {one.opportunity.title for one in other.store.opportunities.all()} == served
    assert other.importer.run("neighbour").unchanged == len(served)
    other.store.close()
