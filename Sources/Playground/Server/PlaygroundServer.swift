package import Catalogue
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// How `lintel playground` is started.
package struct PlaygroundOptions: Sendable {
    package var host = "127.0.0.1"
    package var port = 8181
    /// Names besides `localhost` under which the server is reached.
    package var names: [String] = []
    /// Files and folders whose policies the page starts with.
    package var policies: [String] = []
    /// The folder that is opened and saved to.
    package var workspace: String?
    package var isReadOnly = false
    package var limits = PlaygroundLimits()
    /// The version that the page shows.
    package var version = ""
    /// Nanoseconds since 1970-01-01 UTC, for policies that ask for the time.
    package var now: @Sendable () -> Int64 = { 0 }

    package init() {}
}

/// The page, its API and the threads that evaluate.
package struct PlaygroundServer: Sendable {
    let responder: PlaygroundResponder
    private let options: PlaygroundOptions
    private let pool: JobPool

    package init(_ options: PlaygroundOptions, library: PolicyLibrary) {
        self.options = options
        pool = JobPool(limits: options.limits)
        responder = PlaygroundResponder(
            api: PlaygroundAPI(options, library: library), pool: pool,
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
        defer { pool.close() }
        try await application(onRunning: onRunning).runService()
    }

    /// Ends the evaluating threads of a server that does not run any more.
    package func close() { pool.close() }
}
