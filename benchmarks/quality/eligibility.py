"""How often verdicts on eligibility are right: labelled cases from real notices, read and judged as the product does.

    python benchmarks/quality/eligibility.py PATH-TO-opportunities_raw.json [--held-out]

reads the notices of Simpler.Grants.gov at the path, judges the development half of `eligibility_cases.yaml` and prints
precision and recall of each verdict, then the cases that differ from their label. The held-out half is judged only with
`--held-out`: whoever improves the reading should not look at it.
"""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from matcher.domain.evidence import Fact
from matcher.domain.match import EligibilityFinding
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Verdict
from matcher.notices.formats.simpler_grants_gov import read
from matcher.scoring.eligibility import assess_eligibility

CASES = Path(__file__).with_name("eligibility_cases.yaml")
HALVES = ("development", "held_out")


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled case: an applicant, the number of a notice at Grants.gov, and the right verdict."""

    notice: int
    applicant: str
    profile: ApplicantProfile
    expected: Verdict
    rule: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the product says to it."""

    case: Case
    finding: EligibilityFinding

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the labelled one."""
        return self.finding.verdict is self.case.expected

    @property
    def rules(self) -> set[str]:
        """The rules that decided."""
        return {reason.rule for reason in self.finding.reasons if reason.verdict is self.finding.verdict}


@dataclass(frozen=True, slots=True)
class Quality:
    """Of the cases given a verdict, the share that is right, and of those that deserve it, the share given it."""

    given: int
    deserved: int
    right: int

    @property
    def precision(self) -> float:
        """Right among given; 1 where the verdict was never given."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Right among deserved; 1 where none deserves the verdict."""
        return self.right / self.deserved if self.deserved else 1.0


def read_cases(half: str, path: Path = CASES) -> tuple[Case, ...]:
    """Return the cases of one half of the file at `path`."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_case(values, written["applicants"]) for values in written[half])


def judge(cases: Iterable[Case], opportunities: Mapping[str, Opportunity]) -> tuple[Judged, ...]:
    """Judge each case by its notice, which `opportunities` holds by `opportunity_id`."""
    return tuple(
        Judged(case, assess_eligibility(case.profile, opportunities[f"grants-gov:{case.notice}"])) for case in cases
    )


def quality(judged: Iterable[Judged], verdict: Verdict) -> Quality:
    """Return how well one verdict was given."""
    judged = tuple(judged)
    return Quality(
        given=sum(one.finding.verdict is verdict for one in judged),
        deserved=sum(one.case.expected is verdict for one in judged),
        right=sum(one.is_right and one.case.expected is verdict for one in judged),
    )


def read_opportunities(path: Path, cases: Iterable[Case]) -> dict[str, Opportunity]:
    """Return the opportunities of the file at `path` that `cases` are about, by their identifiers."""
    wanted = {str(case.notice) for case in cases}
    outcomes = (record.outcome for record in read(path) if record.key in wanted)
    return {one.opportunity_id: one for one in outcomes if isinstance(one, Opportunity)}


def _case(values: dict[str, Any], applicants: dict[str, str]) -> Case:
    profile = ApplicantProfile(
        applicant_types=(Fact(ApplicantType(applicants[values["applicant"]])),),
        partner_types=tuple(Fact(ApplicantType(applicants[name])) for name in values.get("partners", ())),
        places=(Fact(values["place"]),) if "place" in values else (),
        people_served=_fact(values, "people_served"),
        employees=_fact(values, "employees"),
        annual_budget=_fact(values, "budget"),
        amount_requested=_fact(values, "request"),
        offers_cost_share=Fact(values["offers_cost_share"]) if "offers_cost_share" in values else None,
    )
    return Case(values["notice"], values["applicant"], profile, Verdict(values["expected"]), values.get("rule"))


def _fact(values: dict[str, Any], name: str) -> Fact[int] | None:
    return Fact(values[name]) if name in values else None


def _report(half: str, judged: tuple[Judged, ...]) -> None:
    right = sum(one.is_right for one in judged)
    by_rule = [one for one in judged if one.is_right and one.case.rule]
    same_rule = sum(one.case.rule in one.rules for one in by_rule)
    print(
        f"{half}: {right} of {len(judged)} right; of {len(by_rule)} right refusals and doubts {same_rule} by the rule"
    )
    for verdict in Verdict:
        found = quality(judged, verdict)
        print(
            f"  {verdict.value:10}  precision {found.precision:.3f} ({found.right} of {found.given})"
            f"  recall {found.recall:.3f} ({found.right} of {found.deserved})"
        )
    for one in judged:
        if not one.is_right:
            reasons = "; ".join(reason.sentence for reason in one.finding.reasons)
            print(f"  {one.case.notice} {one.case.applicant}: {one.case.expected.value} by {one.case.rule}, "
                  f"but {one.finding.verdict.value}: {reasons}")  # fmt: skip


def main(arguments: list[str]) -> None:
    """Print the development half, and the held-out one where it is asked for."""
    halves = HALVES if "--held-out" in arguments else HALVES[:1]
    (path,) = (argument for argument in arguments if not argument.startswith("--"))
    for half in halves:
        cases = read_cases(half)
        _report(half, judge(cases, read_opportunities(Path(path), cases)))


if __name__ == "__main__":
    main(sys.argv[1:])
