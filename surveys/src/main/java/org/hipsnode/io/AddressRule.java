package org.hipsnode.io;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Tells addresses of the public internet from those of private networks, of this machine, and of no one (IANA's registries of
 * special-purpose addresses, RFC 6890), so that nobody makes this node fetch what only it can reach.
 */
public final class AddressRule {
    private static final List<Block> NOT_PUBLIC_4 = List.of(
            new Block(0, 8),
            new Block(0x0a000000, 8), // 10/8
            new Block(0x64400000, 10), // 100.64/10, carriers' networks
            new Block(0x7f000000, 8), // 127/8
            new Block(0xa9fe0000, 16), // 169.254/16, link-local, and clouds' own services
            new Block(0xac100000, 12), // 172.16/12
            new Block(0xc0000000, 24), // 192.0.0/24
            new Block(0xc0000200, 24), // 192.0.2/24, documentation
            new Block(0xc0586300, 24), // 192.88.99/24, relays
            new Block(0xc0a80000, 16), // 192.168/16
            new Block(0xc6120000, 15), // 198.18/15, benchmarks
            new Block(0xc6336400, 24), // 198.51.100/24, documentation
            new Block(0xcb007100, 24), // 203.0.113/24, documentation
            new Block(0xe0000000, 3)); // multicast, reserved and broadcast

    /** Within 2000::/3, the only public part of IPv6; the second and fourth hide IPv4 addresses. */
    private static final List<Block> NOT_PUBLIC_6 = List.of(
            new Block(0x20010000, 23), // protocols' own, Teredo among them
            new Block(0x20010db8, 32), // documentation
            new Block(0x3fff0000, 20), // documentation
            new Block(0x20020000, 16)); // 6to4

    private AddressRule() {}

    /** Addresses that begin with some bits. */
    private record Block(int start, int bits) {
        boolean holds(int firstBytes) {
            return (firstBytes ^ start) >>> (32 - bits) == 0;
        }
    }

    /** Tells whether anybody on the internet could reach an address. */
    public static boolean isPublic(InetAddress address) {
        int first = ByteBuffer.wrap(address.getAddress()).getInt();
        if (address instanceof Inet4Address) { // so are those that IPv6 only wraps, ::ffff:0:0/96
            return NOT_PUBLIC_4.stream().noneMatch(block -> block.holds(first));
        }
        return first >>> 29 == 1 && NOT_PUBLIC_6.stream().noneMatch(block -> block.holds(first));
    }
}
