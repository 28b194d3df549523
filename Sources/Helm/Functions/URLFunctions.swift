import GoLibrary
import GoTemplate

/// `urlParse` and `urlJoin` (sprig's `url.go` over Go's `net/url`).
enum URLFunctions {
    static let all: [TemplateFunction] = [
        function("urlParse", [.string]) { .map(try parsed($0.text(0))) },
        function("urlJoin", [.map]) { .string(try joined($0[0].asMap ?? GoMap())) },
    ]

    private static func parsed(_ text: String) throws -> GoMap {
        func fail(_ reason: String) -> FunctionFailure {
            FunctionFailure("unable to parse url: parse \(GoText.quoted(text)): \(reason)")
        }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw fail("net/url: invalid control character in URL")
        }
        var rest = text[...]
        var fragment = ""
        var query = ""
        var scheme = ""
        var host = ""
        var userinfo = ""
        var opaque = ""
        if let hash = rest.firstIndex(of: "#") {
            fragment = try unescaped(rest[rest.index(after: hash)...], fail)
            rest = rest[..<hash]
        }
        if rest.hasPrefix(":") { throw fail("missing protocol scheme") }
        if let colon = rest.firstIndex(of: ":"),
            rest[..<colon].utf8.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 <= 9 || "+-.".utf8.contains($0) }),
            (rest.utf8[rest.startIndex] | 0x20) &- 0x61 < 26
        {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.index(after: colon)...]
        }
        if let mark = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: mark)...])
            rest = rest[..<mark]
        }
        if !scheme.isEmpty, !rest.hasPrefix("/") {
            opaque = String(rest)
            rest = ""
        } else if rest.hasPrefix("//"), !(scheme.isEmpty && rest.hasPrefix("///")) {
            let authority = rest.dropFirst(2).prefix { $0 != "/" }
            rest = rest.dropFirst(2 + authority.count)
            if let at = authority.lastIndex(of: "@") {
                userinfo = String(authority[..<at])
                host = try unescaped(authority[authority.index(after: at)...], fail)
            } else {
                host = try unescaped(authority, fail)
            }
            if let problem = portProblem(host) { throw fail(problem) }
        }
        return GoMap([
            ("scheme", .string(scheme)), ("host", .string(host)), ("hostname", .string(hostname(host))),
            ("path", .string(try unescaped(rest, fail))), ("query", .string(query)), ("opaque", .string(opaque)),
            ("fragment", .string(fragment)), ("userinfo", .string(userinfo)),
        ])
    }

    private static func portProblem(_ host: String) -> String? {
        guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return nil }
        let port = host[host.index(after: colon)...]
        if port.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) { return nil }
        return "invalid port \(GoText.quoted(":" + port)) after host"
    }

    private static func hostname(_ host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<end])
        }
        guard let colon = host.lastIndex(of: ":") else { return host }
        return String(host[..<colon])
    }

    private static func unescaped(_ text: Substring, _ fail: (String) -> FunctionFailure) throws -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var output: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%") {
                let digits = String(decoding: bytes[index..<min(index + 3, bytes.count)], as: UTF8.self)
                guard digits.utf8.count == 3, let byte = UInt8(digits.dropFirst(), radix: 16) else {
                    throw fail("invalid URL escape \(GoText.quoted(digits))")
                }
                output.append(byte)
                index += 3
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func joined(_ map: GoMap) throws -> String {
        func part(_ name: String) throws -> String {
            guard let value = map[name] else { return "" }
            guard let text = value.asString else {
                throw FunctionFailure(
                    "unable to parse \(name) key, must be of type string, but \(value.kindName) found")
            }
            return text
        }
        let (scheme, host, path, user) = (try part("scheme"), try part("host"), try part("path"), try part("userinfo"))
        let (query, opaque, fragment) = (try part("query"), try part("opaque"), try part("fragment"))
        var text = scheme.isEmpty ? "" : scheme + ":"
        if !opaque.isEmpty {
            text += opaque
        } else {
            if !scheme.isEmpty || !host.isEmpty || !user.isEmpty {
                if !host.isEmpty || !path.isEmpty || !user.isEmpty { text += "//" }
                if !user.isEmpty { text += user + "@" }
                text += URLText.escaped(host, keeping: "-_.~!$&'()*+,;=:[]<>\"")
            }
            let escaped = URLText.escaped(path, keeping: "-_.~$&+,/:;=@!'()*")
            if !escaped.isEmpty, !escaped.hasPrefix("/"), !host.isEmpty { text += "/" }
            text += escaped
        }
        if !query.isEmpty { text += "?" + query }
        if !fragment.isEmpty { text += "#" + URLText.escaped(fragment, keeping: "-_.~$&+,/:;=?@!()*") }
        return text
    }
}
