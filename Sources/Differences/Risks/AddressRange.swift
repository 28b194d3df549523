/// A range of IPv4 or IPv6 addresses, as `10.0.0.0/8`.
struct AddressRange {
    private let bits: [UInt8]
    private let length: Int

    /// Nil for what is no range; an address alone is a range of one.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        let bytes = first.contains(":") ? Self.version6(first) : Self.version4(first)
        guard let bytes else { return nil }
        bits = bytes
        guard parts.count == 2 else {
            length = bytes.count * 8
            return
        }
        guard let number = Int(parts[1]), (0...bytes.count * 8).contains(number) else { return nil }
        length = number
    }

    func contains(_ other: AddressRange) -> Bool {
        guard bits.count == other.bits.count, length <= other.length else { return false }
        let (whole, rest) = (length / 8, length % 8)
        if bits[..<whole] != other.bits[..<whole] { return false }
        if rest == 0 { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return bits[whole] & mask == other.bits[whole] & mask
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && !parts.contains(nil) ? parts.compactMap(\.self) : nil
    }

    private static func version6(_ text: Substring) -> [UInt8]? {
        func groups(_ text: Substring) -> [UInt16]? {
            if text.isEmpty { return [] }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
            return parts.contains(nil) ? nil : parts.compactMap(\.self)
        }
        var all: [UInt16]
        if let gap = text.firstRange(of: "::") {
            guard let head = groups(text[..<gap.lowerBound]), let tail = groups(text[gap.upperBound...]),
                head.count + tail.count < 8
            else { return nil }
            all = head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
        } else {
            guard let whole = groups(text) else { return nil }
            all = whole
        }
        guard all.count == 8 else { return nil }
        return all.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }
}
