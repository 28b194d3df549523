import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on a loopback address for the tests of `http.send`.
final class LoopbackServer: Sendable {
    struct Request: Sendable {
        var method: String
        var path: String
        var headers: HTTPHeaders
        var body: String
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body = ""
        /// Milliseconds before it is sent.
        var delay: Int64 = 0
    }

    /// What was asked so far.
    final class Log: Sendable {
        private let entries = Mutex<[Request]>([])
        var requests: [Request] { entries.withLock { $0 } }

        func append(_ request: Request) { entries.withLock { $0.append(request) } }
    }

    let port: Int
    let log = Log()
    private let channel: any Channel
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// - Parameter answer: gets the request and how many there were before it.
    init(tls: NIOSSLContext? = nil, answer: @escaping @Sendable (Request, Int) -> Answer) throws {
        let sink = self.log
        channel = try ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(log: sink, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
        port = channel.localAddress?.port ?? 0
    }

    deinit {
        channel.close(promise: nil)
        group.shutdownGracefully { _ in }
    }
}

/// Collects a request and writes its answer.
private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let log: LoopbackServer.Log
    private let answer: @Sendable (LoopbackServer.Request, Int) -> LoopbackServer.Answer
    private var request: LoopbackServer.Request?

    init(log: LoopbackServer.Log, answer: @escaping @Sendable (LoopbackServer.Request, Int) -> LoopbackServer.Answer) {
        (self.log, self.answer) = (log, answer)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = .init(method: head.method.rawValue, path: head.uri, headers: head.headers, body: "")
        case .body(let bytes): request?.body += String(buffer: bytes)
        case .end:
            guard let request else { return }
            let answer = answer(request, log.requests.count)
            log.append(request)
            _ = context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(answer.delay)) { [self] in
                write(answer, to: context, isHead: request.method == "HEAD")
            }
        }
    }

    private func write(_ answer: LoopbackServer.Answer, to context: ChannelHandlerContext, isHead: Bool) {
        var headers = HTTPHeaders(answer.headers)
        if answer.status != 304 { headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)") }
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !isHead { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
