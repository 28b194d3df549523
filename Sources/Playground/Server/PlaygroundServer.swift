package import Catalogue
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The page, its API and the threads that evaluate.
package struct PlaygroundServer: Sendable {
    let responder: PlaygroundResponder
    private let options: PlaygroundOptions
    private let pool: JobPool
    private let quickPool: JobPool

    package init(_ options: PlaygroundOptions, library: PolicyLibrary) {
        self.options = options
        pool = JobPool(limits: options.limits)
        var limits = options.limits
        limits.workers = 1
        quickPool = JobPool(limits: limits)
        responder = PlaygroundResponder(
            api: PlaygroundAPI(options, library: library), pool: pool, quickPool: quickPool,
            origins: Origins(names: options.names + [options.host]), limiter: RateLimiter(limits: options.limits))
    }

    /// The HTTP application; it closes idle connections.
    func application(onRunning: @escaping @Sendable (Int) async -> Void) -> Application<PlaygroundResponder> {
        var logger = Logger(label: "playground")
        logger.logLevel = .warning
        return Application(
            responder: responder,
            server: .http1(configuration: .init(additionalChannelHandlers: [CloseWatcher()], idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(
                address: .hostname(options.host, port: options.port), serverName: nil, reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(2048)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    }

    /// Serves until the process is told to end; `onRunning` gets the port.
    package func run(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        defer { close() }
        try await application(onRunning: onRunning).runService()
    }

    /// Ends the evaluating threads of a server that does not run any more.
    package func close() {
        pool.close()
        quickPool.close()
    }
}
