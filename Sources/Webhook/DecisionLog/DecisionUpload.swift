import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import Rego

/// Where decision events are sent.
package struct DecisionServer: Sendable {
    /// Takes `POST` of a gzipped JSON array; `https://logs.example.org/logs`.
    package var url: String
    /// A file that holds a bearer token; read for each upload, as tokens of service accounts change.
    package var tokenFile: String?

    package init(url: String, tokenFile: String? = nil) {
        self.url = url
        self.tokenFile = tokenFile
    }
}

/// Sends events in batches and keeps them while the server does not take them.
actor DecisionUploader {
    /// Bounds of what is sent at once and kept.
    struct Limits {
        /// Bytes of one batch before compression; OPA's servers take 32 KiB after it.
        var batch = 256 << 10
        /// Bytes that wait at most; older events give way.
        var buffer = 16 << 20
        var timeout = TimeAmount.seconds(10)
        var firstDelay = Duration.milliseconds(500)
        var longestDelay = Duration.seconds(60)
    }

    private let server: DecisionServer
    private let client: HTTPClient
    private let limits: Limits
    private let logger: Logger
    private let lost: @Sendable (Int) -> Void
    private let failed: @Sendable () -> Void
    private var waiting: [[UInt8]] = []
    private var size = 0
    private var failures = 0
    private var notBefore = ContinuousClock.now
    private var isSending = false

    init(
        _ server: DecisionServer, client: HTTPClient, limits: Limits = Limits(), logger: Logger,
        lost: @escaping @Sendable (Int) -> Void, failed: @escaping @Sendable () -> Void
    ) {
        self.server = server
        self.client = client
        self.limits = limits
        self.logger = logger
        self.lost = lost
        self.failed = failed
    }

    /// Keeps events for the next upload; the oldest give way when there are too many.
    func add(_ events: [[UInt8]]) {
        waiting += events
        size += events.reduce(0) { $0 + $1.count }
        var dropped = 0
        while size > limits.buffer, dropped < waiting.count {
            size -= waiting[dropped].count
            dropped += 1
        }
        if dropped == 0 { return }
        waiting.removeFirst(dropped)
        lost(dropped)
    }

    /// Sends what waits, unless it is too early after a failure; at the end also then.
    func send(isLast: Bool = false) async {
        if isSending || waiting.isEmpty || !isLast && ContinuousClock.now < notBefore { return }
        isSending = true
        defer { isSending = false }
        while !waiting.isEmpty {
            var count = 0, bytes = 0
            while count < waiting.count, count == 0 || bytes + waiting[count].count <= limits.batch {
                bytes += waiting[count].count
                count += 1
            }
            // Out of the buffer while they are on their way, so that nothing is dropped and sent.
            let batch = Array(waiting.prefix(count))
            waiting.removeFirst(count)
            size -= bytes
            if let problem = await post(batch) {
                waiting.insert(contentsOf: batch, at: 0)
                size += bytes
                return delay(problem)
            }
            failures = 0
        }
    }

    private func delay(_ problem: String) {
        failures += 1
        failed()
        // Twice as long each time, a third of it by chance, so that replicas do not come back together.
        let factor = Double(1 << min(failures - 1, 10)) * Double.random(in: 1...1.33)
        let time = min(limits.firstDelay * factor, limits.longestDelay)
        notBefore = ContinuousClock.now + time
        logger.warning(
            "decision logs cannot be sent",
            metadata: ["problem": "\(problem)", "waiting": "\(waiting.count)", "retry_in": "\(time)"])
    }

    /// What went wrong; nil when the server took the events.
    private func post(_ events: [[UInt8]]) async -> String? {
        var body: [UInt8] = [UInt8(ascii: "[")]
        for (index, event) in events.enumerated() {
            if index > 0 { body.append(UInt8(ascii: ",")) }
            body += event
        }
        body.append(UInt8(ascii: "]"))
        var request = HTTPClientRequest(url: server.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.headers.add(name: "Content-Encoding", value: "gzip")
        if let problem = BearerToken.add(server.tokenFile, to: &request.headers) { return problem }
        request.body = .bytes(ByteBuffer(bytes: Gzip.compress(body)))
        do {
            let response = try await client.execute(request, timeout: limits.timeout)
            _ = try? await response.body.collect(upTo: 64 << 10)
            return (200..<300).contains(response.status.code) ? nil : "the server answered \(response.status.code)"
        } catch {
            return "\(error)"
        }
    }
}
