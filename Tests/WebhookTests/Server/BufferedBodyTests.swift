import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import Webhook

/// Bodies that do not fit together into the room for them.
@Suite(.serialized) struct BufferedBodyTests {
    /// A connection that sends what it is told to, and what came back.
    private final class Peer: ChannelInboundHandler, @unchecked Sendable {
        typealias InboundIn = ByteBuffer
        let text = Mutex("")
        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let part = String(buffer: Self.unwrapInboundIn(data))
            text.withLock { $0 += part }
        }
        func waitForAnswer() async -> String {
            for _ in 0..<1500 where text.withLock({ !$0.contains("\r\n\r\n") }) { try? await Task.sleep(for: .milliseconds(10)) }
            return text.withLock { $0 }
        }
    }

    private static func connect(_ port: Int) async throws -> (any Channel, Peer) {
        let peer = Peer()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in channel.pipeline.addHandler(peer) }
            .connect(host: "127.0.0.1", port: port).get()
        return (channel, peer)
    }

    private static func send(_ text: String, _ channel: any Channel) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    private static func head(_ length: Int) -> String {
        "POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n"
    }

    /// A review padded to a length.
    private static func review(_ length: Int) -> String {
        let text = ServerTests.body(AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod()))
        return text + String(repeating: " ", count: max(0, length - text.utf8.count))
    }

    private static func running(_ limits: ServerLimits, _ body: @Sendable (Int, WebhookService) async throws -> Void) async throws
    {
        let served = try ServedPolicies(["main.rego": AdmissionControllerTests.conftest])
        var router = Router()
        router.add(served.controller.routes)
        router.add(HealthRoutes(holder: served.holder, readiness: Readiness(), metrics: served.metrics).routes)
        let service = WebhookService(router: router, limits: limits, metrics: served.metrics, logger: ServedPolicies.logger)
        let server = WebhookServer(.init(host: "127.0.0.1", port: 0), service: service, readiness: Readiness())
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(signals: []) { listening.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            try await body(try #require(await iterator.next()), service)
            group.cancelAll()
        }
    }

    @Test(.timeLimit(.minutes(2))) func largeBodiesTakeTurns() async throws {
        var limits = ServerLimits()
        limits.buffered = 1 << 20
        try await Self.running(limits) { port, service in
            let size = 700_000, text = Self.review(700_000)
            // The first has room and does not send all of it; the second waits, small requests pass by.
            let (first, firstPeer) = try await Self.connect(port)
            try await Self.send(Self.head(size) + String(text.prefix(1000)), first)
            try await Task.sleep(for: .milliseconds(300))
            let (second, secondPeer) = try await Self.connect(port)
            second.writeAndFlush(ByteBuffer(string: Self.head(size) + text), promise: nil)
            try await Task.sleep(for: .milliseconds(300))
            #expect(service.buffers.used == size)
            let (small, smallPeer) = try await Self.connect(port)
            let short = Self.review(0)
            try await Self.send(Self.head(short.utf8.count) + short, small)
            #expect(await smallPeer.waitForAnswer().hasPrefix("HTTP/1.1 200"))
            #expect(secondPeer.text.withLock { $0.isEmpty })
            try await Self.send(String(text.dropFirst(1000)), first)
            #expect(await firstPeer.waitForAnswer().hasPrefix("HTTP/1.1 200"))
            #expect(await secondPeer.waitForAnswer().hasPrefix("HTTP/1.1 200"))
            for channel in [first, second, small] { try? await channel.close() }
        }
    }

    @Test(.timeLimit(.minutes(2))) func whoWaitsTooLongIsTold() async throws {
        var limits = ServerLimits()
        limits.buffered = 1 << 20
        limits.receiveTimeout = 1_500_000_000
        try await Self.running(limits) { port, service in
            let (first, _) = try await Self.connect(port)
            try await Self.send(Self.head(900_000) + "{", first)
            try await Task.sleep(for: .milliseconds(200))
            let (second, secondPeer) = try await Self.connect(port)
            try await Self.send(Self.head(900_000) + "{", second)
            #expect(await secondPeer.waitForAnswer().contains(" 408 ") || secondPeer.text.withLock { $0.contains(" 429 ") })
            for channel in [first, second] { try? await channel.close() }
            await LoopbackServer.wait { service.buffers.used == 0 }
            #expect(service.buffers.used == 0)
        }
    }

    /// Bodies without a length have half of the room; what does not fit is refused and kept nowhere.
    @Test(.timeLimit(.minutes(2))) func endlessBodies() async throws {
        var limits = ServerLimits()
        limits.buffered = 1 << 20
        try await Self.running(limits) { port, service in
            let head =
                "POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            let part = "40000\r\n" + String(repeating: "x", count: 0x40000) + "\r\n"
            var peers: [(any Channel, Peer)] = []
            for _ in 0..<8 {
                let (channel, peer) = try await Self.connect(port)
                channel.writeAndFlush(ByteBuffer(string: head + part), promise: nil)
                peers.append((channel, peer))
            }
            let all = peers
            await LoopbackServer.wait { all.count { $0.1.text.withLock { $0.contains(" 429 ") } } >= 6 }
            #expect(peers.count { $0.1.text.withLock { $0.contains(" 429 ") } } >= 6)
            #expect(service.buffers.used <= 1 << 19)
            for (channel, _) in peers { try? await channel.close() }
            await LoopbackServer.wait { service.buffers.used == 0 }
            #expect(service.buffers.used == 0)
        }
    }
}
