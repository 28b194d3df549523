import AsyncHTTPClient
import Crypto
import NIOCore
import NIOHTTP1
import NIOPosix
import Text

/// Sends requests to one target and waits for the answers.
final class Courier {
    /// Why something could not be sent.
    struct Failure: Error {
        var reason: String
        /// Whether the same request may succeed later.
        var mayPass: Bool
    }

    /// Times are in milliseconds.
    struct Limits {
        var timeout: Int64 = 10_000
        var retries = 3
        var firstDelay: Int64 = 500
        var longestDelay: Int64 = 20_000
    }

    private let target: NotificationSettings.Target
    private let address: String
    private let headers: [(String, String)]
    private let secret: String?
    private let client: HTTPClient
    private let limits: Limits
    private let sleep: (Int64) -> Void
    private static let largestAnswer = 16 << 20

    /// - Parameters:
    ///   - variable: reads a variable of the environment.
    ///   - sleep: waits for milliseconds.
    /// - Throws: `Failure` when an address or a token is missing.
    init(
        _ target: NotificationSettings.Target, limits: Limits, sleep: @escaping (Int64) -> Void, variable: (String) -> String?
    ) throws(Failure) {
        func value(_ name: String) throws(Failure) -> String {
            guard let value = variable(name), !value.isEmpty else {
                throw Failure(reason: "the environment variable \(name) is not set", mayPass: false)
            }
            return value
        }
        var address = target.urlVariable.isEmpty ? target.url : try value(target.urlVariable)
        if address.isEmpty { address = target.kind == .gitlab ? "https://gitlab.com" : "https://api.github.com" }
        if let problem = Address.problem(address) { throw Failure(reason: problem, mayPass: false) }
        while address.hasSuffix("/"), target.kind.isTracker { address.removeLast() }
        var headers = [("Content-Type", "application/json"), ("User-Agent", "lintel/\(BuildVersion.number)")]
        headers += target.headers.map { ($0.name, $0.value) }
        if !target.tokenVariable.isEmpty {
            let token = try value(target.tokenVariable)
            switch target.kind {
            case .gitlab: headers.append(("PRIVATE-TOKEN", token))
            case .jira where !target.userVariable.isEmpty:
                let pair = try value(target.userVariable) + ":" + token
                headers.append(("Authorization", "Basic " + Base64.text(Array(pair.utf8))))
            default: headers.append(("Authorization", "Bearer \(token)"))
            }
        }
        if target.kind == .github {
            headers += [("Accept", "application/vnd.github+json"), ("X-GitHub-Api-Version", "2022-11-28")]
        }
        secret = target.secretVariable.isEmpty ? nil : try value(target.secretVariable)
        (self.target, self.address, self.headers, self.limits, self.sleep) = (target, address, headers, limits, sleep)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        // It is tried again here.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .milliseconds(limits.timeout)
        client = HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
    }

    func close() { try? client.syncShutdown() }

    /// The body of the answer.
    /// - Throws: `Failure` after as many tries as the limits allow.
    func send(_ method: String, _ path: String, _ body: String?) throws(Failure) -> [UInt8] {
        var delay = limits.firstDelay, tries = 0
        while true {
            do throws(Failure) { return try sendOnce(method, path, body, &delay) } catch {
                if !error.mayPass || tries == limits.retries { throw error }
                sleep(delay)
                delay = min(delay * 2, limits.longestDelay)
                tries += 1
            }
        }
    }

    private static func words(_ error: any Error) -> String {
        let text = "\(error)"
        for known in ["refused", "timed out", "reset"] where text.contains(known) { return "connection \(known)" }
        return text
    }

    private func sendOnce(_ method: String, _ path: String, _ body: String?, _ delay: inout Int64) throws(Failure) -> [UInt8] {
        let response: HTTPClient.Response
        do {
            var request = try HTTPClient.Request(url: address + path, method: HTTPMethod(rawValue: method))
            for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
            if let body {
                if let secret {
                    let code = HMAC<SHA256>.authenticationCode(
                        for: Array(body.utf8), using: SymmetricKey(data: Array(secret.utf8)))
                    request.headers.replaceOrAdd(name: "X-Lintel-Signature-256", value: "sha256=" + Hex.text(Array(code)))
                }
                request.body = .string(body)
            }
            let collector = ResponseAccumulator(request: request, maxBodySize: Self.largestAnswer)
            response = try client.execute(
                request: request, delegate: collector, deadline: .now() + .milliseconds(limits.timeout)
            ).wait()
        } catch {
            throw Failure(
                reason: "\(target.name) cannot be reached: \(Self.words(error))",
                mayPass: !(error is HTTPClientError) || "\(error)".contains("imeout") || "\(error)".contains("onnect"))
        }
        let bytes = response.body.map { Array($0.readableBytesView) } ?? []
        let code = Int(response.status.code)
        if (200..<300).contains(code) { return bytes }
        if let seconds = response.headers.first(name: "Retry-After").flatMap(Int64.init), seconds >= 0 {
            delay = min(seconds * 1000, limits.longestDelay)
        }
        let text = String(decoding: bytes.prefix(200), as: UTF8.self).replacing("\n", with: " ")
        throw Failure(
            reason: "\(target.name) answers \(code)\(text.isEmpty ? "" : ": \(text)")", mayPass: code == 429 || code >= 500)
    }
}
