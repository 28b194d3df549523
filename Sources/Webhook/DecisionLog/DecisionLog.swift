import AsyncHTTPClient
import CoreMetrics
import Inputs
package import Logging
import NIOPosix
package import ServiceLifecycle
import Synchronization
import Text

/// Writes each decision as an event to the console, a file or a server, masked as the rules say.
///
/// Workers only put decisions into a bounded buffer; masking, writing and sending happen in a service beside the server.
package final class DecisionLog: DecisionSink, Service {
    /// Where events go.
    package struct Outputs: Sendable {
        /// Standard output, one event a line.
        package var usesConsole = false
        package var file: DecisionFile?
        package var server: DecisionServer?

        package init() {}

        package var isEmpty: Bool { !usesConsole && file == nil && server == nil }
    }

    private struct Buffer {
        var decisions: [Decision] = []
        var size = 0
        var lost = 0
    }

    private static let capacity = 16_384
    /// Bytes of decisions that wait to be written.
    private static let size = 64 << 20
    private static let interval = Duration.milliseconds(100)

    private let holder: PolicyHolder
    private let logger: Logger
    private let metrics: DecisionLogMetrics
    private let limits: DecisionUploader.Limits
    private let server: DecisionServer?
    private let buffer = Mutex(Buffer())
    private let writer: Mutex<DecisionWriter>

    /// - Parameter labels: what every event says of this process, beside its id and version.
    package convenience init(
        _ outputs: Outputs, holder: PolicyHolder, metrics: ServeMetrics, labels: [(name: String, value: String)] = [],
        logger: Logger
    ) {
        self.init(outputs, holder: holder, metrics: metrics, labels: labels, logger: logger, limits: DecisionUploader.Limits())
    }

    init(
        _ outputs: Outputs, holder: PolicyHolder, metrics: ServeMetrics, labels: [(name: String, value: String)], logger: Logger,
        limits: DecisionUploader.Limits
    ) {
        self.holder = holder
        self.logger = logger
        self.metrics = DecisionLogMetrics(metrics.registry)
        self.limits = limits
        server = outputs.server
        let own = [("id", DecisionID.make()), ("version", BuildVersion.number)]
        writer = Mutex(DecisionWriter(outputs, labels: own + labels, logger: logger))
    }

    package func record(_ decision: Decision) {
        buffer.withLock { buffer in
            guard buffer.decisions.count < Self.capacity, buffer.size + decision.size <= Self.size || buffer.size == 0 else {
                buffer.lost += 1
                return
            }
            buffer.decisions.append(decision)
            buffer.size += decision.size
        }
    }

    package func run() async throws {
        let client = server.map { _ in HTTPClient(eventLoopGroup: MultiThreadedEventLoopGroup.singleton) }
        let uploader = server.flatMap { server in
            client.map { client in
                DecisionUploader(
                    server, client: client, limits: limits, logger: logger,
                    lost: { [metrics] in metrics.lost.increment(by: $0) },
                    failed: { [metrics] in metrics.failedUploads.increment() })
            }
        }
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                let events = write()
                guard let uploader else { continue }
                await uploader.add(events)
                // In a task of its own: a slow server must not hold back files.
                Task { await uploader.send() }
            }
        }
        // The server has ended before: these are the last decisions.
        let events = write()
        if let uploader {
            await uploader.add(events)
            await Task { await uploader.send(isLast: true) }.value
        }
        try? await client?.shutdown()
    }

    /// Takes what has gathered, writes it to the console and the file, and gives it back for the server.
    private func write() -> [[UInt8]] {
        let taken = buffer.withLock { buffer in
            let taken = buffer
            buffer = Buffer()
            return taken
        }
        if taken.lost > 0 {
            metrics.lost.increment(by: taken.lost)
            logger.warning("decisions are not logged: too many at once", metadata: ["count": "\(taken.lost)"])
        }
        if taken.decisions.isEmpty { return [] }
        let documents = holder.current?.documents
        let (events, unmasked) = writer.withLock { $0.write(taken.decisions, rules: documents) }
        metrics.events.increment(by: events.count)
        if unmasked > 0 { metrics.lost.increment(by: unmasked) }
        return events
    }
}

/// Makes events of decisions and writes them where it is done at once.
private struct DecisionWriter {
    private var events: DecisionEvents
    private var outputs: DecisionLog.Outputs
    private let logger: Logger

    init(_ outputs: DecisionLog.Outputs, labels: [(name: String, value: String)], logger: Logger) {
        self.outputs = outputs
        self.logger = logger
        events = DecisionEvents(labels: labels)
    }

    /// The events, and how many decisions have none because their masking failed.
    mutating func write(_ decisions: [Decision], rules documents: ServedDocuments?) -> (events: [[UInt8]], unmasked: Int) {
        var texts: [[UInt8]] = [], unmasked = 0
        for decision in decisions {
            do throws(LogRules.Failure) {
                if let text = try events.text(of: decision, rules: documents) { texts.append(text) }
            } catch {
                unmasked += 1
                if unmasked == 1 {
                    logger.error("a decision is not logged, as it cannot be masked", metadata: ["problem": "\(error.message)"])
                }
            }
        }
        if outputs.usesConsole {
            for text in texts { try? FileSystem.write(Self.console(text), to: 1, name: "output") }
        }
        do throws(FileError) {
            for text in texts { try outputs.file?.write(text) }
        } catch {
            logger.error("decisions cannot be written", metadata: ["file": "\(error.path)", "problem": "\(error.reason)"])
        }
        return (texts, unmasked)
    }

    /// As OPA marks its events among other lines of a log.
    private static func console(_ event: [UInt8]) -> [UInt8] {
        Array(#"{"level":"info","msg":"Decision Log","type":"openpolicyagent.org/decision_logs","#.utf8) + event.dropFirst() + [
            0x0A
        ]
    }
}

/// How the decision log does.
struct DecisionLogMetrics: Sendable {
    let events: Counter
    let lost: Counter
    let failedUploads: Counter

    init(_ registry: any MetricsFactory) {
        events = Counter(label: "lintel_decision_log_events_total", factory: registry)
        lost = Counter(label: "lintel_decision_log_lost_total", factory: registry)
        failedUploads = Counter(label: "lintel_decision_log_failed_uploads_total", factory: registry)
    }
}
