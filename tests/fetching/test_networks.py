from ipaddress import ip_address, ip_network

import pytest

from matcher.fetching.networks import NetworkPolicy, is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.1",
        "10.1.2.3",
        "100.100.100.200",  # metadata, Alibaba Cloud
        "127.0.0.1",
        "127.255.0.1",
        "168.63.129.16",  # the agent's server inside Azure
        "169.254.169.254",  # metadata, most clouds
        "172.31.0.1",
        "192.0.0.192",  # metadata, Oracle Cloud
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2001:0:7f00:1::",
        "2002:7f00:1::",
        "fd00:ec2::254",  # metadata, Amazon
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_what_is_not_the_public_internet_is_told_apart(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not NetworkPolicy().permits(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "172.15.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_the_public_internet_is_permitted(address: str) -> None:
    assert NetworkPolicy().permits(ip_address(address))


def test_an_operator_may_allow_one_network_and_no_other() -> None:
    policy = NetworkPolicy((ip_network("10.2.0.0/16"),))
    assert policy.permits(ip_address("10.2.3.4"))
    assert policy.permits(ip_address("::ffff:10.2.3.4"))
    assert not policy.permits(ip_address("10.3.0.1"))
    assert not policy.permits(ip_address("127.0.0.1"))
