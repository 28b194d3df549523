import AsyncHTTPClient
import Catalogue
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing
@testable import Webhook

/// A server on a free port of the loopback interface, for the length of a test.
struct RunningServer: Sendable {
    let port: Int
    let service: WebhookService

    static let tls = ServedPolicies.fixtures.appendingPathComponent("tls")

    /// Serves policies over TLS while `body` runs.
    static func run(
        _ served: ServedPolicies, limits: ServerLimits = ServerLimits(), clients: ClientNames? = nil,
        certificates files: CertificateFiles? = nil, _ body: @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let files =
            files
            ?? CertificateFiles(
                certificate: tls.appendingPathComponent("server.crt").path, key: tls.appendingPathComponent("server.key").path,
                clientAuthority: clients == nil ? nil : tls.appendingPathComponent("ca.crt").path)
        let certificates = try CertificateStore(files)
        let readiness = Readiness()
        var router = Router()
        router.add(
            HealthRoutes(
                holder: served.holder, readiness: readiness, metrics: served.metrics, certificates: certificates
            ).routes)
        router.add(
            AdmissionController(
                holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger, limits: limits
            ).routes)
        router.add(DataController(holder: served.holder, limits: limits).routes)
        let service = WebhookService(
            router: router, limits: limits, metrics: served.metrics, logger: ServedPolicies.logger, clients: clients)
        var configuration = WebhookServer.Configuration(host: "127.0.0.1", port: 0)
        configuration.certificates = certificates
        let server = WebhookServer(configuration, service: service, readiness: readiness)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(signals: []) { listening.yield($0) } }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body(RunningServer(port: port, service: service))
            group.cancelAll()
        }
    }

    // MARK: Clients

    static func clientTLS(certificate: String? = nil) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(tls.appendingPathComponent("ca.crt").path)
        if let certificate {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(
                tls.appendingPathComponent("\(certificate).crt").path
            ).map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: tls.appendingPathComponent("\(certificate).key").path, format: .pem))
        }
        return configuration
    }

    /// A client that goes away before it is shut down ends the program, also after a test that failed.
    private static let clients = Mutex<[HTTPClient]>([])

    static func client(certificate: String? = nil) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try clientTLS(certificate: certificate)
        configuration.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        clients.withLock { $0.append(client) }
        return client
    }

    /// One request with a client of its own.
    func send(
        _ method: HTTPMethod = .POST, _ path: String, body: String? = nil, headers: HTTPHeaders? = nil,
        certificate: String? = nil
    ) async throws -> Answer {
        let client = try Self.client(certificate: certificate)
        do {
            let answer = try await send(client, method, path, body: body, headers: headers)
            try await client.shutdown()
            return answer
        } catch {
            try await client.shutdown()
            throw error
        }
    }

    func send(
        _ client: HTTPClient, _ method: HTTPMethod = .POST, _ path: String, body: String? = nil, headers: HTTPHeaders? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "https://localhost:\(port)\(path)")
        request.method = method
        request.headers = headers ?? (body == nil ? [:] : ["Content-Type": "application/json"])
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: .seconds(20))
        let bytes = try await response.body.collect(upTo: 16 << 20)
        return Answer(status: response.status, headers: response.headers, body: Array(bytes.readableBytesView))
    }

    struct Answer {
        var status: HTTPResponseStatus
        var headers: HTTPHeaders
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Sends bytes over a connection of its own and gives what comes back until the server closes it, or for a time.
    func exchange(_ pieces: [String], pause: Duration = .zero, waiting: Duration = .seconds(2)) async throws -> String {
        let context = try NIOSSLContext(configuration: Self.clientTLS())
        let received = Received()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    try channel.pipeline.syncOperations.addHandler(received)
                }
            }.connect(host: "127.0.0.1", port: port).get()
        for piece in pieces {
            try? await channel.writeAndFlush(ByteBuffer(string: piece)).get()
            if pause > .zero { try await Task.sleep(for: pause) }
        }
        let end = ContinuousClock.now + waiting
        while channel.isActive, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        try? await channel.close().get()
        return received.text
    }
}

/// Collects what a connection receives.
final class Received: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    private let lock = NSLock()
    private var buffer = ByteBuffer()

    var text: String { lock.withLock { String(buffer: buffer) } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        lock.withLock { _ = buffer.writeBuffer(&bytes) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension RunningServer {
    /// The certificate a new connection gets.
    func peerCertificate() async throws -> [UInt8] {
        let context = try NIOSSLContext(configuration: Self.clientTLS())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                }
            }.connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")).get()
        let certificate = try await channel.nioSSL_peerCertificate().get()
        try await channel.close().get()
        return try certificate?.toDERBytes() ?? []
    }
}
