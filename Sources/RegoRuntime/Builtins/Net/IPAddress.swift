import Text

/// An IP address, ordered with all of IPv4 before IPv6.
package struct IPAddress: Hashable, Comparable, Sendable {
    /// 32 or 128.
    var width: Int
    var bits: UInt128

    init(width: Int, bits: UInt128) {
        self.width = width
        self.bits = bits
    }

    /// Parses the textual form as Go's `net.ParseIP` does: no zones, no leading zeros in IPv4; IPv4 written as
    /// `::ffff:a.b.c.d` is IPv4.
    package init?(_ text: some Collection<UInt8>) {
        let text = Array(text)
        if text.contains(UInt8(ascii: ":")) {
            guard let bits = Self.parseIPv6(text) else { return nil }
            self.init(width: 128, bits: bits)
            if isMapped { self = IPAddress(width: 32, bits: bits & 0xFFFF_FFFF) }
        } else {
            guard let bits = Self.parseIPv4(text[...]) else { return nil }
            self.init(width: 32, bits: UInt128(bits))
        }
    }

    /// Whether this is an IPv4 address in its IPv6 form.
    var isMapped: Bool { width == 128 && bits >> 32 == 0xFFFF }

    /// The bits of the address in its IPv6 form.
    var mapped: UInt128 { width == 128 ? bits : bits | 0xFFFF_0000_0000 }

    package static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.width, left.bits) < (right.width, right.bits)
    }

    static func parseIPv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                part.count == 1 || part.first != 0x30, let octet = UInt8(String(decoding: part, as: UTF8.self))
            else { return nil }
            bits = bits << 8 | UInt32(octet)
        }
        return bits
    }

    static func parseIPv6(_ text: [UInt8]) -> UInt128? {
        var groups: [UInt16] = []
        var gap: Int?
        var rest = text[...]
        if rest.starts(with: "::".utf8) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let digits = rest.prefix { $0 != UInt8(ascii: ":") }
            if digits.contains(UInt8(ascii: ".")) {
                guard digits.count == rest.count, groups.count <= 6, let tail = parseIPv4(digits) else { return nil }
                groups += [UInt16(tail >> 16), UInt16(truncatingIfNeeded: tail)]
                rest = []
                break
            }
            guard (1...4).contains(digits.count), digits.allSatisfy({ Hex.value(of: $0) != nil }), groups.count < 8
            else { return nil }
            groups.append(digits.reduce(0) { $0 << 4 | UInt16(Hex.value(of: $1) ?? 0) })
            rest = rest.dropFirst(digits.count)
            if rest.isEmpty { break }
            rest.removeFirst()
            if rest.first == UInt8(ascii: ":") {
                if gap != nil { return nil }
                gap = groups.count
                rest.removeFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        if let gap {
            guard groups.count < 8 else { return nil }
            groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// The text as Go prints it (RFC 5952).
    package var text: String {
        if width == 32 {
            return [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: bits >> UInt128($0))) }.joined(separator: ".")
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
        var longest = 0..<0
        var start = 0
        while start < 8 {
            let end = groups[start...].firstIndex { $0 != 0 } ?? 8
            if end - start > longest.count { longest = start..<end }
            start = end + 1
        }
        let words = groups.map { String($0, radix: 16) }
        if longest.count < 2 { return words.joined(separator: ":") }
        return words[..<longest.lowerBound].joined(separator: ":") + "::"
            + words[longest.upperBound...].joined(separator: ":")
    }
}

/// A block of addresses that share a prefix.
struct CIDRBlock: Hashable, Sendable {
    /// As written, if made with `init(unmasked:)`, else the first address.
    var address: IPAddress
    var prefix: Int

    /// Parses `address/length`, as Go's `net.ParseCIDR` does.
    init?(_ text: some Collection<UInt8>) {
        let text = Array(text)
        guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let lengthText = text[(slash + 1)...]
        guard (1...8).contains(lengthText.count), lengthText.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
            let length = Int(String(decoding: lengthText, as: UTF8.self))
        else { return nil }
        let isIPv6 = text[..<slash].contains(UInt8(ascii: ":"))
        if isIPv6 {
            guard let bits = IPAddress.parseIPv6(Array(text[..<slash])), length <= 128 else { return nil }
            let masked = IPAddress(width: 128, bits: bits & Self.mask(128, length))
            // A prefix of mapped addresses is a prefix of IPv4.
            if masked.isMapped, length >= 96 {
                self.init(IPAddress(width: 32, bits: masked.bits & 0xFFFF_FFFF), length - 96)
            } else {
                self.init(masked, length)
            }
        } else {
            guard let bits = IPAddress.parseIPv4(text[..<slash]), length <= 32 else { return nil }
            self.init(IPAddress(width: 32, bits: UInt128(bits) & Self.mask(32, length)), length)
        }
    }

    init(_ address: IPAddress, _ prefix: Int) {
        self.address = address
        self.prefix = prefix
    }

    static func mask(_ width: Int, _ prefix: Int) -> UInt128 {
        let host = width - prefix
        let all: UInt128 = width == 128 ? .max : 0xFFFF_FFFF
        return host >= 128 ? 0 : all & (.max << UInt128(host))
    }

    var first: IPAddress {
        IPAddress(width: address.width, bits: address.bits & Self.mask(address.width, prefix))
    }

    var last: IPAddress {
        let all: UInt128 = address.width == 128 ? .max : 0xFFFF_FFFF
        return IPAddress(width: address.width, bits: first.bits | (all & ~Self.mask(address.width, prefix)))
    }

    func contains(_ other: IPAddress) -> Bool {
        other.width == address.width && other.bits & Self.mask(address.width, prefix) == first.bits
    }

    var text: String { "\(address.text)/\(prefix)" }
}
