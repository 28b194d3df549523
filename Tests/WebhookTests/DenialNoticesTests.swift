import Foundation
import Notifications
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing
@testable import Webhook

/// Refusals that chats are told of.
struct DenialNoticesTests {
    /// A server that keeps the bodies it is sent.
    private final class Hook: Sendable {
        private let bodies = Mutex<[String]>([])
        private let channel: any Channel
        var port: Int { channel.localAddress?.port ?? 0 }
        var received: [String] { bodies.withLock { $0 } }

        private init(_ channel: any Channel) { self.channel = channel }

        static func start() async throws -> Hook {
            let keep = Keep()
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { child in
                    child.pipeline.configureHTTPServerPipeline().flatMap {
                        child.eventLoop.makeCompletedFuture { try child.pipeline.syncOperations.addHandler(Handler(keep)) }
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            let hook = Hook(channel)
            keep.hook.withLock { $0 = hook }
            return hook
        }

        func stop() async throws { try await channel.close().get() }

        private final class Keep: Sendable { let hook = Mutex<Hook?>(nil) }

        private final class Handler: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            typealias OutboundOut = HTTPServerResponsePart
            private let keep: Keep
            private var body = ""

            init(_ keep: Keep) { self.keep = keep }

            func channelRead(context: ChannelHandlerContext, data: NIOAny) {
                switch unwrapInboundIn(data) {
                case .head: body = ""
                case .body(let buffer): body += String(buffer: buffer)
                case .end:
                    keep.hook.withLock { hook in hook?.bodies.withLock { $0.append(body) } }
                    let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])
                    context.write(wrapOutboundOut(.head(head)), promise: nil)
                    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
                }
            }
        }
    }

    /// Many refusals of one cause are one line of one message; requests do not wait for it.
    @Test func gathersRefusals() async throws {
        let hook = try await Hook.start()
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("notify-\(UUID().uuidString).yaml")
        try Data("targets: [{type: webhook, url: \"http://127.0.0.1:\(hook.port)/\"}]\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let (settings, problems) = NotificationSettings.read(file.path)
        #expect(problems.isEmpty)
        let notices = DenialNotices(settings, interval: .milliseconds(200), logger: ServedPolicies.logger) { _ in nil }
        for number in 0..<500 {
            notices.add(
                policies: ["LT-POD-001"], kind: "Pod", namespace: "shop", name: "web-\(number)", user: "dev",
                message: "[LT-POD-001] container \"a\" runs privileged\nmore")
        }
        notices.add(policies: ["b", "a"], kind: "ClusterRole", namespace: "", name: "all", user: "dev", message: "[a] no")
        let service = Task { try await notices.run() }
        for _ in 0..<100 where hook.received.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
        service.cancel()
        _ = try? await service.value
        try await hook.stop()
        #expect(hook.received.count == 1)
        let json = try #require(try JSONSerialization.jsonObject(with: Data((hook.received.first ?? "").utf8)) as? [String: Any])
        let violations = try #require(json["violations"] as? [[String: Any]])
        #expect(
            violations.map { $0["message"] as? String } == [
                "refused (500 times): [LT-POD-001] container \"a\" runs privileged", "refused: [a] no",
            ])
        #expect(violations.map { $0["resource"] as? String } == ["Pod shop/web-0", "ClusterRole all"])
        #expect(violations.map { $0["policy"] as? String } == ["LT-POD-001", "a, b"])
    }
}
