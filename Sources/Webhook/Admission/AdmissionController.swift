import Catalogue
import CoreMetrics
import Documents
import Inputs
import Judging
package import Logging
import NIOCore
import NIOHTTP1
import RegoRuntime
import Text

/// Answers AdmissionReviews (`admission.k8s.io/v1` and `v1beta1`); a function of request, policies and clock.
package struct AdmissionController: Sendable {
    let holder: PolicyHolder
    let metrics: ServeMetrics
    let logger: Logger
    let limits: ServerLimits
    let sink: (any DecisionSink)?
    private let denials: DenialNotices?

    package init(
        holder: PolicyHolder, metrics: ServeMetrics, logger: Logger, limits: ServerLimits = ServerLimits(),
        sink: (any DecisionSink)? = nil, denials: DenialNotices? = nil
    ) {
        self.holder = holder
        self.metrics = metrics
        self.logger = logger
        self.limits = limits
        self.sink = sink
        self.denials = denials
    }

    static let path = "/v1/admit"

    /// `/v1/admit` and `/v1/admit/PROFILE`.
    package var routes: [Route] {
        [Self.path, Self.path + "/*"].map { path in
            var route = Route(
                [.POST], path, bodyTypes: ["application/json"],
                .evaluation { request, lane, state in answer(request, lane, &state) })
            route.isQuick = { request in
                request.body.readableBytes <= limits.loopBodySize && holder.current?.admission.reachesNetwork == false
            }
            route.onDeadline = { request in late(request) }
            return route
        }
    }

    /// The answer to a request; nil when the lane's time does not do.
    package func answer(_ request: ServerRequest, _ lane: Lane, _ state: inout WorkerState) -> ServerResponse? {
        guard let active = holder.current else { return .notReady }
        guard active.admission.count() > 0 else {
            return .error(.serviceUnavailable, "no policy judges admission requests here; this server answers for documents")
        }
        let profile = Self.profile(of: request)
        guard profile.isEmpty || active.admission.profileNames.contains(profile) else {
            let names = active.admission.profileNames.joined(separator: ", ")
            return .error(.notFound, "there is no profile \(profile); there are \(names)")
        }
        var review: Review
        switch Review.read(request.body) {
        case .failure(let problem): return .error(.badRequest, problem.message)
        case .success(let read): review = read
        }
        if active.admission.readsNamespaces { review.addNamespace(holder.namespace) }
        let parsed: AdmissionRequest
        do { parsed = try AdmissionRequest(review.document) } catch {
            metrics.count(ServeMetrics.RequestKey(operation: "", kind: "", verdict: "error", isDryRun: false))
            return review.refusal(code: 422, reason: "Invalid", message: error.message)
        }
        return judge(parsed, review, request, active, profile, lane, &state)
    }

    private static func profile(of request: ServerRequest) -> String {
        PercentEncoding.decoded(request.path.dropFirst(path.count).drop { $0 == "/" })
    }

    private func judge(
        _ parsed: AdmissionRequest, _ review: Review, _ request: ServerRequest, _ active: ActivePolicies,
        _ profile: String, _ lane: Lane, _ state: inout WorkerState
    ) -> ServerResponse? {
        let evaluator = state.admission.evaluator(for: active, metrics: metrics)
        let start = MonotonicClock.now()
        var budget = AdmissionEvaluator.Limits()
        budget.memory = limits.evaluationMemory
        var deadline = request.deadline
        switch lane {
        case .loop:
            deadline = min(deadline, start + limits.loopPatience)
            (budget.instructions, budget.total) = (limits.loopSteps, limits.loopSteps)
        case .quick: deadline = min(deadline, start + limits.quickTime)
        case .patient: budget.restarts = 3
        }
        let verdict = evaluator.evaluate(
            parsed, profile: profile, limits: budget, deadline: deadline, now: WallClock.now())
        if lane != .patient, verdict.isStopped { return nil }
        let end = MonotonicClock.now()
        metrics.evaluationDuration.recordNanoseconds(end - start)
        state.admission.policyMetrics?.record(verdict.durations)
        state.admission.policyMetrics?.count(verdict)
        let answer = ReviewAnswer(verdict, of: active.admission)
        let body = answer.body(for: review)
        count(verdict, parsed, active)
        if verdict.wouldBeDenied { logDenial(answer, parsed, review, request) }
        if let sink, !parsed.isDryRun {
            sink.record(
                decision(request, review, body: body, active, profile, evaluation: end - start))
        }
        metrics.admissionDuration.recordNanoseconds(MonotonicClock.now() - request.arrival)
        return ServerResponse(.ok, body: body)
    }

    /// The fail mode's answer to a request that was not judged in time.
    func late(_ request: ServerRequest) -> ServerResponse {
        guard let active = holder.current, case .success(let review) = Review.read(request.body) else {
            return .error(.gatewayTimeout, "the request was not judged in time")
        }
        metrics.admissionDuration.recordNanoseconds(MonotonicClock.now() - request.arrival)
        let mode = active.admission.onError
        let kind = review.document.root.field("request").field("kind").field("kind").stringValue ?? ""
        let operation = review.document.root.field("request").field("operation").stringValue ?? ""
        metrics.count(
            ServeMetrics.RequestKey(
                operation: AdmissionRequest.Operation(rawValue: operation)?.rawValue ?? "", kind: kind, verdict: "late",
                isDryRun: review.document.root.field("request").field("dryRun").isTrue))
        logger.warning("not judged in time", metadata: ["uid": "\(review.uid)", "kind": "\(kind)", "mode": "\(mode.rawValue)"])
        let message = "the policies could not be evaluated in time"
        if mode == .deny, active.admission.mode(of: review.document.root.field("request")) == .enforce {
            return review.refusal(code: 500, reason: "InternalError", message: message)
        }
        metrics.unjudged("late").increment()
        return ServerResponse(.ok, body: ReviewAnswer(warning: message).body(for: review))
    }

    // MARK: Records

    private func count(_ verdict: AdmissionVerdict, _ request: AdmissionRequest, _ active: ActivePolicies) {
        let outcome =
            verdict.isDenied
            ? "deny"
            : verdict.wouldBeDenied ? "would-deny" : verdict.violations.contains { $0.action != nil } ? "warn" : "allow"
        metrics.count(
            ServeMetrics.RequestKey(
                operation: request.operation.rawValue, kind: request.type.kind, verdict: outcome,
                isDryRun: request.isDryRun))
        let policies = active.admission.policies
        for failure in verdict.failures {
            metrics.policyErrors.increment()
            metrics.failures(policies[failure.slot].id).increment()
            logger.error(
                "policy failed",
                metadata: [
                    "policy": "\(policies[failure.slot].id)", "code": "\(failure.code)", "error": "\(failure.message)",
                    "kind": "\(request.type.kind)", "namespace": "\(request.namespace ?? "")", "name": "\(request.name)",
                ])
        }
        if verdict.isStopped { metrics.budgetStops.increment() }
        if !verdict.failures.isEmpty, !verdict.isDenied { metrics.unjudged("failed").increment() }
    }

    private func logDenial(
        _ answer: ReviewAnswer, _ parsed: AdmissionRequest, _ review: Review, _ request: ServerRequest
    ) {
        var metadata: Logger.Metadata = [
            "uid": "\(review.uid)", "operation": "\(parsed.operation.rawValue)", "kind": "\(parsed.type.kind)",
            "namespace": "\(parsed.namespace ?? "")", "name": "\(parsed.name)", "user": "\(parsed.userName)",
            "policies": "\(answer.denying.joined(separator: ","))", "dry_run": "\(parsed.isDryRun)",
        ]
        if !answer.message.isEmpty { metadata["message"] = "\(answer.message.prefix { $0 != "\n" })" }
        if !parsed.subresource.isEmpty { metadata["subresource"] = "\(parsed.subresource)" }
        if let trace = TraceContext.header(of: request.headers) { metadata["traceparent"] = "\(trace)" }
        if !answer.isAllowed, !parsed.isDryRun {
            denials?.add(
                policies: answer.denying, kind: parsed.type.kind, namespace: parsed.namespace ?? "", name: parsed.name,
                user: parsed.userName, message: answer.message)
        }
        logger.info(answer.isAllowed ? "would be denied" : "denied", metadata: metadata)
    }

    private func decision(
        _ request: ServerRequest, _ review: Review, body: [UInt8], _ active: ActivePolicies, _ profile: String,
        evaluation: Int64
    ) -> Decision {
        var decision = Decision(
            id: DecisionID.make(), timestamp: WallClock.now(), path: profile.isEmpty ? "lintel/admit" : "lintel/admit/\(profile)",
            input: review.document, result: body, requestedBy: request.remoteAddress)
        if let trace = TraceContext.header(of: request.headers) {
            decision.traceID = TraceContext.traceID(trace)
            decision.spanID = TraceContext.spanID(trace)
        }
        decision.bundles = active.bundles
        decision.revision = active.revision
        // The values of a document take about three times the bytes of its text.
        decision.size = 3 * request.body.readableBytes + body.count
        decision.metrics = [
            ("timer_rego_query_eval_ns", evaluation), ("timer_server_handler_ns", MonotonicClock.now() - request.arrival),
        ]
        return decision
    }
}

/// Random ids as OPA gives to decisions: UUIDs of version 4.
enum DecisionID {
    static func make() -> String {
        let high = UInt64.random(in: .min ... .max), low = UInt64.random(in: .min ... .max)
        let bits = [high >> 32, high >> 16 & 0xFFFF, high & 0x0FFF | 0x4000, low >> 48 & 0x3FFF | 0x8000, low & 0xFFFF_FFFF_FFFF]
        return zip(bits, [8, 4, 4, 4, 12]).map { number, width in Hex.text(number, digits: width) }
            .joined(separator: "-")
    }
}

extension ServerResponse {
    /// No policies have been loaded yet.
    static var notReady: ServerResponse {
        var response = error(.serviceUnavailable, "the policies are not loaded yet")
        response.headers.append(("Retry-After", "1"))
        return response
    }
}
