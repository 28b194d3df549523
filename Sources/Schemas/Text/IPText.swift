#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Addresses and networks as Go's `net` package reads them.
enum IPText {
    enum Family { case v4, v6 }

    /// The family of an address; nil for text that is none.
    static func family(_ text: UnsafeBufferPointer<UInt8>) -> Family? {
        if isV4(text) { return .v4 }
        return text.contains(0x3A) && isV6(text) ? .v6 : nil
    }

    /// The family of `address/bits`; nil for text that is none.
    static func networkFamily(_ text: UnsafeBufferPointer<UInt8>) -> Family? {
        guard let slash = text.firstIndex(of: 0x2F), let family = family(UnsafeBufferPointer(rebasing: text[..<slash])),
            let bits = Int(String(decoding: text[(slash + 1)...], as: UTF8.self)), text[slash + 1] != 0x2B,
            text[slash + 1] != 0x2D, bits <= (family == .v4 ? 32 : 128)
        else { return nil }
        return family
    }

    /// An address as Go writes it; nil for text that is none.
    static func canonical(_ text: String) -> String? {
        var copy = text
        guard let family = copy.withUTF8({ family($0) }) else { return nil }
        return family == .v4 ? text : written(IPNetwork.bytes(text[...]))
    }

    /// Sixteen bytes as an address: the longest run of zeros is left out.
    static func written(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        var longest = 0..<0, start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > longest.count { longest = start..<end }
            start = max(end, start + 1)
        }
        func text(_ part: some Sequence<Int>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        if longest.count < 2 { return text(groups) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }

    /// Whether an address means the machine itself, the link or nothing: unspecified, loopback and link-local addresses.
    static func isSpecial(_ text: String) -> Bool {
        if let bytes = bytes(text, AF_INET, count: 4) { return isSpecialV4(bytes[...]) }
        guard let bytes = bytes(text, AF_INET6, count: 16) else { return false }
        // IPv4 in IPv6.
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF { return isSpecialV4(bytes[12...]) }
        if bytes.dropLast().allSatisfy({ $0 == 0 }), bytes[15] <= 1 { return true }
        return bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 || bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }

    private static func isSpecialV4(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == 0 } || bytes.first == 127 || bytes.starts(with: [169, 254]) || bytes.starts(with: [224, 0, 0])
    }

    private static func bytes(_ text: String, _ family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }

    private static func isV4(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 7, text.count <= 15 else { return false }
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard (1...3).contains(part.count), part.allSatisfy({ NameRule.isDigit($0) }) else { return false }
                if part.count > 1, part.first == 0x30 { return false }
                return part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
            }
    }

    private static func isV6(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= 45 else { return false }
        let written = String(decoding: text, as: UTF8.self)
        let halves = written.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var groups = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            for (number, part) in parts.enumerated() {
                let isLast = index == halves.count - 1 && number == parts.count - 1
                if isLast, part.contains(".") {
                    var tail = String(part)
                    guard tail.withUTF8({ isV4($0) }) else { return false }
                    groups += 2
                } else {
                    guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit) else { return false }
                    groups += 1
                }
            }
        }
        return halves.count == 2 ? groups <= 7 : groups == 8
    }
}

/// Networks as ranges of addresses.
enum IPNetwork {
    /// Whether one `address/bits` is a smaller part of another; both must be sound and of one family.
    static func isStrictlyInside(_ inner: String, _ outer: String) -> Bool {
        guard let inner = parts(inner), let outer = parts(outer), inner.bits > outer.bits else { return false }
        let whole = outer.bits / 8
        if inner.address[..<whole] != outer.address[..<whole] { return false }
        let rest = outer.bits % 8
        if rest == 0 { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF << (8 - rest))
        return inner.address[whole] & mask == outer.address[whole] & mask
    }

    /// A network as Go writes it; nil for text that is none.
    static func canonical(_ text: String) -> String? {
        guard let (given, bits) = parts(text) else { return nil }
        var address = given
        for bit in bits..<address.count * 8 { address[bit / 8] &= ~(0x80 >> UInt8(bit % 8)) }
        return "\(IPText.written(address))/\(bits)"
    }

    /// The bytes of a sound address.
    static func bytes(_ address: Substring) -> [UInt8] { address.contains(":") ? v6(address) : v4(address) }

    private static func parts(_ text: String) -> (address: [UInt8], bits: Int)? {
        let halves = text.split(separator: "/")
        guard halves.count == 2, let bits = Int(halves[1]) else { return nil }
        let address = bytes(halves[0])
        return address.count * 8 >= bits ? (address, bits) : nil
    }

    private static func v4(_ text: Substring) -> [UInt8] { text.split(separator: ".").compactMap { UInt8($0) } }

    private static func v6(_ text: Substring) -> [UInt8] {
        func groups(_ text: Substring) -> [UInt8] {
            text.split(separator: ":").flatMap { group -> [UInt8] in
                if group.contains(".") { return v4(group) }
                let number = UInt16(group, radix: 16) ?? 0
                return [UInt8(number >> 8), UInt8(number & 0xFF)]
            }
        }
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let first = groups(halves[0])
        guard halves.count == 2 else { return first }
        let last = groups(halves[1])
        return first + [UInt8](repeating: 0, count: max(0, 16 - first.count - last.count)) + last
    }
}
