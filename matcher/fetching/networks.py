"""Which IP addresses belong to the public internet, and which the operator allows besides."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

_NOT_PUBLIC_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network: reaches this machine on many systems
            "10.0.0.0/8",
            "100.64.0.0/10",  # shared by carriers; also the metadata service of Alibaba Cloud
            "127.0.0.0/8",
            "168.63.129.16/32",  # public by number, but the machine agent's server inside Azure
            "169.254.0.0/16",  # link-local; the metadata service of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments; the metadata service of Oracle Cloud
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",  # multicast, reserved and broadcast
        ),
    )
)
_GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo among them: it carries an IPv4 address
            "2001:db8::/32",
            "2002::/16",  # 6to4 carries an IPv4 address
            "3fff::/20",
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: IPAddress) -> bool:
    """Whether `address` lies in the public internet.

    The networks are those of the IANA special-purpose registries (RFC 6890) and the servers that clouds keep for the
    machines inside them; the `ipaddress` module lacks some, and which differs by its version.
    """
    plain = embedded(address)
    if isinstance(plain, IPv4Address):
        return not any(plain in network for network in _NOT_PUBLIC_V4)
    return plain in _GLOBAL_UNICAST_V6 and not any(plain in network for network in _NOT_PUBLIC_V6)


def embedded(address: IPAddress) -> IPAddress:
    """Return the IPv4 address that a mapped (RFC 4291) or NAT64 (RFC 6052) IPv6 address leads to, else `address`."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address


@dataclass(frozen=True, slots=True)
class NetworkPolicy:
    """The public internet, and the networks that the operator `allowed` besides."""

    allowed: tuple[IPNetwork, ...] = ()

    def permits(self, address: IPAddress) -> bool:
        """Whether a connection to `address` may be opened."""
        plain = embedded(address)
        return is_public(plain) or any(plain in network for network in self.allowed)
