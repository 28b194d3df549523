import Catalogue
import CoreMetrics
import Diagnostics
import Documents
import Findings
import Inputs
package import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// Takes the batches of an API server's audit webhook (`--audit-webhook-config-file`): `POST /v1/audit` of an EventList.
package final class AuditController: Sendable {
    private let holder: PolicyHolder
    private let logger: Logger
    private let metrics: ServeMetrics
    private let events: Counter

    /// One for all requests: stages of one request may come in different batches.
    private struct State {
        var revision: String?
        var evaluator: AuditEvaluator?
    }

    private let state = Mutex(State())

    package init(holder: PolicyHolder, metrics: ServeMetrics, logger: Logger) {
        self.holder = holder
        self.metrics = metrics
        self.logger = logger
        events = Counter(label: "lintel_audit_events_total", factory: metrics.registry)
    }

    /// Batches are long: they never take a worker from admission requests.
    package var routes: [Route] {
        [
            Route(
                [.POST], "/v1/audit", bodyTypes: ["application/json"],
                .evaluation { [self] request, lane, _ in
                    lane == .patient ? answer(request) : nil
                })
        ]
    }

    /// 200 when all events were judged: the API server sends a batch again that was refused.
    func answer(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current else { return .notReady }
        guard let policies = active.audit else { return .error(.notFound, "no policy about audit events is selected") }
        let document: Document
        do {
            document = try JSONReader.read(SourceFile(path: "audit", bytes: Array(buffer: request.body)), keepsPositions: false)
        } catch { return .error(.badRequest, "the body is not JSON: \(error.message)") }
        guard let list = AuditEvents.events(in: document, path: "audit") else {
            return .error(.badRequest, "the body is not an EventList of audit.k8s.io")
        }
        state.withLock { state in
            if state.revision != active.revision || state.evaluator == nil {
                state.evaluator = AuditEvaluator(policies)
                state.revision = active.revision
            }
            guard var evaluator = state.evaluator else { return }
            var hasFailed = false
            for event in list {
                let verdict = evaluator.evaluate(event)
                for problem in verdict.problems { report(problem, event) }
                for finding in verdict.findings { report(finding, event) }
                if !verdict.problems.isEmpty { hasFailed = true }
            }
            // A policy that used up its budget is left out for the rest of the batch, not for ever.
            state.evaluator = hasFailed ? nil : evaluator
        }
        events.increment(by: list.count)
        return ServerResponse(.ok, body: Array("{}".utf8))
    }

    private func report(_ problem: Diagnostic, _ event: AuditEvent) {
        metrics.policyErrors.increment()
        logger.error("audit policy failed", metadata: ["problem": "\(problem.message)", "audit_id": "\(event.id)"])
    }

    private func report(_ finding: Finding, _ event: AuditEvent) {
        Counter(label: "lintel_audit_violations_total", dimensions: [("policy", finding.policyID)], factory: metrics.registry)
            .increment()
        logger.warning(
            "audit violation",
            metadata: [
                "event_type": "violation_audited", "policy": "\(finding.policyID)", "severity": "\(finding.severity.rawValue)",
                "message": "\(finding.message)", "audit_id": "\(event.id)", "stage": "\(event.stage)", "time": "\(event.time)",
                "user": "\(event.user)", "verb": "\(event.verb)", "request_uri": "\(event.requestURI)",
                "source_ips": .array(event.sources.map { "\($0)" }),
            ])
    }
}
