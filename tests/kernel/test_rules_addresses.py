# SPDX-License-Identifier: Apache-2.0
"""Which addresses count as one, and whose word about them is taken."""

from ipaddress import IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiayuan.kernel.limits import address_group, client_address


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_stands_for_itself(address: object) -> None:
    assert address_group(str(address)) == str(address)


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_ipv6_addresses_of_one_line_count_as_one(one: int, other: int) -> None:
    network = 0x240E << 112

    assert address_group(str(IPv6Address(network | one))) == address_group(str(IPv6Address(network | other)))


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("240e:1:2:3:4:5:6:7", "240e:1:2:3::/64"),
        ("240e:1:2:4::1", "240e:1:2:4::/64"),
        ("::ffff:1.2.3.4", "1.2.3.4"),
        ("fe80::1%eth0", "fe80::/64"),
        (" 1.2.3.4 ", "1.2.3.4"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_addresses_are_grouped_as_their_owners_hold_them(written: str, group: str) -> None:
    assert address_group(written) == group


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("9.9.9.9", 0, "10.0.0.1"),
        ("9.9.9.9, 1.2.3.4", 1, "1.2.3.4"),
        ("9.9.9.9, 1.2.3.4, 10.0.0.2", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_saw_is_believed(forwarded: str, proxies: int, address: str) -> None:
    assert client_address(forwarded, "10.0.0.1", proxies=proxies) == address
