import GoLibrary
import GoTemplate

/// `urlParse` and `urlJoin` (sprig's `url.go` over Go's `net/url`).
enum URLFunctions {
    static let all: [TemplateFunction] = [
        function("urlParse", [.string]) { .map(try parsed($0[0].asBytes ?? [])) },
        function("urlJoin", [.map]) { .string(try joined($0[0].asMap ?? GoMap())) },
    ]

    private static func parsed(_ bytes: [UInt8]) throws -> GoMap {
        let url: URI
        do throws(URLEscaping.Invalid) {
            url = try URI(bytes)
        } catch {
            throw FunctionFailure("unable to parse url: " + error.message(parsing: String(decoding: bytes, as: UTF8.self)))
        }
        return GoMap([
            ("scheme", .string(url.scheme)), ("host", .text(url.host)), ("hostname", .text(url.hostName)),
            ("path", .text(url.path)), ("query", .text(url.query)), ("opaque", .text(url.opaque)),
            ("fragment", .text(url.fragment)), ("userinfo", .text(url.userinfo ?? [])),
        ])
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
