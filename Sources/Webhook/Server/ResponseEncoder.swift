import NIOCore
import NIOHTTP1
import Rego

/// Writes answers as HTTP/1.1.
enum ResponseEncoder {
    static func encode(
        _ response: ServerResponse, to head: HTTPRequestHead?, keepsAlive: Bool, into buffer: inout ByteBuffer
    ) {
        if response.status == .ok {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\nContent-Type: ")
        } else {
            buffer.writeString("HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\nContent-Type: ")
        }
        buffer.writeString(response.contentType)
        buffer.writeStaticString("\r\nContent-Length: ")
        buffer.writeString(String(response.body.count))
        for (name, value) in response.headers { buffer.writeString("\r\n\(name): \(value)") }
        if let trace = head.flatMap({ TraceContext.header(of: $0.headers) }) {
            buffer.writeStaticString("\r\ntraceparent: ")
            buffer.writeString(trace)
        }
        if !keepsAlive {
            buffer.writeStaticString("\r\nConnection: close")
        } else if head?.version == .http1_0 {
            buffer.writeStaticString("\r\nConnection: keep-alive")
        }
        buffer.writeStaticString("\r\n\r\n")
        if head?.method != .HEAD { buffer.writeBytes(response.body) }
    }
}

/// W3C trace context: `00-<trace id>-<parent id>-<flags>`.
enum TraceContext {
    /// The request's `traceparent`, when it is one.
    static func header(of headers: HTTPHeaders) -> String? {
        guard let text = headers.first(name: "traceparent"), text.utf8.count == 55 else { return nil }
        let isValid = text.utf8.enumerated().allSatisfy { index, byte in
            if [2, 35, 52].contains(index) { return byte == UInt8(ascii: "-") }
            return (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
        }
        return isValid ? text : nil
    }

    /// The trace id of a header that `header(of:)` gave.
    static func traceID(_ header: String) -> String { String(header.dropFirst(3).prefix(32)) }
    /// The id of the span that sent the request.
    static func spanID(_ header: String) -> String { String(header.dropFirst(36).prefix(16)) }
}

extension ServerResponse {
    /// Shorter bodies are sent as they are; OPA's bound.
    private static let leastCompressed = 1024

    /// The answer with its body compressed, if it may be, is long enough and the client takes gzip.
    func compressed(for request: ServerRequest) -> ServerResponse {
        guard mayCompress, body.count >= Self.leastCompressed else { return self }
        let codings = request.headers["Accept-Encoding"].joined(separator: ",").lowercased().split(separator: ",")
        let isAccepted = codings.contains { coding in
            let parts = coding.split(separator: ";").map { $0.trimming(" ") }
            return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
        }
        guard isAccepted else { return self }
        var response = self
        response.body = Gzip.compress(body)
        response.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        return response
    }

    /// An error as OPA's REST API words it.
    static func error(_ status: HTTPResponseStatus, _ message: String, code: String? = nil) -> ServerResponse {
        let name =
            code
            ?? {
                switch status {
                case .notFound: "resource_not_found"
                case .internalServerError: "internal_error"
                case .unauthorized, .forbidden: "unauthorized"
                default: status.code < 500 ? "invalid_parameter" : "unavailable"
                }
            }()
        var body = Array("{\"code\":".utf8)
        JSONBytes.append(name, to: &body)
        body += Array(",\"message\":".utf8)
        JSONBytes.append(message, to: &body)
        body.append(UInt8(ascii: "}"))
        return ServerResponse(status, body: body)
    }

    /// The queue is full.
    static var overload: ServerResponse {
        var response = error(.tooManyRequests, "too many requests are waiting")
        response.headers.append(("Retry-After", "1"))
        return response
    }

    /// The server is about to end.
    static var stopping: ServerResponse {
        var response = error(.serviceUnavailable, "the server is stopping")
        response.headers.append(("Retry-After", "1"))
        return response
    }
}
