import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
public import Validation

/// How `lintel playground` is started.
public struct PlaygroundOptions: Sendable {
    public var host = "127.0.0.1"
    public var port = 8181
    /// Names besides `localhost` under which the server is reached.
    public var names: [String] = []
    /// Files and folders whose policies the page starts with.
    public var policies: [String] = []
    /// The folder that is opened and saved to.
    public var workspace: String?
    public var isReadOnly = false
    public var limits = PlaygroundLimits()
    /// The version that the page shows.
    public var version = ""
    /// Nanoseconds since 1970-01-01 UTC, for policies that ask for the time.
    public var now: @Sendable () -> Int64 = { 0 }

    public init() {}
}

/// The page, its API and the threads that evaluate.
public struct PlaygroundServer: Sendable {
    let responder: PlaygroundResponder
    private let options: PlaygroundOptions
    private let pool: JobPool

    public init(_ options: PlaygroundOptions, library: PolicyLibrary) {
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
    public func run(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
        defer { pool.close() }
        try await application(onRunning: onRunning).runService()
    }

    /// Ends the evaluating threads of a server that does not run any more.
    public func close() { pool.close() }
}
