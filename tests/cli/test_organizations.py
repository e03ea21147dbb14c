"""Organizations and their keys, from the command line."""

import json

from tests.cli.conftest import Run


def test_a_key_is_shown_once_and_listed_without_its_secret(run: Run) -> None:
    assert run("organizations", "add", "ours", "Our House").exit_code == 0
    made = json.loads(run("keys", "add", "ours", "website", "--json").stdout)
    assert made["key"].startswith(f"matcher_{made['key_id']}_")
    listed = run("keys", "list", "ours")
    assert "website" in listed.stdout
    assert "last used never" in listed.stdout
    assert made["key"] not in listed.stdout + run("keys", "list", "--json").stdout
    assert run("keys", "revoke", made["key_id"]).exit_code == 0
    assert "revoked" in run("keys", "list").stdout


def test_only_the_key_itself_goes_to_standard_output(run: Run) -> None:
    added = run("keys", "add", "local", "script")
    assert len(added.stdout.split()) == 1
    assert "hash" in added.stderr


def test_a_key_may_erase_only_if_it_was_made_for_it(run: Run) -> None:
    made = [json.loads(run("keys", "add", "local", *words, "--json").stdout) for words in (["a"], ["b", "--may-erase"])]
    assert [key["may_erase"] for key in made] == [False, True]
    assert run("keys", "list").stdout.count("may export and erase everything") == 1


def test_what_one_organization_submits_is_unknown_to_another(run: Run) -> None:
    run("organizations", "add", "ours", "Our House")
    submitted = json.loads(run("submit", "proposal.md", "--organization", "ours", "--json").stdout)
    proposal_id = submitted["proposals"][0]["proposal_id"]
    assert run("matches", proposal_id, "--organization", "ours").exit_code == 0
    refused = run("matches", proposal_id)
    assert refused.exit_code == 2
    assert proposal_id in refused.stderr
    assert run("matches", "--all").stdout == ""
    assert "1 proposal" in run("organizations", "list").stdout


def test_an_organization_is_removed_only_when_that_is_confirmed(run: Run) -> None:
    run("organizations", "add", "ours", "Our House")
    assert run("organizations", "remove", "ours").exit_code == 1
    assert "ours" in run("organizations", "list").stdout
    assert run("organizations", "remove", "ours", "--yes").exit_code == 0
    assert "ours" not in run("organizations", "list").stdout


def test_an_unknown_organization_is_named(run: Run) -> None:
    for command in (["submit", "proposal.md", "--organization", "nobody"], ["keys", "add", "nobody", "website"]):
        refused = run(*command)
        assert refused.exit_code == 2
        assert "nobody" in refused.stderr


def test_members_are_added_listed_and_removed_by_address(run: Run) -> None:
    run("organizations", "add", "ours", "Our House")
    assert "nobody" in run("organizations", "members", "list", "ours").stdout
    added = run("organizations", "members", "add", "ours", "Officer@Example.org")
    assert "officer@example.org" in added.stdout
    assert "/sign-in" in added.stdout
    (listed,) = json.loads(run("organizations", "members", "list", "ours", "--json").stdout)["members"]
    assert listed["email_address"] == "officer@example.org"
    assert run("organizations", "members", "remove", "ours", "OFFICER@example.org").exit_code == 0
    assert run("organizations", "members", "remove", "ours", "officer@example.org").exit_code == 2


def test_a_member_of_nobody_or_without_an_address_is_refused(run: Run) -> None:
    for arguments in (["nobody", "officer@example.org"], ["local", "no address"]):
        refused = run("organizations", "members", "add", *arguments)
        assert refused.exit_code == 2
        assert arguments[0] in refused.stderr or arguments[1] in refused.stderr
