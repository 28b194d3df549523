import Text

extension URLEscaping.Invalid {
    /// The problem as `net/url.Parse` says it; Go takes the fragment off before it reads the rest.
    package func message(parsing text: String) -> String {
        let shown = isInFragment ? text.utf8[...] : text.utf8.prefix { $0 != UInt8(ascii: "#") }
        return "parse \(GoText.quoted(Array(shown))): \(message)"
    }
}

/// A URI taken apart as Go's `net/url.Parse` does (RFC 3986 with Go's leniency).
package struct URI {
    package private(set) var scheme = ""
    /// What is behind the scheme, where that is no path: `mailto:` has it.
    package private(set) var opaque: [UInt8] = []
    /// The name and the password, escaped again; nil without an `@`.
    package private(set) var userinfo: [UInt8]?
    package private(set) var host: [UInt8] = []
    package private(set) var path: [UInt8] = []
    /// The path as written, where the default escaping of `path` would differ.
    package private(set) var rawPath: [UInt8]?
    package private(set) var query: [UInt8] = []
    package private(set) var fragment: [UInt8] = []

    package init(_ text: some Collection<UInt8>) throws(URLEscaping.Invalid) {
        var rest = Array(text)[...]
        let fragmentStart = rest.firstIndex(of: UInt8(ascii: "#"))
        if let fragmentStart { rest = rest[..<fragmentStart] }
        try read(rest)
        guard let fragmentStart else { return }
        do throws(URLEscaping.Invalid) {
            fragment = try URLEscaping.unescape(Array(text)[(fragmentStart + 1)...], .fragment)
        } catch { throw URLEscaping.Invalid(message: error.message, isInFragment: true) }
    }

    /// Everything but the fragment.
    private mutating func read(_ text: ArraySlice<UInt8>) throws(URLEscaping.Invalid) {
        var rest = text
        if rest.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw URLEscaping.Invalid(message: "net/url: invalid control character in URL")
        }
        rest = try takeScheme(rest)
        if rest.last == UInt8(ascii: "?"), rest.firstIndex(of: UInt8(ascii: "?")) == rest.endIndex - 1 {
            rest = rest.dropLast()
        } else if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = Array(rest[(mark + 1)...])
            rest = rest[..<mark]
        }
        let isRooted = rest.first == UInt8(ascii: "/")
        if !isRooted {
            if !scheme.isEmpty {
                opaque = Array(rest)
                return
            }
            if rest.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
                throw URLEscaping.Invalid(message: "first path segment in URL cannot contain colon")
            }
        }
        if rest.starts(with: "//".utf8), !scheme.isEmpty || !rest.starts(with: "///".utf8) {
            let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            rest = rest[authority.endIndex...]
            try takeAuthority(authority)
        }
        path = try URLEscaping.unescape(rest, .path)
        if Self.escapedPath(path) != Array(rest) { rawPath = Array(rest) }
    }

    private mutating func takeScheme(_ text: ArraySlice<UInt8>) throws(URLEscaping.Invalid) -> ArraySlice<UInt8> {
        for (offset, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): continue
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if offset == 0 { return text }
            case UInt8(ascii: ":"):
                if offset == 0 { throw URLEscaping.Invalid(message: "missing protocol scheme") }
                scheme = String(decoding: text.prefix(offset), as: UTF8.self).lowercased()
                return text.dropFirst(offset + 1)
            default: return text
            }
        }
        return text
    }

    private mutating func takeAuthority(_ authority: ArraySlice<UInt8>) throws(URLEscaping.Invalid) {
        var hostAndPort = authority
        let at = authority.lastIndex(of: UInt8(ascii: "@"))
        if let at { hostAndPort = authority[(at + 1)...] }
        host = try Self.parseHost(hostAndPort)
        guard let at else { return }
        let allowed = Array("-._:~!$&'()*+,;=%@".utf8)
        guard authority[..<at].allSatisfy({ URLEscaping.isUnreserved($0) || allowed.contains($0) }) else {
            throw URLEscaping.Invalid(message: "net/url: invalid userinfo")
        }
        var info: [UInt8] = []
        for part in authority[..<at].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false) {
            if part.startIndex > authority.startIndex { info.append(UInt8(ascii: ":")) }
            for byte in try URLEscaping.unescape(part, .userinfo) {
                if URLEscaping.isUnreserved(byte) || "$&+,;=".utf8.contains(byte) {
                    info.append(byte)
                } else {
                    PercentEncoding.append(byte, to: &info)
                }
            }
        }
        userinfo = info
    }

    private static func parseHost(_ text: ArraySlice<UInt8>) throws(URLEscaping.Invalid) -> [UInt8] {
        if let bracket = text.lastIndex(of: UInt8(ascii: "[")), bracket != text.startIndex {
            throw URLEscaping.Invalid(message: "invalid IP-literal")
        }
        guard text.first == UInt8(ascii: "[") else {
            if let colon = text.lastIndex(of: UInt8(ascii: ":")) { try checkPort(text[colon...]) }
            return try URLEscaping.unescape(text, .host)
        }
        guard let close = text.lastIndex(of: UInt8(ascii: "]")) else {
            throw URLEscaping.Invalid(message: "missing ']' in host")
        }
        try checkPort(text[(close + 1)...])
        let inside = text[..<close]
        guard let zone = inside.indices.first(where: { inside[$0...].starts(with: "%25".utf8) }) else {
            return try URLEscaping.unescape(text, .host)
        }
        return try URLEscaping.unescape(inside[..<zone], .host) + URLEscaping.unescape(inside[zone...], .zone)
            + URLEscaping.unescape(text[close...], .host)
    }

    private static func checkPort(_ text: ArraySlice<UInt8>) throws(URLEscaping.Invalid) {
        guard let first = text.first else { return }
        if first != UInt8(ascii: ":") || !text.dropFirst().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            throw URLEscaping.Invalid(message: "invalid port \(GoText.quoted(Array(text))) after host")
        }
    }

    /// The path as `EscapedPath` gives it: as written where that is allowed.
    package var escapedPath: [UInt8] {
        guard let rawPath, rawPath.allSatisfy({ URLEscaping.isUnreserved($0) || "!$&'()*+,;=:@[]%/".utf8.contains($0) })
        else { return Self.escapedPath(path) }
        return rawPath
    }

    /// The path with Go's default escapes.
    private static func escapedPath(_ path: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        for byte in path {
            if URLEscaping.isUnreserved(byte) || "$&+,/:;=@".utf8.contains(byte) {
                output.append(byte)
            } else {
                PercentEncoding.append(byte, to: &output)
            }
        }
        return output
    }

    /// The host without brackets and port.
    package var hostName: [UInt8] {
        if host.first == UInt8(ascii: "[") {
            return Array(host.dropFirst().prefix { $0 != UInt8(ascii: "]") })
        }
        guard let colon = host.lastIndex(of: UInt8(ascii: ":")) else { return host }
        return Array(host[..<colon])
    }

    package var port: [UInt8] {
        let afterBracket = host.lastIndex(of: UInt8(ascii: "]")).map { host[($0 + 1)...] } ?? host[...]
        guard let colon = afterBracket.lastIndex(of: UInt8(ascii: ":")) else { return [] }
        return Array(afterBracket[(colon + 1)...])
    }
}
