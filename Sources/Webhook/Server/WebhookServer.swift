import HummingbirdCore
import Logging
package import NIOCore
package import NIOPosix
package import ServiceLifecycle
package import UnixSignals

/// The listening server and what keeps it up to date, until it is told to stop.
package struct WebhookServer: Sendable {
    /// Where to listen and what to use.
    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        /// How long requests are still answered, while readiness already says no, before connections are closed.
        package var shutdownDelay: Duration = .zero
        /// Nil for plain HTTP.
        package var certificates: CertificateStore?

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    private let configuration: Configuration
    private let service: WebhookService
    private let readiness: Readiness
    private let logger: Logger
    private let companions: [any Service]

    /// - Parameter companions: services that run beside the server, started before it and stopped after it.
    package init(
        _ configuration: Configuration, service: WebhookService, readiness: Readiness, companions: [any Service] = []
    ) {
        self.configuration = configuration
        self.service = service
        self.readiness = readiness
        self.companions = companions
        logger = service.logger
    }

    /// Serves until SIGTERM or SIGINT, or until a graceful shutdown of the surrounding task.
    /// - Parameter onListening: called with the port once connections are accepted.
    package func run(
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, signals: [UnixSignal] = [.sigterm, .sigint],
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws {
        let server = Server(
            childChannelSetup: WebhookChannel(service: service, certificates: configuration.certificates),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: group, logger: logger)
        var services = companions
        if let certificates = configuration.certificates {
            services.append(CertificateWatcher(certificates, metrics: service.metrics, logger: logger))
        }
        services.append(server)
        // Stopped first: the services are told in reverse order, each when the one after it has ended.
        services.append(DrainDelay(readiness: readiness, delay: configuration.shutdownDelay, logger: logger))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .ignore) },
                gracefulShutdownSignals: signals, logger: logger))
        defer { service.pool.stop() }
        try await group.run()
    }
}

/// Says that the server is not ready any more, and waits until clients have noticed.
struct DrainDelay: Service {
    let readiness: Readiness
    let delay: Duration
    let logger: Logger

    func run() async throws {
        try await gracefulShutdown()
        readiness.beginStopping()
        logger.notice("stopping", metadata: ["delay": "\(delay)"])
        // In a task of its own: this one is cancelled together with the group when a service fails.
        await Task { try? await Task.sleep(for: delay) }.value
    }
}
