/// URIs as Go's `url.ParseRequestURI` takes them: absolute ones, and paths from the root.
enum RequestURI {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    static func isOne(_ text: Bytes) -> Bool {
        if text.isEmpty || text.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return false }
        if text.elementsEqual("*".utf8) { return true }
        guard let (hasScheme, afterScheme) = scheme(text) else { return false }
        var rest = text[afterScheme...]
        if let query = rest.firstIndex(of: 0x3F) { rest = rest[..<query] }
        guard rest.first == 0x2F else { return hasScheme }
        if hasScheme, rest.starts(with: "//".utf8) {
            let authority = rest.dropFirst(2).prefix { $0 != 0x2F }
            rest = rest.dropFirst(2 + authority.count)
            if !isAuthority(authority) { return false }
        }
        return hasSoundEscapes(rest)
    }

    /// Whether there is a scheme, and where what follows begins; nil where a colon stands first.
    private static func scheme(_ text: Bytes) -> (Bool, Int)? {
        for (index, byte) in text.enumerated() {
            switch byte {
            case _ where (byte | 0x20) &- 0x61 < 26: continue
            case 0x30...0x39, 0x2B, 0x2D, 0x2E: if index == 0 { return (false, 0) }
            case 0x3A: return index == 0 ? nil : (true, index + 1)
            default: return (false, 0)
            }
        }
        return (false, 0)
    }

    private static func isAuthority(_ authority: Slice<Bytes>) -> Bool {
        var host = authority
        if let at = authority.lastIndex(of: 0x40) {
            let user = authority[..<at]
            let allowed = Array("-._:~!$&'()*+,;=%@".utf8)
            if !user.allSatisfy({ NameRule.isAlphanumeric($0) || allowed.contains($0) }) || !hasSoundEscapes(user) {
                return false
            }
            host = authority[authority.index(after: at)...]
        }
        if host.first == 0x5B {
            guard let end = host.lastIndex(of: 0x5D) else { return false }
            return isPort(host[host.index(after: end)...]) && isHost(host[..<end])
        }
        if let colon = host.lastIndex(of: 0x3A), !isPort(host[colon...]) { return false }
        return isHost(host)
    }

    private static func isPort(_ text: Slice<Bytes>) -> Bool {
        text.isEmpty || text.first == 0x3A && text.dropFirst().allSatisfy(NameRule.isDigit)
    }

    /// In hosts, only bytes beyond ASCII are escaped, and few marks may stand.
    private static func isHost(_ host: Slice<Bytes>) -> Bool {
        let marks = Array("-._~!$&'()*+,;=:[]<>\"%".utf8)
        guard host.allSatisfy({ $0 >= 0x80 || NameRule.isAlphanumeric($0) || marks.contains($0) }), hasSoundEscapes(host) else {
            return false
        }
        // The zone of an address is written after %25.
        let isAddress = host.first == 0x5B
        for index in host.indices where host[index] == 0x25 {
            let first = host[host.index(after: index)], second = host[host.index(index, offsetBy: 2)]
            let isZone = first == 0x32 && second == 0x35
            if first < 0x38, !isZone, !isAddress { return false }
        }
        return true
    }

    private static func hasSoundEscapes(_ text: Slice<Bytes>) -> Bool {
        for index in text.indices where text[index] == 0x25 {
            guard text.distance(from: index, to: text.endIndex) > 2,
                text[(index + 1)...(index + 2)].allSatisfy(FormatRule.isHex)
            else { return false }
        }
        return true
    }
}
