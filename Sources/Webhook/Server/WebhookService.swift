import CoreMetrics
public import Logging
import NIOHTTP1

/// Everything the connections share.
public final class WebhookService: Sendable {
    public let router: Router
    public let limits: ServerLimits
    public let metrics: ServeMetrics
    public let logger: Logger
    /// The names that client certificates must bear; nil when clients need none.
    let clients: ClientNames?
    let pool: EvaluationPool

    public init(
        router: Router, limits: ServerLimits = ServerLimits(), metrics: ServeMetrics, logger: Logger,
        clients: ClientNames? = nil
    ) {
        self.router = router
        self.limits = limits
        self.metrics = metrics
        self.logger = logger
        self.clients = clients
        let pool = EvaluationPool(
            workers: limits.workers, patientWorkers: limits.patientWorkers, capacity: limits.queue)
        self.pool = pool
        metrics.observe { metrics in metrics.queueDepth.record(pool.depth) }
    }
}
