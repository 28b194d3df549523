import AsyncHTTPClient
import Dispatch
import FoundationEssentials
import GoLibrary
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import RegoRuntime
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sends requests of policies and waits for the answers, on a thread of its own.
struct HTTPExchange {
    /// An answer, with its body whole.
    struct Response: Sendable {
        var status: Int
        var reason: String
        var headers: [(name: String, value: String)]
        var body: [UInt8]

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name }?.value
        }
    }

    /// Why there is no answer.
    struct Failure: Error {
        /// As Go words it: `Get "URL": …`.
        var message: String
        /// Whether the network is at fault, not the request.
        var isNetwork: Bool
        /// Whether the time ran out.
        var isTimeout = false
        /// Whether the whole evaluation must end.
        var isCancellation = false
    }

    private static let largestBody = 32 << 20
    private static let mostRedirects = 10
    /// One thread serves all engines; blocking a caller never blocks it.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private static let client = makeClient()

    private static func makeClient(names: [String: String] = [:]) -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.decompression = .enabled(limit: .size(largestBody))
        configuration.dnsOverride = names
        return HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
    }

    let access: NetworkAccess?
    let context: EvaluationContext

    /// The answer to a request, after redirects to allowed hosts if it wants them, and retries.
    /// - Parameter validators: headers that make the request conditional.
    func answer(
        to request: HTTPSendRequest, validators: [(name: String, value: String)] = []
    ) throws(Failure) -> Response {
        var attempt = 1
        while true {
            do throws(Failure) { return try follow(request, validators) } catch {
                if !error.isNetwork || error.isCancellation || attempt >= request.attempts { throw error }
                // 0.1 s, then half as long again each time, as OPA waits.
                try pause(min(60_000, 100 << min(attempt - 1, 9)))
                attempt += 1
            }
        }
    }

    private func pause(_ milliseconds: Int) throws(Failure) {
        for _ in 0..<(milliseconds / 20 + 1) {
            if context.mustStop { throw Self.cancellation }
            usleep(20_000)
        }
    }

    private static let cancellation = Failure(message: "", isNetwork: false, isCancellation: true)

    private func follow(
        _ request: HTTPSendRequest, _ validators: [(name: String, value: String)]
    ) throws(Failure) -> Response {
        let deadline = NIODeadline.now() + .nanoseconds(request.timeout)
        var (url, method, body) = (request.url, request.method, request.body)
        var headers = request.headers + validators
        for hop in 0... {
            let message = try prepared(url, method, body, headers, request.tls)
            guard let access, access.allows(message.host) else {
                let text = "unallowed host: \(message.host)"
                throw Failure(message: hop == 0 ? text : Self.failure(method, url, text), isNetwork: hop > 0)
            }
            let response = try send(message, named: url, request, deadline)
            guard request.followsRedirects, [301, 302, 303, 307, 308].contains(response.status),
                let location = response.header("location")
            else { return response }
            if hop == Self.mostRedirects {
                throw Failure(message: Self.failure(method, url, "stopped after \(hop) redirects"), isNetwork: true)
            }
            guard let next = URL(string: location, relativeTo: URL(string: url))?.absoluteURL else {
                let text = "failed to parse Location header \(GoText.quoted(location))"
                throw Failure(message: Self.failure(method, url, text), isNetwork: true)
            }
            if response.status < 307, method != "HEAD" { (method, body) = ("GET", nil) }
            if next.host != message.host {
                headers.removeAll {
                    ["authorization", "www-authenticate", "cookie", "cookie2", "host"].contains($0.name.lowercased())
                }
            }
            url = next.absoluteString
        }
        throw Self.cancellation
    }

    /// A request for the client library and the host it goes to.
    private struct Message {
        var request: HTTPClient.Request
        var host: String
        /// The name that the certificate must be for when it is not the host's.
        var serverName: String?
    }

    private func prepared(
        _ url: String, _ method: String, _ body: [UInt8]?, _ headers: [(name: String, value: String)], _ tls: TLSSettings
    ) throws(Failure) -> Message {
        let scheme = url.firstRange(of: "://").map { url[..<$0.lowerBound].lowercased() } ?? ""
        guard scheme == "http" || scheme == "https" else {
            let text = "unsupported protocol scheme \(GoText.quoted(scheme))"
            throw Failure(message: Self.failure(method, url, text), isNetwork: true)
        }
        var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
        if !fields.contains(name: "user-agent") { fields.add(name: "User-Agent", value: "lintel") }
        if !fields.contains(name: "accept-encoding") { fields.add(name: "Accept-Encoding", value: "gzip") }
        func request(_ url: String) throws -> HTTPClient.Request {
            try HTTPClient.Request(
                url: url, method: HTTPMethod(rawValue: method), headers: fields, body: body.map { .bytes($0) },
                tlsConfiguration: tls.configuration)
        }
        do {
            let plain = try request(url)
            let host = plain.host.hasPrefix("[") ? String(plain.host.dropFirst().dropLast()) : plain.host
            // As for Go, the header `Host` also says whose certificate is expected.
            let hostHeader = fields.first(name: "host").map { String($0.prefix { $0 != ":" }) }
            guard scheme == "https", let name = tls.serverName ?? hostHeader, name != plain.host,
                var parts = URLComponents(string: url)
            else { return Message(request: plain, host: host) }
            guard HTTPSendRequest.isHostName(name) else {
                throw Failure(message: Self.failure(method, url, "tls: invalid server name"), isNetwork: true)
            }
            if hostHeader == nil { fields.add(name: "Host", value: plain.host + (parts.port.map { ":\($0)" } ?? "")) }
            parts.host = name
            return Message(request: try request(parts.string ?? url), host: host, serverName: name)
        } catch let failure as Failure { throw failure } catch let error as HTTPClientError where error == .emptyHost {
            throw Failure(message: Self.failure(method, url, "http: no Host in request URL"), isNetwork: true)
        } catch {
            throw Failure(message: "parse \(GoText.quoted(url)): invalid URL", isNetwork: true)
        }
    }

    // MARK: One exchange

    private enum Outcome: Sendable {
        case response(Response)
        case failed(any Error)
    }

    private func send(
        _ message: Message, named url: String, _ request: HTTPSendRequest, _ deadline: NIODeadline
    ) throws(Failure) -> Response {
        var client = Self.client
        if let name = message.serverName { client = Self.makeClient(names: [name: message.host]) }
        defer { if message.serverName != nil { client.shutdown { _ in } } }
        let method = message.request.method.rawValue
        let delegate = ResponseAccumulator(request: message.request, maxBodySize: Self.largestBody)
        let task = client.execute(request: message.request, delegate: delegate, deadline: deadline)
        let done = DispatchSemaphore(value: 0)
        let box = OutcomeBox()
        task.futureResult.whenComplete { result in
            switch result {
            case .success(let response): box.set(.response(Response(response)))
            case .failure(let error): box.set(.failed(error))
            }
            done.signal()
        }
        while done.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
            if context.mustStop {
                task.cancel()
                throw Self.cancellation
            }
        }
        switch box.outcome {
        case .response(let response)?: return response
        case .failed(let error)?: throw Self.failure(of: error, method, url, message)
        case nil: throw Self.cancellation
        }
    }

    private final class OutcomeBox: Sendable {
        private let state = Mutex<Outcome?>(nil)
        var outcome: Outcome? { state.withLock { $0 } }
        func set(_ outcome: Outcome) { state.withLock { $0 = outcome } }
    }

    // MARK: Failures

    /// `Get "URL": reason`, as Go's client words it.
    static func failure(_ method: String, _ url: String, _ reason: String) -> String {
        "\(method.prefix(1))\(method.dropFirst().lowercased()) \(GoText.quoted(url)): \(reason)"
    }

    private static func failure(of error: any Error, _ method: String, _ url: String, _ message: Message) -> Failure {
        let place = "\(message.host):\(message.request.port)"
        if let error = error as? HTTPClientError {
            let timeouts: [HTTPClientError] = [
                .deadlineExceeded, .connectTimeout, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
                .getConnectionFromPoolTimeout,
            ]
            if timeouts.contains(error) {
                let text = "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                return Failure(message: failure(method, url, text), isNetwork: true, isTimeout: true)
            }
            let text = error == .remoteConnectionClosed ? "EOF" : error.description
            return Failure(message: failure(method, url, text), isNetwork: true)
        }
        let reason: String =
            switch error {
            case let error as NIOConnectionError: connection(error, message.host, place)
            case let error as IOError: "dial tcp \(place): connect: \(systemText(error.errnoCode))"
            case is ResponseAccumulator.ResponseTooBigError: "the response is larger than \(largestBody >> 20) MiB"
            default: String(describing: error)
            }
        return Failure(message: failure(method, url, reason), isNetwork: true)
    }

    private static func connection(_ error: NIOConnectionError, _ host: String, _ place: String) -> String {
        if error.connectionErrors.isEmpty { return "dial tcp: lookup \(host): no such host" }
        guard let code = (error.connectionErrors.first?.error as? IOError)?.errnoCode else {
            return "dial tcp \(place): connect failed"
        }
        return "dial tcp \(place): connect: \(systemText(code))"
    }

    private static func systemText(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}

extension HTTPExchange.Response {
    fileprivate init(_ response: HTTPClient.Response) {
        var fields = response.headers
        if fields.contains(name: "content-encoding") {
            // The body is unpacked already; Go hides the traces of it, too.
            fields.remove(name: "content-encoding")
            fields.remove(name: "content-length")
        }
        self.init(
            status: Int(response.status.code), reason: response.status.reasonPhrase,
            headers: fields.map { ($0.name, $0.value) },
            body: response.body.map { Array($0.readableBytesView) } ?? [])
    }
}
