package import NIOCore
import RegoRuntime
package import NIOHTTP1
import Text

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
            if PercentEncoding.decoded(pieces[0], plusIsSpace: true) == name {
                return pieces.count > 1 ? PercentEncoding.decoded(pieces[1], plusIsSpace: true) : ""
            }
        }
        return nil
    }
}
