import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import Webhook

/// A plain HTTP server on a free loopback port that notes what it is asked and answers as a test wants.
final class LoopbackServer: Sendable {
    /// A request that arrived.
    struct Seen: Sendable {
        var path: String
        var headers: HTTPHeaders
        var body: String
    }

    private let requests = Mutex<[Seen]>([])
    var seen: [Seen] { requests.withLock { $0 } }

    /// Runs while `body` does; `answer` is given the request and how many came before it.
    static func run(
        answering answer: @escaping @Sendable (ServerRequest, Int) -> ServerResponse,
        _ body: @Sendable (LoopbackServer, String) async throws -> Void
    ) async throws {
        let own = LoopbackServer()
        var router = Router()
        router.add([
            Route(
                [.GET, .POST], "/*",
                .immediate { request in
                    let count = own.requests.withLock { requests in
                        requests.append(
                            Seen(
                                path: request.path, headers: request.headers,
                                body: String(decoding: Array(buffer: request.body), as: UTF8.self)))
                        return requests.count - 1
                    }
                    return answer(request, count)
                })
        ])
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let service = WebhookService(router: router, metrics: ServeMetrics(MetricsRegistry()), logger: logger)
        let server = WebhookServer(
            WebhookServer.Configuration(host: "127.0.0.1", port: 0), service: service, readiness: Readiness())
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(signals: []) { listening.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body(own, "http://127.0.0.1:\(port)")
            group.cancelAll()
        }
    }

    /// Waits until something holds, ten seconds at most.
    static func wait(until condition: @Sendable () -> Bool) async {
        for _ in 0..<1000 where !condition() { try? await Task.sleep(for: .milliseconds(10)) }
    }
}
