import CoreMetrics
package import Logging
import NIOHTTP1
import NIOPosix
import RegoRuntime

/// Everything the connections share.
package final class WebhookService: Sendable {
    package let router: Router
    package let limits: ServerLimits
    package let metrics: ServeMetrics
    package let logger: Logger
    /// The names that client certificates must bear; nil when clients need none.
    let clients: ClientNames?
    let pool: EvaluationPool
    let buffers: BufferBudget
    private let loopStates = ThreadSpecificVariable<LoopState>()

    /// What one event loop keeps from request to request; only its thread sees it.
    private final class LoopState: @unchecked Sendable {
        var worker = WorkerState()
        /// Until when, by `MonotonicClock`, nothing is evaluated here: the last evaluation took too long.
        var restsUntil: Int64 = 0
    }

    package init(
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
        let buffers = BufferBudget(limit: limits.buffered)
        self.buffers = buffers
        metrics.observe { metrics in
            metrics.queueDepth.record(pool.depth)
            metrics.bufferedBytes.record(buffers.used)
        }
    }

    /// To be called when policies have been replaced: workers without requests would keep the old ones.
    package func policiesChanged() { pool.forget() }

    /// Answers a request that takes little time on the event loop it came in on, while nobody waits for a worker; nil when a worker has to.
    func answerOnLoop(
        _ request: ServerRequest, _ route: Route,
        _ evaluate: @Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse?
    ) -> ServerResponse? {
        guard let isQuick = route.isQuick, isQuick(request), pool.depth == 0 else { return nil }
        let state = loopStates.currentValue ?? LoopState()
        loopStates.currentValue = state
        if request.arrival < state.restsUntil { return nil }
        if let response = evaluate(request, .loop, &state.worker) { return response }
        state.restsUntil = MonotonicClock.now() + 10 * limits.loopTime
        return nil
    }

    /// The evaluation of a request whose body is expanded first, by the worker; a large one in the patient lane.
    func expanding(
        _ compressed: CompressedBody, _ evaluate: @escaping @Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse?
    ) -> @Sendable (ServerRequest, Lane, inout WorkerState) -> ServerResponse? {
        { [self] _, lane, state in
            let limit = lane == .patient ? limits.bodySize : min(limits.bodySize, CompressedBody.quickSize)
            let request: ServerRequest
            do throws(CompressedBody.Problem) {
                request = try compressed.expanded(limit: limit)
            } catch {
                switch error {
                case .tooLarge: return limit < limits.bodySize ? nil : tooLarge()
                case .damaged: return .error(.badRequest, "the body is not what its Content-Encoding says")
                case .noRoom:
                    metrics.refusedRequests.increment()
                    return .overload
                }
            }
            return evaluate(request, lane, &state)
        }
    }

    /// The answer to a body above the limit.
    func tooLarge() -> ServerResponse {
        metrics.oversizeRequests.increment()
        return .error(.payloadTooLarge, "the body is larger than the limit of \(limits.bodySize) bytes")
    }
}
