package import NIOCore
import RegoRuntime
package import NIOHTTP1

/// A request that has arrived completely.
package struct ServerRequest: Sendable {
    package var method: HTTPMethod
    /// Without the query; percent escapes as they were sent.
    package var path: String
    /// What follows `?`; empty without one.
    package var query: String
    package var headers: HTTPHeaders
    package var body: ByteBuffer
    /// The peer's address.
    package var remoteAddress: String
    /// When the last byte arrived, by `MonotonicClock`.
    package var arrival: Int64
    /// When the answer must have left, by `MonotonicClock`.
    package var deadline: Int64

    /// The decoded value of a query parameter; empty for one without a value, nil for one that is missing.
    package func parameter(_ name: String) -> String? { QueryText.parameter(name, of: query) }

    /// Whether a parameter is given and not `false` or `0`.
    package func hasFlag(_ name: String) -> Bool {
        guard let value = parameter(name)?.lowercased() else { return false }
        return value != "false" && value != "0"
    }
}

/// An answer.
package struct ServerResponse: Sendable {
    package var status: HTTPResponseStatus
    package var contentType: String
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8]
    /// Whether the connection ends with this answer.
    package var closesConnection = false
    /// Whether the body may be sent compressed to clients that accept it.
    package var mayCompress = false

    package init(_ status: HTTPResponseStatus, contentType: String = "application/json", body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Plain text.
    package init(_ status: HTTPResponseStatus, text: String) {
        self.init(status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
    }
}

/// What a request line asks for: the route, or why there is none.
struct RequestTarget {
    let method: HTTPMethod
    let uri: String
    let path: String
    let query: String
    let route: Route?
    let refusal: ServerResponse?
    /// Nanoseconds there are to answer; nil when `timeout=` is not a duration.
    let time: Int64?

    init(_ head: HTTPRequestHead, _ service: WebhookService) {
        (method, uri) = (head.method, head.uri)
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.isEmpty ? "/" : String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : ""
        time = service.limits.time(asked: QueryText.parameter("timeout", of: query))
        switch service.router.match(method, path) {
        case .none: (route, refusal) = (nil, .error(.notFound, "there is nothing at \(path)"))
        case .wrongMethod(let allowed):
            var response = ServerResponse.error(.methodNotAllowed, "\(path) does not take \(method)")
            response.headers.append(("Allow", allowed.map(\.rawValue).joined(separator: ", ")))
            (route, refusal) = (nil, response)
        case .route(let found): (route, refusal) = (found, nil)
        }
    }
}

/// `name=value&…` after the `?` of a request line.
enum QueryText {
    static func parameter(_ name: String, of query: String) -> String? {
        for part in query.split(separator: "&") {
            let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if PercentEncoding.decoded(pieces[0]) == name {
                return pieces.count > 1 ? PercentEncoding.decoded(pieces[1]) : ""
            }
        }
        return nil
    }
}

/// `%XX` and `+` in query strings and paths.
enum PercentEncoding {
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String {
        if !text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) { return String(text) }
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == UInt8(ascii: "%"), index + 2 < source.count, let high = digit(source[index + 1]),
                let low = digit(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
                continue
            }
            bytes.append(byte == UInt8(ascii: "+") && plusIsSpace ? UInt8(ascii: " ") : byte)
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
